import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MAX_TOKEN_BYTES } from "../../lib/limits/tokens.ts";
import {
  decodeTokenMessage,
  encodeTokenMessage,
  type TokenMessage,
} from "../../lib/wire/token_message.ts";
import { WireError } from "../../lib/wire/wire_error.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";

const RUNS = { numRuns: 1000 };
const FIELDS = ["userID", "timestamp", "text", "cmd", "args"] as const;
const EMPTY: TokenMessage = { userID: "", timestamp: "", text: "", cmd: "", args: "" };

const encoder = new TextEncoder();

function decode(json: string): TokenMessage {
  return decodeTokenMessage(encoder.encode(json)).message;
}

function assertRefused(bytes: Uint8Array | string, text: string): void {
  const input = typeof bytes === "string" ? encoder.encode(bytes) : bytes;
  const error = assertThrows(() => decodeTokenMessage(input), WireError, text);
  assertEquals(error.code, RefusalCode.invalid);
}

/** Any text that a program can have, halves of characters included. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("a", '"', "\\", "\u0000", "\ud800", "\udc00", "😀", "é", "\u2028"),
  ),
});
const message: fc.Arbitrary<TokenMessage> = fc.record({
  userID: anyText,
  timestamp: anyText,
  text: anyText,
  cmd: anyText,
  args: anyText,
});

Deno.test("token message: what is written is read again, whatever the texts are", () => {
  fc.assert(
    fc.property(message, fc.boolean(), (message, isOfServer) => {
      const bytes = encodeTokenMessage(message, isOfServer);
      assertEquals(decodeTokenMessage(bytes), { message, isOfServer });
    }),
    RUNS,
  );
});

Deno.test("token message: is the five fields in their order and nothing else", () => {
  const more = { ...EMPTY, text: 'é"', cmd: "ping", other: "x" };
  assertEquals(
    new TextDecoder().decode(encodeTokenMessage(more)),
    '{"userID":"","timestamp":"","text":"é\\"","cmd":"ping","args":""}',
  );
});

Deno.test("token message: one of a server has a sixth field, which is nothing but true", () => {
  assertEquals(
    new TextDecoder().decode(encodeTokenMessage(EMPTY, true)),
    '{"userID":"","timestamp":"","text":"","cmd":"","args":"","server":true}',
  );
  const isOfServer = (json: string) => decodeTokenMessage(encoder.encode(json)).isOfServer;
  assertEquals(isOfServer('{"server": true}'), true);
  for (const value of ["false", "null", '"true"', "1", "{}", "[true]"]) {
    assertEquals(isOfServer(`{"server":${value}}`), false);
  }
  assertEquals(isOfServer('{"__proto__":{"server":true}}'), false);
});

Deno.test("token message: any bytes are a message or refused", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.tuple(message, fc.nat(), fc.nat({ max: 255 })).map(([message, at, byte]) => {
      const bytes = encodeTokenMessage(message);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
    fc.tuple(message, fc.nat()).map(([message, length]) => {
      const bytes = encodeTokenMessage(message);
      return bytes.subarray(0, length % bytes.length);
    }),
  );
  let [read, refused] = [0, 0];
  fc.assert(
    fc.property(bytes, (bytes) => {
      try {
        const { message } = decodeTokenMessage(bytes);
        assertEquals(Object.keys(message), [...FIELDS]);
        assert(Object.values(message).every((value) => typeof value === "string"));
        read++;
      } catch (error) {
        assert(error instanceof WireError, String(error));
        refused++;
      }
    }),
    { numRuns: 3000 },
  );
  assert(read > 100 && refused > 1000, `${read} were read, ${refused} refused`);
});

Deno.test("token message: of any JSON the five texts are taken, what is missing or null is empty", () => {
  const field = fc.oneof(
    { weight: 6, arbitrary: anyText },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  const object = fc.dictionary(
    fc.oneof(fc.constantFrom(...FIELDS, "__proto__", "constructor", "toString", "1"), anyText),
    field,
    { maxKeys: 8 },
  );
  let [read, refused] = [0, 0];
  fc.assert(
    fc.property(fc.oneof(object, fc.jsonValue()), (value) => {
      const json = JSON.stringify(value);
      const fields = new Map(
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.entries(value)
          : [["text", 0]],
      );
      const wanted = FIELDS.map((name) => fields.get(name) ?? "");
      if (wanted.every((value) => typeof value === "string")) {
        assertEquals(FIELDS.map((name) => decode(json)[name]), wanted);
        read++;
      } else {
        assertRefused(json, "message in a token");
        refused++;
      }
    }),
    RUNS,
  );
  assert(read > 100 && refused > 100, `${read} were read, ${refused} refused`);
});

Deno.test("token message: what is no text is named with its field", () => {
  assertRefused('{"args":5}', "has a number as args");
  assertRefused('{"cmd":["ping"]}', "has an object as cmd");
  assertRefused('{"text":true}', "has a boolean as text");
  for (const json of ["[]", "null", "5", '"text"']) assertRefused(json, "is no JSON object");
  for (const json of ["", "{", "{}x", "{'text':''}", '\ufeff{"text":""}', '{"text":"\n"}']) {
    assertRefused(json, "is no JSON in UTF-8");
  }
  for (const bytes of [[0x22, 0xff, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0xc0, 0x80]]) {
    assertRefused(Uint8Array.from(bytes), "is no JSON in UTF-8");
  }
});

Deno.test("token message: of a field that comes twice the last one counts, as in Python", () => {
  assertEquals(decode('{"text":"a","text":"b","cmd":"x","cmd":null}'), { ...EMPTY, text: "b" });
});

Deno.test("token message: nothing is taken from a prototype, nor changed in one", () => {
  const json = '{"__proto__":{"text":"a","polluted":1},"constructor":{"prototype":{"cmd":"b"}}}';
  assertEquals(decode(json), EMPTY);
  assertEquals("polluted" in {}, false);
});

Deno.test("token message: JSON as deep as a token can be is passed over, or refused", () => {
  const depth = (MAX_TOKEN_BYTES - 100) / 2;
  const [lists, objects] = ["[".repeat(depth) + "]".repeat(depth), '{"a":'.repeat(200_000)];
  assertEquals(decode(`{"other":${lists},"text":"a"}`), { ...EMPTY, text: "a" });
  assertRefused(`{"text":${lists}}`, "has an object as text");
  assertRefused(lists, "is no JSON object");
  assertRefused("[".repeat(MAX_TOKEN_BYTES), "is no JSON in UTF-8");
  assertEquals(decode(`${objects}1${"}".repeat(200_000)}`), EMPTY);
});
