import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { openData } from "../../lib/seal/data_token.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";
import { sealMessage } from "../../lib/seal/message_token.ts";
import { SealError } from "../../lib/seal/seal_error.ts";
import { isUuidV7, uuidTimeMs } from "../../lib/wire/uuid.ts";
import { WireError } from "../../lib/wire/wire_error.ts";
import { test } from "../helpers/strict.ts";

const KEY = new Uint8Array(32).fill(7);
const NOW_S = 1_800_000_000;
const NOW = { nowS: NOW_S, lifeS: 300 };

function seal(data: Uint8Array | string, timeS = NOW_S, first = 1): string {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return sealFernet(KEY, bytes, { timeS, iv: new Uint8Array(16).fill(first) });
}

test("data token: opens with what is in it, its time, and an id of its own", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: -300, max: 300 }), (data, agoS) => {
      const token = seal(data, NOW_S - agoS);
      const opened = openData(KEY, token, NOW);
      assertEquals(opened.data, data);
      assertEquals(opened.madeAtMs, (NOW_S - agoS) * 1000);
      assertEquals([isUuidV7(opened.id), uuidTimeMs(opened.id)], [true, opened.madeAtMs]);
      assertEquals(openData(KEY, token, NOW).id, opened.id);
    }),
    { numRuns: 1000 },
  );
  assertNotEquals(openData(KEY, seal("x"), NOW).id, openData(KEY, seal("x", NOW_S, 2), NOW).id);
});

test("data token: one that is too old, or of another key, does not open", () => {
  for (const timeS of [NOW_S - 301, NOW_S + 301]) {
    assertThrows(() => openData(KEY, seal("x", timeS), NOW), SealError);
  }
  assertThrows(() => openData(new Uint8Array(32), seal("x"), NOW), SealError);
});

test("data token: what could pass for a message is none", () => {
  const message = { userID: "ann", timestamp: "", text: "hello", cmd: "", args: "" };
  const options = { timeS: NOW_S, iv: new Uint8Array(16) };
  const messages = [
    sealMessage(KEY, message, options),
    sealMessage(KEY, message, { ...options, isOfServer: true }),
    ...['{"cmd":1}', '\r\n\t {"userID": null}', '{"server":true}', '{"x":{},"cmd":""}'].map((
      text,
    ) => seal(text)),
    // What JSON.parse refuses and other programs take, or might.
    ...[
      '{"text": NaN, "cmd": 1}',
      '{"a": [-Infinity, {"b": "}"}], "userID": ""}',
      '\ufeff{"cmd": 1}',
      '{"c\\u006dd" : 1}',
      '{"a": "\\"", "cmd": 1',
      '{"cmd": 1} and more',
      '{"a": "\ttab", "cmd": 1}',
    ].map((text) => seal(text)),
    seal(
      Uint8Array.of(
        ...new TextEncoder().encode('{"a": "'),
        0xff,
        ...new TextEncoder().encode('", "cmd": 1}'),
      ),
    ),
  ];
  for (const token of messages) assertThrows(() => openData(KEY, token, NOW), WireError, "message");
});

test("data token: what is no message to anybody is data", () => {
  for (
    const text of [
      '{"text": "hello"}',
      '{"commands": {"cmd": 1}}',
      '[{"cmd": 1}]',
      '{"a": "cmd", "b": "\\"cmd\\": 1"}',
      `{"${'\\"'.repeat(400_000)}`,
      '"cmd"',
      "cmd",
      `{"cmd": "${"x".repeat(1024 * 1024)}"}`,
      "",
    ]
  ) {
    assertEquals(new TextDecoder().decode(openData(KEY, seal(text), NOW).data), text);
  }
});
