import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { test } from "../helpers/strict.ts";
import { type Key, KeyDecoder } from "../../lib/terminal/keys.ts";

const RUNS = { numRuns: 1000 };
const encode = (text: string) => new TextEncoder().encode(text);

/** Decodes bytes that come in these pieces. */
function decode(...pieces: Uint8Array[]): Key[] {
  const decoder = new KeyDecoder();
  return merged(pieces.flatMap((piece) => decoder.decode(piece)));
}

/** Where text was cut makes no difference. */
function merged(keys: readonly Key[]): Key[] {
  const result: Key[] = [];
  for (const key of keys) {
    const last = result.at(-1);
    if (key.type === "text" && last?.type === "text") {
      result[result.length - 1] = { type: "text", text: last.text + key.text };
    } else result.push(key);
  }
  return result;
}

function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length]
    .sort((a, b) => a - b);
  return places.slice(1).map((place, i) => bytes.subarray(places[i], place));
}

const text = (text: string): Key => ({ type: "text", text });
const press = (name: Extract<Key, { type: "press" }>["name"]): Key => ({ type: "press", name });

test("keys of xterm, rxvt, the console of Linux and others are known", () => {
  const keys: [string, Key[]][] = [
    ["abc", [text("abc")]],
    ["Ж漢👩‍👩‍👧", [text("Ж漢👩‍👩‍👧")]],
    ["a\rb\n", [text("a"), press("enter"), text("b"), press("enter")]],
    ["\x1b[A\x1bOA\x10", [press("up"), press("up"), press("up")]],
    ["\x1b[B\x1bOB\x0e", [press("down"), press("down"), press("down")]],
    ["\x1b[C\x1b[D\x06\x02", [press("right"), press("left"), press("right"), press("left")]],
    ["\x1b[H\x1b[1~\x1b[7~\x1bOH\x01", Array(5).fill(press("home"))],
    ["\x1b[F\x1b[4~\x1b[8~\x1bOF\x05", Array(5).fill(press("end"))],
    ["\x1b[3~\x7f\b", [press("delete"), press("backspace"), press("backspace")]],
    ["\x1b[1;5D\x1b[1;3D\x1bb", Array(3).fill(press("wordLeft"))],
    ["\x1b[1;5C\x1b[1;3C\x1bf", Array(3).fill(press("wordRight"))],
    ["\x15\x0b\x17\x19", [
      press("killToStart"),
      press("killToEnd"),
      press("killWord"),
      press("yank"),
    ]],
    ["\x03\x04\t\x0c", [press("interrupt"), press("endOfInput"), press("tab"), press("clear")]],
    ["\x1b\r", [press("newLine")]],
    // F1 of the console, F5, a mouse report, a focus report: nothing of them is text.
    ["\x1b[[A\x1b[15~\x1b[<0;10;20M\x1b[Ix", [text("x")]],
    // Sequences that are broken off.
    ["\x1b[1\x1b[Ax\x1b[9\rЖ", [press("up"), text("x"), press("enter"), text("Ж")]],
    ["\x1b\x1b\x1b[A", [press("up")]],
    ["\x1b[" + "1;".repeat(1000) + "Ax", [text("x")]],
  ];
  for (const [bytes, expected] of keys) {
    assertEquals(decode(encode(bytes)), expected, JSON.stringify(bytes));
  }
});

test("what is pasted is text: its line breaks send nothing, its escapes do nothing", () => {
  const pastes: [string, string][] = [
    ["one\rtwo\r\nthree\nfour\r\rfive", "one\ntwo\nthree\nfour\n\nfive"],
    ["a\tb", "a\tb"],
    ["\x03\x04\x1b[A\x7f\x9b", "[A"],
    ["\x1b[201x\x1b\x1b[20", "[201x[20"],
  ];
  for (const [pasted, expected] of pastes) {
    const bytes = encode(`<\x1b[200~${pasted}\x1b[201~>\r`);
    assertEquals(decode(bytes), [text(`<${expected}>`), press("enter")], JSON.stringify(pasted));
  }
});

test("a return at the end of one read and a line feed at the start of the next are one", () => {
  assertEquals(decode(encode("\x1b[200~a\r"), encode("\nb\x1b[201~")), [text("a\nb")]);
});

const anything = fc.array(
  fc.oneof(
    fc.string({ unit: "grapheme" }).map(encode),
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom(
      "\x1b[A",
      "\x1b[200~",
      "\x1b[201~",
      "\x1b",
      "\x1b[1;5C",
      "\x1bOH",
      "\r\n",
      "\x1b[",
      "👩‍👩‍👧",
    ).map(encode),
  ),
  { maxLength: 12 },
).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

test("the same keys come however the bytes are cut", () => {
  fc.assert(
    fc.property(anything, fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
      assertEquals(decode(...pieces(bytes, cuts)), decode(bytes));
    }),
    RUNS,
  );
  const bytes = encode("Ж\x1b[1;5C👩‍👩‍👧\x1b[200~one\r\ntwo\x1b[201~\x1bOA\r");
  const whole = decode(bytes);
  assertEquals(whole.length, 5);
  for (let cut = 0; cut <= bytes.length; cut++) {
    assertEquals(decode(bytes.subarray(0, cut), bytes.subarray(cut)), whole, `cut at ${cut}`);
  }
  assertEquals(decode(...Array.from(bytes, (byte) => Uint8Array.of(byte))), whole);
});

test("whatever comes, text has no control characters but line breaks and tabs", () => {
  fc.assert(
    fc.property(anything, (bytes) => {
      for (const key of decode(bytes)) {
        if (key.type === "text") assertEquals(/[^\P{Cc}\n\t]/u.test(key.text), false);
      }
    }),
    RUNS,
  );
});

test("text without controls comes as it is, typed and pasted", () => {
  const plain = fc.string({ unit: "grapheme" }).filter((text) => !/\p{Cc}/u.test(text));
  fc.assert(
    fc.property(plain, (typed) => {
      const expected = typed === "" ? [] : [text(typed)];
      assertEquals(decode(encode(typed)), expected);
      assertEquals(decode(encode(`\x1b[200~${typed}\x1b[201~`)), expected);
    }),
    RUNS,
  );
});
