/** The decoder of the chat dialect: any split, any limit, any rubbish. */

import { assert, assertEquals, assertLessOrEqual, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { ChatDecoder, type ChatPart } from "../../lib/wire/chat_decoder.ts";
import { chatEncoding } from "../../lib/wire/chat_text.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import { WireError } from "../../lib/wire/wire_error.ts";
import { concat, cut, cuts } from "./arbitraries.ts";
import { chatOptions, conversation, decodeAll, part, parts } from "./chat_arbitraries.ts";

const RUNS = { numRuns: 1000 };
const ascii = (text: string) => new TextEncoder().encode(text);

/** The error that a decoder gives, and what it has given before. */
function failureOf(decoder: ChatDecoder, bytes: Uint8Array): [WireError, ChatPart[]] {
  const found: ChatPart[] = [];
  try {
    decoder.decode(bytes, (one) => found.push(one));
  } catch (error) {
    assert(error instanceof WireError, String(error));
    return [error, found];
  }
  throw new Error("Nothing was thrown");
}

Deno.test("any conversation, cut anywhere, comes out the same and in order", () => {
  fc.assert(
    fc.property(conversation, cuts, ({ options, stream, parts }, how) => {
      const decoder = new ChatDecoder(options);
      assertEquals(decodeAll(decoder, cut(stream, how)), parts);
      assertEquals([decoder.isMidPart, decoder.bufferBytes], [false, 0]);
    }),
    RUNS,
  );
});

Deno.test("a conversation cut in two at each byte comes out the same", () => {
  const stream = parts(
    "Анна",
    "привет",
    "a.bin%",
    new Uint8Array([0, 37, 255]),
    "пока 😀",
    "z%%",
    "",
  );
  const whole = decodeAll(new ChatDecoder(chatOptions()), [stream.slice()]);
  assertEquals(whole.map(({ type }) => type), [
    "user",
    "message",
    "file",
    "bytes",
    "fileEnd",
    "message",
    "file",
    "fileEnd",
  ]);
  for (let at = 0; at <= stream.length; at++) {
    const decoder = new ChatDecoder(chatOptions());
    assertEquals(decodeAll(decoder, [stream.slice(0, at), stream.slice(at)]), whole);
  }
});

Deno.test("a part is given by the chunk that completes it, not by a later one", () => {
  fc.assert(
    fc.property(conversation, ({ options, stream, parts }) => {
      const decoder = new ChatDecoder(options);
      const found = [...stream].flatMap((byte) => decodeAll(decoder, [Uint8Array.of(byte)]));
      const ends = found.filter(({ type }) => type !== "bytes");
      assertEquals(ends, parts.filter(({ type }) => type !== "bytes"));
      assertEquals(decoder.isMidPart, false);
    }),
    RUNS,
  );
});

Deno.test("headers that are no length are refused before anything of the part is held", () => {
  const wrong = [
    "abcdefghij",
    "-1        ",
    "+5        ",
    "          ",
    "1 0       ",
    "1_0       ",
    "0x10      ",
    "5.0       ",
    "5\t        ",
    "5\0\0\0\0\0\0\0\0\0",
    "GET / HTTP",
    "٥         ".slice(0, 9),
  ];
  for (const header of wrong) {
    const decoder = new ChatDecoder(chatOptions());
    const [error, found] = failureOf(decoder, concat([ascii(header), ascii("0123456789")]));
    assertEquals([error.code, found, decoder.bufferBytes], [RefusalCode.brokenFrame, [], 0]);
    assert(error.message.includes("length of a text"), error.message);
  }
});

Deno.test("a length may have spaces on either side and zeros before it", () => {
  for (const header of ["3         ", "         3", "  0003    ", "0000000003"]) {
    const found = decodeAll(new ChatDecoder(chatOptions()), [ascii(`${header}abc`)]);
    assertEquals(found, [{ type: "user", text: "abc" }]);
  }
});

Deno.test("a part over its limit is refused at its header, one of the limit is taken", () => {
  const options = chatOptions({ maxTextBytes: 100, maxFileBytes: 200 });
  const before = concat([part("a"), part("f.bin%")]);
  for (const length of [0, 1, 99, 100]) {
    assertEquals(decodeAll(new ChatDecoder(options), [part("x".repeat(length))]).length, 1);
  }
  for (const length of [0, 1, 100, 101, 200]) {
    const stream = concat([before, part(new Uint8Array(length))]);
    assertEquals(decodeAll(new ChatDecoder(options), [stream]).at(-1)?.type, "fileEnd");
  }
  for (const [start, length, limit] of [["", "101", 100], ["f", "201", 200]] as const) {
    for (const said of [length, "9999999999"]) {
      const decoder = new ChatDecoder(options);
      if (start !== "") decodeAll(decoder, [before.slice()]);
      const [error, found] = failureOf(decoder, ascii(said.padEnd(10) + "rest"));
      assertEquals([error.code, found, decoder.bufferBytes], [RefusalCode.frameTooLarge, [], 0]);
      assert(error.message.includes(said) && error.message.includes(`${limit}`), error.message);
    }
  }
});

Deno.test("after an error the same error comes again, and nothing is given", () => {
  const decoder = new ChatDecoder(chatOptions());
  const [error, found] = failureOf(decoder, concat([part("ann"), part("hi"), ascii("no length.")]));
  assertEquals(found.map(({ type }) => type), ["user", "message"]);
  const [again, more] = failureOf(decoder, part("hi"));
  assertStrictEquals(again, error);
  assertEquals(more, []);
});

Deno.test("what the sink throws goes through, and ends the stream", () => {
  const decoder = new ChatDecoder(chatOptions());
  const fault = new Error("no room");
  for (let i = 0; i < 2; i++) {
    try {
      decoder.decode(part("ann"), () => {
        throw fault;
      });
      assert(false, "nothing was thrown");
    } catch (error) {
      assertStrictEquals(error, fault);
    }
  }
});

Deno.test("any bytes either come out as parts or are refused, whatever the split", () => {
  const outcome = (chunks: Uint8Array[]) => {
    const found: ChatPart[] = [];
    try {
      const decoder = new ChatDecoder(chatOptions({ headerBytes: 2, maxFileBytes: 50 }));
      for (const chunk of chunks) found.push(...decodeAll(decoder, [chunk]));
      return { ends: found.filter(({ type }) => type !== "bytes"), error: "" };
    } catch (error) {
      assert(error instanceof WireError, String(error));
      return { ends: [], error: error.message };
    }
  };
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(fc.constantFrom(..."0123 ab%."), { maxLength: 60 }).map((all) => ascii(all.join(""))),
  );
  fc.assert(
    fc.property(bytes, cuts, (stream, how) => {
      assertEquals(outcome(cut(stream, how)), outcome([stream.slice()]));
    }),
    RUNS,
  );
});

Deno.test("a text that is not in the encoding is refused, naming it", () => {
  const wrong: [string, number[]][] = [
    ["utf-8", [0xcf, 0xf0, 0xe8]],
    ["utf-8", [0xed, 0xa0, 0x80]],
    ["ascii", [0x80]],
    ["cp1251", [0x98]],
    ["iso8859-7", [0xff]],
  ];
  for (const [name, bytes] of wrong) {
    const decoder = new ChatDecoder(chatOptions({ encoding: chatEncoding(name)! }));
    const [error] = failureOf(decoder, part(Uint8Array.from(bytes)));
    assertEquals(error.code, RefusalCode.brokenFrame);
    assert(error.message.includes(name), error.message);
  }
});

Deno.test("of a text no more is held than has come, of a file nothing", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 50, max: 5000 }),
      (size, step) => {
        const decoder = new ChatDecoder(chatOptions());
        const text = part("x".repeat(size));
        for (let at = 0; at < text.length; at += step) {
          decodeAll(decoder, [text.slice(at, at + step)]);
          assertLessOrEqual(decoder.bufferBytes, Math.max(64, 2 * (at + step)));
          assertLessOrEqual(decoder.bufferBytes, Math.max(64, size));
        }
        decodeAll(decoder, [part("f.bin%")]);
        const file = part(new Uint8Array(size));
        for (let at = 0; at < file.length; at += step) {
          decodeAll(decoder, [file.slice(at, at + step)]);
          assertEquals(decoder.bufferBytes, 0);
        }
        assertEquals(decoder.isMidPart, false);
      },
    ),
    RUNS,
  );
});
