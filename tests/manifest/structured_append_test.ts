import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { QrCode } from "../../lib/manifest/qr_code.ts";
import { joinAppended } from "../../lib/manifest/structured_append.ts";

const utf8 = new TextEncoder();

function code(text: string, append?: QrCode["append"]): QrCode {
  const base = { text, bytes: utf8.encode(text), decoder: "zxing" } as const;
  return append === undefined ? base : { ...base, append };
}

function partsOf(bytes: Uint8Array, cuts: readonly number[], id: string): QrCode[] {
  const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  const count = edges.length - 1;
  return edges.slice(0, -1).map((from, index) => {
    const part = bytes.slice(from, edges[index + 1]);
    // As a decoder does: it makes something of half a character.
    const text = new TextDecoder("latin1").decode(part);
    return { text, bytes: part, append: { index, count, id }, decoder: "zxing" };
  });
}

/** A text, cut at any bytes into 2 to 16 parts, which come in any order and some of them twice. */
const spread = fc.record({
  text: fc.string({ unit: "binary", maxLength: 60, size: "max" }).filter((text) =>
    !text.startsWith("\ufeff")
  ),
  id: fc.nat(255).map(String),
  cuts: fc.array(fc.nat(1000), { minLength: 1, maxLength: 15, size: "max" }),
  order: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  twice: fc.array(fc.nat(15), { maxLength: 4 }),
}).map(({ text, id, cuts, order, twice }) => {
  const bytes = utf8.encode(text);
  const parts = partsOf(bytes, cuts.map((cut) => cut % (bytes.length + 1)), id);
  const repeated = twice.map((at) => parts[at % parts.length]!);
  const shuffled = parts.map((part, at) => ({ part, key: order[at]! }))
    .sort((a, b) => a.key - b.key).map(({ part }) => part);
  return { text, bytes, parts, codes: [...shuffled, ...repeated] };
});

Deno.test("a text cut at any bytes into 2 to 16 codes comes out whole", () => {
  fc.assert(
    fc.property(spread, ({ text, bytes, codes }) => {
      const { codes: [joined, ...others], missing, conflicting } = joinAppended(codes);
      assertEquals([joined?.text, joined?.bytes], [text, bytes]);
      assertEquals(joined?.parts.map(({ append }) => append?.index), [...joined!.parts.keys()]);
      assertEquals({ others, missing, conflicting }, { others: [], missing: [], conflicting: [] });
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a text of which any one part is missing is reported and not delivered", () => {
  fc.assert(
    fc.property(spread, fc.nat(15), ({ parts, codes }, lost) => {
      const index = lost % parts.length;
      const { id, count } = parts[0]!.append!;
      const have = parts.map((_, at) => at).filter((at) => at !== index);
      assertEquals(joinAppended(codes.filter(({ append }) => append?.index !== index)), {
        codes: [],
        missing: [{ id, have, count }],
        conflicting: [],
      });
    }),
    { numRuns: 1000 },
  );
});

Deno.test("codes that are no part pass through, and a joined text stands where it began", () => {
  const [first, second] = partsOf(utf8.encode("Ufa = 1\nOmsk = 2\n"), [8], "7");
  const joined = joinAppended([code("a"), second!, code("b"), first!, code("a")]);
  assertEquals(joined.codes.map(({ text }) => text), ["a", "Ufa = 1\nOmsk = 2\n", "b", "a"]);
});

Deno.test("parts are of one text only when both the id and the count are the same", () => {
  const one = partsOf(utf8.encode("one"), [1], "7");
  const two = partsOf(utf8.encode("two"), [1], "8");
  const three = partsOf(utf8.encode("three"), [1, 2], "7");
  const { codes, missing } = joinAppended([one[1]!, two[0]!, three[2]!, one[0]!, two[1]!]);
  assertEquals(codes.map(({ text }) => text), ["one", "two"]);
  assertEquals(missing, [{ id: "7", have: [2], count: 3 }]);
});

Deno.test("parts that contradict each other are reported and not delivered", () => {
  const parts = partsOf(utf8.encode("abc"), [1, 2], "0");
  const other = code("x", { index: 1, count: 3, id: "0" });
  assertEquals(joinAppended([...parts, other]), {
    codes: [],
    missing: [],
    conflicting: [{ id: "0", indexes: [1], count: 3 }],
  });
});

Deno.test("a part with an index outside its text is a contradiction", () => {
  const stray = code("x", { index: 5, count: 2, id: "0" });
  assertEquals(joinAppended([stray]).conflicting, [{ id: "0", indexes: [5], count: 2 }]);
});

Deno.test("parts that are no UTF-8 together keep what the decoder made of each", () => {
  const parts = partsOf(Uint8Array.of(0xe9, 0x74, 0xe9), [1], "1");
  assertEquals(joinAppended(parts).codes.map(({ text }) => text), ["été"]);
});

Deno.test("nothing gives nothing", () => {
  assertEquals(joinAppended([]), { codes: [], missing: [], conflicting: [] });
});
