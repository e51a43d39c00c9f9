/**
 * A server with a key that also takes what is not sealed, and the same traffic to it both ways.
 *
 * @module
 */

import { parseEndpoint } from "../../lib/endpoint.ts";
import { LARGE_BYTES } from "../../lib/limits.ts";
import { ClientSession } from "../../lib/seal/session.ts";
import { decodeBody, encodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { encodeSealedFrame } from "../../lib/wire/frame_encoder.ts";
import type { Message, Received } from "../../lib/wire/messages.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";
import { varint32Length, writeVarint32 } from "../../lib/wire/varint.ts";

/** Field 39, length-delimited: reserved, so that a server reads it whole and refuses it. */
const PAYLOAD_TAG = [0xba, 0x02];

/** A connection whose messages are sealed, or not, and whose bodies can be any bytes. */
export class Traffic implements Disposable {
  readonly #conn: Deno.TcpConn;
  readonly #decoder = new FrameDecoder({ maxFrameBytes: 64 * 1024 * 1024 });
  readonly #buffer = new Uint8Array(256 * 1024);
  readonly #received: Received[] = [];
  #session: ClientSession | undefined;

  private constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
    conn.setNoDelay();
  }

  /** Connects, and begins a sealed session where there is a key. */
  static async open(url: string, key: Uint8Array | undefined): Promise<Traffic> {
    const { host, port } = parseEndpoint(url);
    const traffic = new Traffic(await Deno.connect({ hostname: host, port }));
    if (key === undefined) return traffic;
    const session = new ClientSession(key, crypto.getRandomValues(new Uint8Array(16)));
    await traffic.send(encodeBody(session.hello));
    const welcome = await traffic.receive();
    if (welcome.kind !== "welcome") throw new Error(`The server answers with a ${welcome.kind}`);
    session.begin(welcome);
    traffic.#session = session;
    return traffic;
  }

  /** Sends the body of a message. */
  async send(body: Uint8Array): Promise<void> {
    const session = this.#session;
    let frame: Uint8Array;
    if (session === undefined) {
      frame = new Uint8Array(varint32Length(body.length) + body.length);
      frame.set(body, writeVarint32(body.length, frame, 0));
    } else {
      const sealed = body.length < LARGE_BYTES ? session.seal(body) : await session.sealLarge(body);
      frame = encodeSealedFrame(sealed);
    }
    while (frame.length > 0) frame = frame.subarray(await this.#conn.write(frame));
  }

  /** The next message. */
  async receive(): Promise<Received> {
    while (this.#received.length === 0) {
      const count = await this.#conn.read(this.#buffer);
      if (count === null) throw new Error("The server has closed the connection");
      this.#decoder.decode(this.#buffer.subarray(0, count), (bytes, start, end) => {
        this.#received.push(decodeBody(bytes, start, end));
      });
    }
    const message = this.#received.shift()!;
    if (message.kind !== "sealed") return message;
    const body = this.#session!.open(message.body);
    return decodeBody(body, 0, body.length);
  }

  /** Closes. */
  [Symbol.dispose](): void {
    this.#session?.close();
    this.#conn.close();
  }
}

/**
 * Sends manifests of about 1 KiB for a time, 64 without a receipt at once.
 *
 * @returns manifests that had a receipt, for each second.
 */
export async function manifestsPerSecond(traffic: Traffic, durationMs: number): Promise<number> {
  const inFlight = 64;
  let next = 0;
  const manifest = (): Message => ({
    kind: "manifest",
    id: makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    source: "bench",
    madeAtMs: Date.now(),
    entries: Array.from({ length: 50 }, (_, i) => ({ city: `Город ${i}`, wagons: next++ % 1000 })),
  });
  const startMs = performance.now();
  let receipts = 0;
  for (let i = 0; i < inFlight; i++) await traffic.send(encodeBody(manifest()));
  let open = inFlight;
  while (open > 0) {
    const answer = await traffic.receive();
    if (answer.kind !== "receipt") throw new Error(`The answer is a ${answer.kind}`);
    receipts++;
    open--;
    if (performance.now() - startMs < durationMs) {
      await traffic.send(encodeBody(manifest()));
      open++;
    }
  }
  return receipts / (performance.now() - startMs) * 1000;
}

/**
 * Sends payloads that the server reads whole, two without an answer at once, so that one side seals
 * while the other opens.
 *
 * @returns bytes for each second.
 */
export async function payloadBytesPerSecond(
  traffic: Traffic,
  payloadBytes: number,
  times: number,
): Promise<number> {
  const body = new Uint8Array(PAYLOAD_TAG.length + varint32Length(payloadBytes) + payloadBytes);
  body.set(PAYLOAD_TAG);
  writeVarint32(payloadBytes, body, PAYLOAD_TAG.length);
  const startMs = performance.now();
  for (let i = 0; i <= times; i++) {
    if (i < times) await traffic.send(body);
    if (i === 0) continue;
    const { kind } = await traffic.receive();
    if (kind !== "refusal") throw new Error(`The answer is a ${kind}`);
  }
  return times * payloadBytes / (performance.now() - startMs) * 1000;
}
