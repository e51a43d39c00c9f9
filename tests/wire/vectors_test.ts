/**
 * The streams of tests/vectors/wire, read whole and byte by byte, and written.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { MAX_FRAME_BYTES } from "../../lib/limits/connections.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { WireError } from "../../lib/wire/wire_error.ts";
import { concat, cut, decodeChunk, fromHex, toHex } from "./arbitraries.ts";

interface Vector {
  name: string;
  hex: string;
  maxFrameBytes?: number;
  expect: "ok" | "truncated" | "too_large" | "broken";
  messages: Received[];
  canonical?: true;
}

const file = new URL("../vectors/wire/frames.json", import.meta.url);
const BYTES = ["nonce", "body", "sha256", "data", "json"];
const vectors = JSON.parse(
  Deno.readTextFileSync(file),
  (name, value) => BYTES.includes(name) ? fromHex(value) : value,
) as Vector[];

/** What comes of a stream, in the words of the vectors. */
function read(chunks: readonly Uint8Array[], maxFrameBytes: number) {
  const decoder = new FrameDecoder({ maxFrameBytes });
  const messages: Received[] = [];
  try {
    for (const chunk of chunks) decodeChunk(decoder, chunk, messages);
  } catch (error) {
    assert(error instanceof WireError, String(error));
    const isTooLarge = error.code === RefusalCode.frameTooLarge;
    if (!isTooLarge) assertEquals(error.code, RefusalCode.brokenFrame);
    return { expect: isTooLarge ? "too_large" : "broken", messages };
  }
  return { expect: decoder.pendingBytes === 0 ? "ok" : "truncated", messages };
}

Deno.test("every vector gives what it names, whole and byte by byte", () => {
  const ran = { ok: 0, truncated: 0, too_large: 0, broken: 0 };
  for (const { name, hex, expect, messages, maxFrameBytes = MAX_FRAME_BYTES } of vectors) {
    const bytes = fromHex(hex);
    assertEquals(toHex(bytes), hex, `${name}: the hex is not well formed`);
    const bytewise = cut(bytes, { chunkBytes: 1 });
    assertEquals(read([bytes.slice()], maxFrameBytes), { expect, messages }, name);
    assertEquals(read(bytewise, maxFrameBytes), { expect, messages }, `${name}, byte by byte`);
    ran[expect]++;
  }
  assertEquals(ran, { ok: 57, truncated: 5, too_large: 8, broken: 24 });
});

Deno.test("the encoder gives the bytes of every canonical vector", () => {
  const canonical = vectors.filter((vector) => vector.canonical);
  for (const { name, hex, messages } of canonical) {
    const frames = messages.map((message) => encodeFrame(message as Message));
    assertEquals(toHex(concat(frames)), hex, name);
  }
  assertEquals(canonical.length, 45);
});

Deno.test("the vectors have every kind of message", () => {
  const kinds = new Set(vectors.flatMap(({ messages }) => messages.map(({ kind }) => kind)));
  const all: Record<Received["kind"], true> = {
    fastRequest: true,
    slowRequest: true,
    fastResponse: true,
    slowResponse: true,
    hello: true,
    welcome: true,
    sealed: true,
    empty: true,
    refusal: true,
    manifest: true,
    document: true,
    receipt: true,
    shutdown: true,
    shutdownReport: true,
    join: true,
    joined: true,
    say: true,
    roomEvent: true,
    historyRequest: true,
    history: true,
    who: true,
    members: true,
    putFile: true,
    fileChunk: true,
    fileProgress: true,
    listFiles: true,
    fileList: true,
    findFile: true,
    fileInfo: true,
    readFile: true,
    unknown: true,
  };
  assertEquals([...kinds].sort(), Object.keys(all).sort());
});
