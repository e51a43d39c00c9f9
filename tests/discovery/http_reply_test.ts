import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatHttpPost, parseHttpReply } from "../../lib/discovery/http_reply.ts";
import { test } from "../helpers/strict.ts";

const WHOLE = "HTTP/1.1 400 Bad Request\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello";
const UNTIL_CLOSED = "HTTP/1.0 200\r\n\r\nhello";

test("a question says how long it is in bytes", () => {
  assertEquals(
    formatHttpPost("[::1]:7118", "/message", "Тула"),
    "POST /message HTTP/1.0\r\nHost: [::1]:7118\r\nContent-Type: text/plain; charset=utf-8\r\n" +
      "Content-Length: 8\r\nConnection: close\r\n\r\nТула",
  );
});

test("an answer is there when as much of it as it says has come, and not before", () => {
  for (let at = 0; at < WHOLE.length; at++) {
    assertEquals(parseHttpReply(WHOLE.slice(0, at), false), undefined, `${at}`);
  }
  const reply = { status: 400, body: "hello" };
  assertEquals(parseHttpReply(WHOLE, false), reply);
  assertEquals(parseHttpReply(`${WHOLE}more`, false), reply);
});

test("an answer that does not say how long it is ends with the connection", () => {
  for (let at = 0; at <= UNTIL_CLOSED.length; at++) {
    assertEquals(parseHttpReply(UNTIL_CLOSED.slice(0, at), false), undefined, `${at}`);
  }
  assertEquals(parseHttpReply(UNTIL_CLOSED, true), { status: 200, body: "hello" });
});

test("what is no answer by HTTP is seen as soon as it can be", () => {
  for (const text of ["S", "SSH-2.0-x\r\n", "HTTP/2", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1\r\n\r\n"]) {
    assertThrows(() => parseHttpReply(text, false), RangeError, "no answer by HTTP");
  }
  assertThrows(() => parseHttpReply("", true), RangeError, "no whole answer by HTTP");
  assertThrows(() => parseHttpReply("HTTP/1.1 200 OK\r\n", true), RangeError, "no whole answer");
});

test("no text makes anything but an answer, a wish for more, or a RangeError", () => {
  const line = fc.constantFrom(
    "HTTP/1.1 200 OK",
    "Content-Length: 3",
    "content-length: x",
    "",
    "a",
  );
  const text = fc.oneof(fc.string(), fc.array(line).map((lines) => lines.join("\r\n")));
  fc.assert(
    fc.property(text, fc.boolean(), (text, isAll) => {
      try {
        const reply = parseHttpReply(text, isAll);
        assert(reply === undefined ? !isAll : reply.body.length <= text.length);
      } catch (error) {
        assert(error instanceof RangeError);
      }
    }),
    { numRuns: 2000 },
  );
});
