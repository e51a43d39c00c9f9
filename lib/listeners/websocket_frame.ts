import { Buffer } from "node:buffer";
import type { Original } from "../hub/outlet.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import type { TokenSeal } from "../token_seal.ts";
import { formatBytes } from "../units.ts";
import { showable } from "../ui.ts";
import { localIsoTime } from "../local_time.ts";

/** A message by WebSocket. Its bytes are shared by all who get it. */
export interface WebSocketFrame {
  /** What is in it. */
  readonly data: Buffer;
  /** It goes as bytes, not as a text. */
  readonly isBinary: boolean;
}

/** What peers by WebSocket are sent; shared by all connections of a listener. */
export class WebSocketFrames {
  readonly #seal: TokenSeal;
  /** What was made for all of them, once. */
  readonly #made = new WeakMap<RoomEvent | Original, WebSocketFrame>();

  /** Takes what seals tokens. */
  constructor(seal: TokenSeal) {
    this.#seal = seal;
  }

  /** A message of the server's own. */
  told(message: Parameters<TokenSeal["seal"]>[0]): WebSocketFrame {
    return { data: Buffer.from(this.#seal.seal(message)), isBinary: false };
  }

  /** What somebody else has sent, in the same kind of frame, sealed anew as a server's own. */
  relayed(original: Original): WebSocketFrame {
    let frame = this.#made.get(original);
    if (frame === undefined) {
      const { message, isBinary } = original;
      frame = { ...this.told(message), isBinary };
      this.#made.set(original, frame);
    }
    return frame;
  }

  /** What happened in the room; `undefined` for who comes and leaves, which has no form here. */
  event(event: RoomEvent): WebSocketFrame | undefined {
    const made = this.#made.get(event);
    if (made !== undefined) return made;
    const { name: userID, atMs, what } = event;
    const timestamp = localIsoTime(atMs);
    if (what.type !== "text" && what.type !== "file") return undefined;
    const text = what.type === "text" ? what.text : describeFile(what.file);
    const frame = this.told({ userID, timestamp, text });
    this.#made.set(event, frame);
    return frame;
  }
}

function describeFile({ name, size, id }: { name: string; size: number; id: string }): string {
  return `offers ${showable(name)}, ${formatBytes(size)}: get it with wagons files get ${id}`;
}
