import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { datagramManners, ROOM_MANNERS, type Verdict } from "../../lib/client/manners.ts";
import { errorAnswer, isErrorMessage, isSameMessage } from "../../lib/client/message_answer.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";
import { messageOf } from "../helpers/token_servers.ts";

const FIELDS = ["userID", "timestamp", "text", "cmd", "args"] as const;

const text = fc.oneof(fc.constantFrom("", "a", "error", "decode error"), fc.string());
const message: fc.Arbitrary<TokenMessage> = fc.record({
  userID: text,
  timestamp: text,
  text,
  cmd: text,
  args: text,
});

Deno.test("messages are the same when all five texts are", () => {
  fc.assert(
    fc.property(message, fc.constantFrom(...FIELDS), (one, field) => {
      assert(isSameMessage(one, { ...one }));
      assert(!isSameMessage(one, { ...one, [field]: `${one[field]}.` }));
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a message is an error by its command, or by what system B says by UDP", () => {
  assert(isErrorMessage(messageOf({ cmd: "error" })));
  assert(isErrorMessage(messageOf({ text: "decode error" })));
  assert(!isErrorMessage(messageOf({ text: "decode error", cmd: "ping" })));
  assert(!isErrorMessage(messageOf({ text: "error" })));
  const shown = errorAnswer("udp://a:1", messageOf({ text: "no\x1b", args: "code\n" })).message;
  assertEquals(shown, "udp://a:1 refuses: no\\u{1b} (code\\u{a})");
  const opened = messageOf({ cmd: "error", text: "decode ok", args: "too\nfast" });
  assertEquals(errorAnswer("udp://a:1", opened).message, "udp://a:1 refuses: too\\u{a}fast");
});

Deno.test("in a room a message is answered by itself alone", () => {
  fc.assert(
    fc.property(message, message, (sent, other) => {
      assertEquals(ROOM_MANNERS.judge(sent, { message: { ...sent }, from: "x" }), "last");
      if (isSameMessage(sent, other)) return;
      const expected = isErrorMessage(other) ? "error" : "other";
      assertEquals(ROOM_MANNERS.judge(sent, { message: other, from: "x" }), expected);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("by UDP the address that was sent to gives the last answer, unless more are wanted", () => {
  const sent = messageOf({ text: "a" });
  const cases: [boolean, string, string, Verdict][] = [
    [false, "10.0.0.5:7119", "decode ok", "last"],
    [false, "10.0.0.6:7119", "decode ok", "answer"],
    [true, "10.0.0.5:7119", "decode ok", "answer"],
    [true, "10.0.0.6:7119", "decode ok", "answer"],
    [false, "10.0.0.5:7119", "decode error", "refusal"],
    [true, "10.0.0.5:7119", "decode error", "error"],
    [false, "10.0.0.6:7119", "decode error", "error"],
  ];
  for (const [wantsMore, from, text, verdict] of cases) {
    const { judge } = datagramManners("10.0.0.5:7119", wantsMore);
    assertEquals(judge(sent, { message: messageOf({ text }), from }), verdict);
  }
});
