/**
 * What the property tests of the wire share: any message, and any way to cut a stream.
 *
 * @module
 */

import fc from "fast-check";
import { decodeBody } from "../../lib/wire/codec.ts";
import type { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { uuidFromBytes } from "../../lib/wire/uuid.ts";

const text = fc.string({ unit: "binary", maxLength: 40, size: "max" });
const uint32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.constantFrom(0, 127, 128, 16383, 16384, 2097151, 2097152, 0x7fffffff, 0x80000000, 0xffffffff),
);
const timeMs = fc.oneof(
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
  fc.constantFrom(-8.64e15, -1, 0, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 8.64e15),
);
const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 });

/** Any UUID in its text form. */
export const uuid: fc.Arbitrary<string> = bytes16.map((bytes) => uuidFromBytes(bytes));

const count = fc.oneof(
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.constantFrom(0, 1, 127, 128, 2 ** 31, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER),
);
const sha256 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const fileName = text.filter((name) => name !== "");

const fileInfo = fc.record({
  kind: fc.constant("fileInfo"),
  id: uuid,
  name: fileName,
  size: count,
  sha256,
  source: text,
  storedAtMs: timeMs,
  number: count,
});

/** Leaves out what is `undefined`, as messages do. */
function present<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

const roomEvent = fc.record({
  kind: fc.constant("roomEvent"),
  number: count,
  atMs: timeMs,
  name: text,
  dialect: text,
  id: fc.option(uuid, { nil: undefined }),
  what: fc.oneof(
    fc.record({ type: fc.constant("text"), text }),
    fc.record({ type: fc.constant("file"), file: fileInfo }),
    fc.constant({ type: "came" }),
    fc.record({ type: fc.constant("left"), reason: text }),
  ),
}).map(present) as fc.Arbitrary<RoomEvent>;

const roomMessage = fc.oneof(
  fc.record({ kind: fc.constant("join"), name: text }),
  fc.record({ kind: fc.constant("joined"), name: text, last: count, members: uint32 }),
  fc.record({ kind: fc.constant("say"), id: uuid, text }),
  roomEvent,
  fc.record({
    kind: fc.constant("historyRequest"),
    after: fc.option(count, { nil: undefined }),
    before: fc.option(count, { nil: undefined }),
    limit: uint32,
  }).map(present),
  fc.record({
    kind: fc.constant("history"),
    events: fc.array(roomEvent, { maxLength: 5 }),
    oldest: fc.option(count, { nil: undefined }),
  }).map(present),
  fc.constant({ kind: "who" }),
  fc.record({
    kind: fc.constant("members"),
    members: fc.array(fc.record({ name: text, dialect: text, sinceMs: timeMs }), { maxLength: 5 }),
    total: uint32,
  }),
) as fc.Arbitrary<Message>;

const fileMessage = fc.oneof(
  fc.record({
    kind: fc.constant("putFile"),
    id: uuid,
    name: fileName,
    size: count,
    sha256,
    source: text,
    toRoom: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("fileChunk"),
    id: uuid,
    offset: count,
    data: fc.uint8Array({ maxLength: 60, size: "max" }),
  }),
  fc.record({
    kind: fc.constant("fileProgress"),
    id: uuid,
    durableBytes: count,
    maxChunkBytes: uint32,
  }),
  fc.record({ kind: fc.constant("listFiles"), after: count, limit: uint32 }),
  fc.record({ kind: fc.constant("fileList"), files: fc.array(fileInfo, { maxLength: 5 }) }),
  fc.record({ kind: fc.constant("findFile"), id: uuid }),
  fileInfo,
  fc.record({ kind: fc.constant("readFile"), id: uuid, offset: count, length: uint32 }),
) as fc.Arbitrary<Message>;

/** Any refusal, with and without an id. */
const refusal = fc.record({
  kind: fc.constant("refusal"),
  code: fc.constantFrom(...Object.values(RefusalCode)),
  text,
  id: fc.option(uuid, { nil: undefined }),
}).map(({ id, ...rest }): Message => id === undefined ? rest : { ...rest, id });

/** Any message that can be sent. Its texts are valid Unicode and its numbers fit their fields. */
export const message: fc.Arbitrary<Message> = fc.oneof(
  fc.constant({ kind: "fastRequest" }),
  fc.record({ kind: fc.constant("slowRequest"), seconds: uint32 }),
  fc.record({ kind: fc.constant("fastResponse"), currentDateTime: text }),
  fc.record({ kind: fc.constant("slowResponse"), connectedClientCount: uint32 }),
  fc.record({ kind: fc.constant("hello"), version: uint32, nonce: bytes16 }),
  fc.record({
    kind: fc.constant("welcome"),
    version: uint32,
    nonce: bytes16,
    maxMessageBytes: uint32,
  }),
  fc.record({ kind: fc.constant("sealed"), body: fc.uint8Array({ maxLength: 60, size: "max" }) }),
  fc.constant({ kind: "empty" }),
  refusal,
  fc.record({
    kind: fc.constant("manifest"),
    id: uuid,
    source: text,
    madeAtMs: timeMs,
    entries: fc.array(fc.record({ city: text, wagons: uint32 }), { maxLength: 12, size: "max" }),
  }),
  fc.record({
    kind: fc.constant("document"),
    id: uuid,
    source: text,
    madeAtMs: timeMs,
    // Any bytes: what is no JSON is for the hub to refuse.
    json: fc.uint8Array({ maxLength: 60, size: "max" }),
  }),
  fc.record({
    kind: fc.constant("receipt"),
    id: uuid,
    storedAtMs: timeMs,
    duplicate: fc.boolean(),
  }),
  fc.constant({ kind: "shutdown" }),
  fc.record({
    kind: fc.constant("shutdownReport"),
    connections: uint32,
    finished: uint32,
    abandoned: uint32,
    tookMs: uint32,
  }),
  roomMessage,
  fileMessage,
);

/** How a stream is cut: at these shares of its length, or into chunks of one size. */
export type Cuts = { shares: number[] } | { chunkBytes: number };

/** Any way to cut. The same share twice makes an empty chunk. */
export const cuts: fc.Arbitrary<Cuts> = fc.oneof(
  fc.record({
    shares: fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), {
      maxLength: 20,
      size: "max",
    }),
  }),
  fc.record({ chunkBytes: fc.integer({ min: 1, max: 9 }) }),
);

/** The chunks of a stream. */
export function cut(bytes: Uint8Array, how: Cuts): Uint8Array[] {
  const ends: number[] = [];
  if ("shares" in how) {
    ends.push(...how.shares.map((share) => Math.round(share * bytes.length)));
    ends.sort((a, b) => a - b);
  } else {
    for (let at = how.chunkBytes; at < bytes.length; at += how.chunkBytes) ends.push(at);
  }
  ends.push(bytes.length);
  // Copies, so that no test passes because what was only lent is still there.
  return ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end));
}

/** Puts byte strings behind each other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Decodes a chunk into messages, and then writes over it, as a reader of a socket does. */
export function decodeChunk(decoder: FrameDecoder, chunk: Uint8Array, into: Received[]): void {
  try {
    decoder.decode(chunk, (bytes, start, end) => into.push(decodeBody(bytes, start, end)));
  } finally {
    chunk.fill(0xa5);
  }
}

/** Reads hexadecimal digits; spaces between them are free. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (byte) => parseInt(byte, 16));
}

/** Writes hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
