import type { Endpoint } from "../../lib/endpoint.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { varint32Length, writeVarint32 } from "../../lib/wire/varint.ts";
import { concat } from "./raw_client.ts";
import { Relay } from "./relay.ts";

/** What becomes of the `index`th frame of a client, from 0: the frames that go on now. */
export type Mangle = (frame: Uint8Array, index: number) => Uint8Array[];

/** A {@linkcode Relay} that knows frames, and may change those of clients. */
export class Proxy extends Relay {
  /** The frames that clients have sent, headers included, of each connection. */
  readonly sent: Uint8Array[][] = [];
  readonly #mangle: Mangle;

  /** Stands before a server on 127.0.0.1. */
  constructor(target: Endpoint, mangle: Mangle = (frame) => [frame]) {
    super(target);
    this.#mangle = mangle;
  }

  /** See {@linkcode Relay}. */
  protected override changer(connection: number): (chunk: Uint8Array) => Uint8Array {
    const decoder = new FrameDecoder({ maxFrameBytes: 64 * 1024 * 1024 });
    const frames: Uint8Array[] = [];
    this.sent[connection] = frames;
    return (chunk) => {
      const on: Uint8Array[] = [];
      decoder.decode(chunk, (bytes, start, end) => {
        const frame = new Uint8Array(varint32Length(end - start) + end - start);
        frame.set(bytes.subarray(start, end), writeVarint32(end - start, frame, 0));
        on.push(...this.#mangle(frame, frames.length));
        frames.push(frame);
      });
      return concat(...on);
    };
  }
}

/** Which of some texts stand in bytes, in UTF-8. */
export function holdsAny(bytes: Uint8Array, texts: readonly string[]): string[] {
  const all = new TextDecoder("latin1").decode(bytes);
  const latin1 = (text: string) => new TextDecoder("latin1").decode(new TextEncoder().encode(text));
  return texts.filter((text) => all.includes(latin1(text)));
}
