/** What goes out in the chat dialect, read back as system C's programs read it. */

import { assert, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ChatDecoder, type ChatPart } from "../../lib/wire/chat_decoder.ts";
import { ChatEncoder, type ChatEncoderOptions } from "../../lib/wire/chat_encoder.ts";
import { formatChatTime } from "../../lib/wire/chat_grammar.ts";
import { CHAT_ENCODINGS, type ChatEncoding, chatEncoding } from "../../lib/wire/chat_text.ts";
import { concat } from "./arbitraries.ts";
import { chatOptions, decodeAll, nameLike } from "./chat_arbitraries.ts";

const RUNS = { numRuns: 1000 };
const AT_MS = 1_800_000_000_000;

const text = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 300, size: "max" }),
  nameLike,
  fc.array(fc.constantFrom("a", "%", "\n", "ы"), { minLength: 90, maxLength: 300, size: "max" })
    .map((all) => all.join("")),
);
const how: fc.Arbitrary<ChatEncoderOptions> = fc.record({
  headerBytes: fc.oneof(fc.constantFrom(2, 10), fc.integer({ min: 2, max: 32 })),
  encoding: fc.constantFrom(...CHAT_ENCODINGS).map((name) => chatEncoding(name)!),
  maxTextBytes: fc.integer({ min: 99, max: 1000 }),
  maxFileBytes: fc.integer({ min: 0, max: 1000 }),
});

/** What a stream of these bytes holds. */
function read(
  sender: "client" | "server",
  options: ChatEncoderOptions,
  ...bytes: Uint8Array[]
): ChatPart[] {
  const decoder = new ChatDecoder(chatOptions({ ...options, sender }));
  const found = decodeAll(decoder, [concat(bytes)]);
  assertEquals(decoder.isMidPart, false);
  return found;
}

/** What is left of a text when it has gone through an encoding. */
function shown(encoding: ChatEncoding, text: string): string {
  return encoding.decode(encoding.encode(text));
}

Deno.test("a text of any member comes to a client as a text, and nothing of it is lost", () => {
  fc.assert(
    fc.property(text, text, how, (user, text, options) => {
      const found = read("server", options, new ChatEncoder(options).textEvent(user, text, AT_MS));
      const messages = found.flatMap((one) => one.type === "message" ? [one.text] : []);
      assertEquals(
        found.map(({ type }) => type),
        messages.flatMap(() => ["user", "message", "time"]),
      );
      // Each piece may have got a space.
      let rest = shown(options.encoding, text);
      for (const message of messages) {
        const taken = rest.startsWith(message) ? message : message.slice(0, -1);
        assert(rest.startsWith(taken), JSON.stringify([text, messages]));
        rest = rest.slice(taken.length);
      }
      assertEquals(rest, "");
      for (const one of found) {
        if (one.type === "user") assert(shown(options.encoding, user).startsWith(one.text));
        if (one.type === "time") assertEquals(one.text, formatChatTime(AT_MS));
        if (one.type === "message") {
          assertLessOrEqual(options.encoding.encode(one.text).length, options.maxTextBytes);
        }
      }
    }),
    RUNS,
  );
});

Deno.test("what a client says comes to a server the same", () => {
  fc.assert(
    fc.property(text, text, how, (user, text, options) => {
      const encoder = new ChatEncoder(options);
      const found = read("client", options, encoder.user(user), encoder.said(text));
      assertEquals(found[0]?.type, "user");
      assert(found.length > 1 && found.slice(1).every(({ type }) => type === "message"));
    }),
    RUNS,
  );
});

Deno.test("a file of any name comes to either as a file", () => {
  fc.assert(
    fc.property(text, fc.uint8Array({ maxLength: 99 }), how, (name, content, options) => {
      const encoder = new ChatEncoder(options);
      const event = [
        encoder.fileEvent("ann", name, "1a2b3c", content.length),
        content,
        encoder.time(0),
      ];
      const said = [encoder.user("ann"), encoder.fileSaid(name, "1a2b3c", content.length), content];
      const limits = { ...options, maxFileBytes: 99 };
      for (const found of [read("server", limits, ...event), read("client", limits, ...said)]) {
        const file = found.find((one) => one.type === "file");
        assert(file !== undefined, JSON.stringify(found));
        assertEquals(file.size, content.length);
        assert(/^[a-zA-Z0-9_][a-zA-Z0-9_.+-]{1,89}$/.test(file.name), file.name);
      }
    }),
    RUNS,
  );
});

Deno.test("a header is as their programs write it, and never longer than it may be", () => {
  const header = (headerBytes: number, bytes: number) =>
    new TextDecoder().decode(new ChatEncoder(chatOptions({ headerBytes })).header(bytes));
  assertEquals(header(10, 0), "0         ");
  assertEquals(header(10, 65536), "65536     ");
  assertEquals(header(2, 99), "99");
  assertThrows(() => header(2, 100), RangeError, "100 bytes");
  assertEquals(new ChatEncoder(chatOptions({ headerBytes: 2 })).maxFileBytes, 99);
  assertEquals(new ChatEncoder(chatOptions({ headerBytes: 32 })).maxFileBytes, 1024 * 1024);
});

Deno.test("a text of several pieces is not encoded character by character", () => {
  const encoding = chatEncoding("utf-8")!;
  let calls = 0;
  const encode = (text: string) => {
    calls++;
    return encoding.encode(text);
  };
  const encoder = new ChatEncoder(chatOptions({ encoding: { ...encoding, encode } }));
  encoder.textEvent("Ann", "я".repeat(64 * 1024), 0);
  assert(calls < 20, `${calls} calls`);
});
