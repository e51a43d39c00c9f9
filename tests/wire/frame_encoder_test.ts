import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { encodeBody } from "../../lib/wire/codec.ts";
import {
  encodeFrame,
  encodeSealedFrame,
  FrameEncoder,
  OutputBuffer,
} from "../../lib/wire/frame_encoder.ts";
import type { Message } from "../../lib/wire/messages.ts";
import { concat, message, toHex } from "./arbitraries.ts";

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

Deno.test("the short way to a sealed frame gives the same bytes", () => {
  for (const bytes of [0, 1, 16, 120, 123, 124, 125, 127, 128, 16_376, 16_384, 70_000, 2_100_000]) {
    const body = new Uint8Array(bytes).map((_, i) => i);
    const frame = encodeFrame({ kind: "sealed", body });
    assertEquals(encodeSealedFrame(body), frame, `${bytes} bytes`);
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

Deno.test("an output buffer gives what was appended, in order, lent until the next take", () => {
  const frame = fc.oneof(
    fc.uint8Array({ maxLength: 300, size: "max" }),
    fc.constantFrom(256, 257, 65_536, 70_000).map((length) => new Uint8Array(length).fill(length)),
  );
  const step = fc.oneof({ weight: 3, arbitrary: frame }, {
    weight: 1,
    arbitrary: fc.constant("take" as const),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20, size: "max" }), (steps) => {
      const output = new OutputBuffer();
      let waiting: Uint8Array[] = [];
      let lent: Uint8Array = new Uint8Array(0);
      let expected: Uint8Array = new Uint8Array(0);
      for (const step of [...steps, "take" as const]) {
        // What the last take gave is still whole, whatever was appended since.
        if (step === "take") {
          assertEquals(lent, expected);
          expected = concat(waiting);
          waiting = [];
          lent = output.take();
          assertEquals(lent, expected);
        } else {
          output.append(step);
          waiting.push(step);
        }
        assertEquals(output.length, waiting.reduce((sum, { length }) => sum + length, 0));
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("an output buffer lets two buffers take turns", () => {
  const output = new OutputBuffer();
  const buffers = [0, 1, 2, 3].map((byte) => {
    output.append(Uint8Array.of(byte));
    return output.take().buffer;
  });
  assertEquals(new Set(buffers).size, 2);
  assertStrictEquals(buffers[0], buffers[2]);
  assertStrictEquals(buffers[1], buffers[3]);
});

Deno.test("an output buffer keeps no large buffer once it was taken", () => {
  const output = new OutputBuffer();
  const sizes: number[] = [];
  for (const length of [1_000_000, 10, 10, 10]) {
    output.append(new Uint8Array(length));
    sizes.push(output.take().buffer.byteLength);
  }
  assertEquals(sizes, [1_000_000, 256, 256, 256]);
});
