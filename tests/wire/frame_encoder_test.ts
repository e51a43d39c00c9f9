import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { encodeBody } from "../../lib/wire/codec.ts";
import {
  encodeFrame,
  FrameEncoder,
  sealedHeadBytes,
  writeSealedHead,
} from "../../lib/wire/frame_encoder.ts";
import type { Message } from "../../lib/wire/messages.ts";
import { message, toHex } from "./arbitraries.ts";

Deno.test("a frame is the minimal length and the body", () => {
  // The length of the text, and the frame's length: around it are two tags and two lengths.
  const cases: [number, string, number][] = [
    [0, "04", 5],
    [123, "7f", 128],
    [124, "80 01", 130],
    [16377, "ff 7f", 16385],
    [16378, "80 80 01", 16387],
  ];
  for (const [textBytes, header, frameBytes] of cases) {
    const frame = encodeFrame({ kind: "fastResponse", currentDateTime: "x".repeat(textBytes) });
    assertEquals(toHex(frame).slice(0, header.length), header);
    assertEquals(frame.length, frameBytes);
  }
});

Deno.test("the head of a sealed frame is what it is in any other frame", () => {
  for (const bytes of [0, 1, 16, 120, 123, 124, 125, 127, 128, 16_376, 16_384, 70_000, 2_100_000]) {
    const body = new Uint8Array(bytes).map((_, i) => i);
    const frame = encodeFrame({ kind: "sealed", body });
    const headBytes = sealedHeadBytes(bytes);
    assertEquals(headBytes + bytes, frame.length);
    const head = new Uint8Array(headBytes);
    writeSealedHead(bytes, head);
    assertEquals(head, frame.subarray(0, headBytes), `${bytes} bytes`);
  }
});

Deno.test("an encoder makes the frame of each message, and the same one only once", () => {
  const distinct = fc.array(message, { minLength: 1, maxLength: 3 });
  const order = fc.array(fc.nat(), { maxLength: 10 });
  fc.assert(
    fc.property(distinct, order, (messages, order) => {
      const encoder = new FrameEncoder();
      let last: Message | undefined;
      let lastFrame: Uint8Array | undefined;
      for (const index of order) {
        const next = messages[index % messages.length]!;
        const frame = encoder.encode(next);
        assertEquals(frame, encodeFrame(next));
        if (next === last) assertStrictEquals(frame, lastFrame);
        [last, lastFrame] = [next, frame];
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("bodies are not shared between calls", () => {
  const first = encodeBody({ kind: "slowRequest", seconds: 1 });
  const copy = first.slice();
  encodeBody({ kind: "slowRequest", seconds: 2 });
  assertEquals(first, copy);
});
