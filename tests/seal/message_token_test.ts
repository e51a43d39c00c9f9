import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { openFernet, sealFernet } from "../../lib/seal/fernet.ts";
import { openMessage, sealMessage } from "../../lib/seal/message_token.ts";
import { encodeTokenMessage } from "../../lib/wire/token_message.ts";
import { isUuidV7, uuidTimeMs } from "../../lib/wire/uuid.ts";
import { WireError } from "../../lib/wire/wire_error.ts";
import { assertRefused, bytesOf, bytesOfSize, RUNS } from "./arbitraries.ts";

const KEY = bytesOf(32, 1);
const NOW_S = 1_800_000_000;
const NOW = { nowS: NOW_S, lifeS: 300 };
const MESSAGE = { userID: "Ann", timestamp: "", text: "hello", cmd: "", args: "" };
const iv = bytesOfSize(fc.constant(16));

Deno.test("message token: opens to the same message, and to the same id each time", () => {
  const message = fc.record({
    userID: fc.string(),
    timestamp: fc.string(),
    text: fc.string({ unit: "grapheme" }),
    cmd: fc.string(),
    args: fc.string(),
  });
  const ageS = fc.integer({ min: -NOW.lifeS, max: NOW.lifeS });
  fc.assert(
    fc.property(message, iv, ageS, fc.boolean(), (message, iv, ageS, isOfServer) => {
      const token = sealMessage(KEY, message, { timeS: NOW_S - ageS, iv, isOfServer });
      const opened = openMessage(KEY, token, NOW);
      assertEquals([opened.message, opened.isOfServer], [message, isOfServer]);
      assert(isUuidV7(opened.id), opened.id);
      assertEquals(uuidTimeMs(opened.id), (NOW_S - ageS) * 1000);
      assertEquals(openMessage(KEY, token, { nowS: NOW_S - 1, lifeS: 400 }), opened);
    }),
    RUNS,
  );
});

Deno.test("message token: tokens that differ in whatever way have different ids", () => {
  const ids = new Set<string>();
  const texts = ["hello", "hellp", "", "hello "];
  for (let number = 0; number < 1000; number++) {
    const iv = bytesOf(16, number + 1);
    const text = texts[number % texts.length]!;
    const token = sealMessage(KEY, { ...MESSAGE, text }, { timeS: NOW_S, iv });
    ids.add(openMessage(KEY, token, NOW).id);
  }
  for (let ageS = 1; ageS <= 300; ageS++) {
    const token = sealMessage(KEY, MESSAGE, { timeS: NOW_S - ageS, iv: bytesOf(16, 1) });
    ids.add(openMessage(KEY, token, NOW).id);
  }
  assertEquals(ids.size, 1300);
});

Deno.test("message token: no second text of a token opens, under which it would have another id", () => {
  const token = sealMessage(KEY, MESSAGE, { timeS: NOW_S, iv: bytesOf(16, 2) });
  for (const other of [`${token} `, `${token}=`, token.replace(/=+$/, ""), `\n${token}`]) {
    if (other === token) continue;
    assertRefused(() => openMessage(KEY, other, NOW), "broken", other);
  }
  // Bits behind the last byte.
  const { length } = token.replace(/=+$/, "");
  assert(length < token.length, "this one is padded");
  let opened = 0;
  for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
    const other = token.slice(0, length - 1) + last + token.slice(length);
    try {
      openMessage(KEY, other, NOW);
      opened++;
    } catch {
      // It is another one, or none.
    }
  }
  assertEquals(opened, 1);
});

Deno.test("message token: is good for its life, from before its time until after it", () => {
  const token = sealMessage(KEY, MESSAGE, { timeS: NOW_S, iv: bytesOf(16, 2) });
  const open = (nowS: number) => openMessage(KEY, token, { nowS, lifeS: 300 });
  assertEquals(open(NOW_S + 300).message, MESSAGE);
  assertEquals(open(NOW_S - 300).message, MESSAGE);
  assertRefused(() => open(NOW_S + 301), "tooOld");
  assertRefused(() => open(NOW_S - 301), "fromFuture");
  assertRefused(() => openMessage(bytesOf(32, 3), token, NOW), "wrongTag");
});

Deno.test("message token: what is under the key and no message is refused", () => {
  const token = sealFernet(KEY, new TextEncoder().encode("hello"), {
    timeS: NOW_S,
    iv: bytesOf(16, 2),
  });
  assertThrows(() => openMessage(KEY, token, NOW), WireError, "no JSON");
});

Deno.test("message token: is a Fernet token of the message's JSON", () => {
  const token = sealMessage(KEY, MESSAGE, { timeS: NOW_S, iv: bytesOf(16, 2) });
  const { plaintext, timeS } = openFernet(KEY, token, { nowS: NOW_S });
  assertEquals([plaintext, timeS], [encodeTokenMessage(MESSAGE), NOW_S]);
});
