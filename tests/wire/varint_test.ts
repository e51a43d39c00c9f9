import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { MAX_VARINT32_BYTES, varint32Length, writeVarint32 } from "../../lib/wire/varint.ts";
import { toHex } from "./arbitraries.ts";

const EDGES = [0, 1, 7, 14, 21, 28, 31, 32].flatMap((bits) => [2 ** bits - 1, 2 ** bits])
  .filter((value) => value < 2 ** 32);

function write(value: number): Uint8Array {
  const out = new Uint8Array(varint32Length(value));
  assertEquals(writeVarint32(value, out, 0), out.length);
  return out;
}

/** As the specification words it: groups of 7 bits, least significant first. */
function groupsOf(value: number): number[] {
  const binary = value.toString(2);
  const padded = binary.padStart(Math.ceil(binary.length / 7) * 7, "0");
  const groups = padded.match(/.{7}/g)!.reverse();
  return groups.map((bits, i) => parseInt(`${i < groups.length - 1 ? 1 : 0}${bits}`, 2));
}

Deno.test("a varint is the groups of 7 bits of the number, least significant first", () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(...EDGES));
  fc.assert(
    fc.property(value, (value) => assertEquals([...write(value)], groupsOf(value))),
    { numRuns: 1000 },
  );
});

Deno.test("varints around each length", () => {
  const cases: [number, string][] = [
    [0, "00"],
    [1, "01"],
    [127, "7f"],
    [128, "80 01"],
    [300, "ac 02"], // the example of the specification is 150: 96 01
    [150, "96 01"],
    [16383, "ff 7f"],
    [16384, "80 80 01"],
    [2097151, "ff ff 7f"],
    [2097152, "80 80 80 01"],
    [268435455, "ff ff ff 7f"],
    [268435456, "80 80 80 80 01"],
    [2147483648, "80 80 80 80 08"],
    [4294967295, "ff ff ff ff 0f"],
  ];
  for (const [value, hex] of cases) assertEquals(toHex(write(value)), hex);
  assertEquals(write(4294967295).length, MAX_VARINT32_BYTES);
});

Deno.test("a varint is written where it is wanted, and nothing beside it", () => {
  const out = new Uint8Array(6).fill(0xee);
  assertEquals(writeVarint32(300, out, 2), 4);
  assertEquals(toHex(out), "ee ee ac 02 ee ee");
});
