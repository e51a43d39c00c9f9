import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type InputLine, readLines } from "../../lib/commands/stdin_lines.ts";
import { test } from "../helpers/strict.ts";

/** A stream that gives these pieces, each in as many reads as it takes. */
function source(pieces: readonly Uint8Array[]) {
  const rest = pieces.filter((piece) => piece.length > 0);
  return {
    read(buffer: Uint8Array): Promise<number | null> {
      const piece = rest.shift();
      if (piece === undefined) return Promise.resolve(null);
      const taken = piece.subarray(0, buffer.length);
      buffer.set(taken);
      if (piece.length > taken.length) rest.unshift(piece.subarray(taken.length));
      return Promise.resolve(taken.length);
    },
  };
}

async function lines(maxLineBytes: number, ...pieces: (string | Uint8Array)[]) {
  const bytes = pieces.map((piece) =>
    typeof piece === "string" ? new TextEncoder().encode(piece) : piece
  );
  const read: InputLine[] = [];
  for await (const line of readLines(source(bytes), maxLineBytes)) read.push(line);
  return read.map((line) => "text" in line ? line.text : line);
}

test("lines end with a line feed, with or without a carriage return, or with the stream", async () => {
  assertEquals(await lines(100, "one\ntwo\r\n\nlast"), ["one", "two", "", "last"]);
  assertEquals(await lines(100, "one\n"), ["one"]);
  assertEquals(await lines(100), []);
  assertEquals(await lines(100, Uint8Array.of(0xff, 0x41, 10)), ["\u{fffd}A"]);
});

test("a line that is too long is told of, and the next one is read", async () => {
  assertEquals(await lines(4, "abcd\nab", "cde\nx\n"), ["abcd", { tooLong: true }, "x"]);
  const long = "x".repeat(300_000);
  assertEquals(await lines(4, long, "\nab"), [{ tooLong: true }, "ab"]);
  assertEquals(await lines(300_000, `${long}\nab`), [long, "ab"]);
});

test("the same lines come however the stream is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom("a", "ж", "漢", "\n", "\r", "👍"), maxLength: 40 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      async (text, cuts) => {
        const bytes = new TextEncoder().encode(text);
        const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length]
          .sort((a, b) => a - b);
        const pieces = places.slice(1).map((place, i) => bytes.slice(places[i], place));
        assertEquals(await lines(12, ...pieces), await lines(12, text));
      },
    ),
    { numRuns: 1000 },
  );
});
