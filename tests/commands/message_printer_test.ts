import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { JunkNews } from "../../lib/commands/junk_news.ts";
import { messageLine } from "../../lib/commands/message_printer.ts";
import { localIsoTime } from "../../lib/local_time.ts";
import { messageOf } from "../helpers/token_servers.ts";

const AT_MS = Date.UTC(2026, 10, 26, 10, 15, 3);

function line(fields: Parameters<typeof messageOf>[0], sender?: string): string {
  return messageLine({ message: messageOf(fields), from: "ws://a" }, AT_MS, sender);
}

Deno.test("a message is a line: when, who, what, and the command if there is one", () => {
  const timestamp = "2026-11-26T10:15:02.123456";
  const said = { userID: "Ann", timestamp, text: "train left" };
  assertEquals(line(said), "2026-11-26 10:15:02 Ann: train left");
  assertEquals(line({ ...said, cmd: "ping" }), "2026-11-26 10:15:02 Ann: train left [ping]");
  assertEquals(line({ ...said, text: "", args: "x" }), "2026-11-26 10:15:02 Ann: [x]");
  assertEquals(
    line({ userID: "depot", timestamp, text: "pong", cmd: "ping", args: "1" }, "10.0.0.5:7119"),
    "2026-11-26 10:15:02 depot (from 10.0.0.5:7119): pong [ping 1]",
  );
});

Deno.test("a time is shown by this clock when it has a zone, and else as its maker's clock has it", () => {
  const here = (ms: number) => localIsoTime(ms).slice(0, 19).replace("T", " ");
  const zoned = line({ timestamp: "2026-11-26T13:15:02+03:00" });
  assertEquals(zoned, `${here(Date.UTC(2026, 10, 26, 10, 15, 2))} somebody: `);
  assertEquals(line({ timestamp: "2026-11-26 13:15" }), "2026-11-26 13:15:00 somebody: ");
  for (const timestamp of ["", "today", "2026-13-01T00:00:00"]) {
    assertEquals(line({ timestamp }), `${here(AT_MS)} somebody: `);
  }
});

Deno.test("whatever comes is one line that moves no cursor", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "\n", "\r", "\x1b", "\u202e", "\t", "ж", "\0"),
  });
  const fields = fc.record({ userID: text, timestamp: text, text, cmd: text, args: text });
  fc.assert(
    fc.property(fields, text, (fields, sender) => {
      assertMatch(line(fields, sender), /^(\t|[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e])+$/u);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("junk is told of at once, then once in a while, and at the end", () => {
  const news = new JunkNews();
  assertEquals(news.end(), undefined);
  assertMatch(
    news.add("it is\x1b short.", 0)!,
    /^1 thing that came is no .*: it is\\u\{1b\} short\)$/,
  );
  assertEquals(news.add("two", 9_999), undefined);
  assertMatch(news.add("three", 10_000)!, /^3 things that came are no messages, .*: three\)$/);
  assertEquals(news.end(), undefined);
  assertEquals(news.add("four", 10_001), undefined);
  assertMatch(news.end()!, /^4 things .*: four\)$/);
  assertEquals(news.end(), undefined);
});

Deno.test("all junk is counted, and told of not too often", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20_000 }), { minLength: 1, maxLength: 50 }), (waitsMs) => {
      const news = new JunkNews();
      let nowMs = 0;
      const told: [number, string][] = [];
      for (const waitMs of waitsMs) {
        nowMs += waitMs;
        const text = news.add("junk", nowMs);
        if (text !== undefined) told.push([nowMs, text]);
      }
      for (const [i, [atMs]] of told.entries()) assert(i === 0 || atMs - told[i - 1]![0] >= 10_000);
      const last = news.end() ?? told.at(-1)![1];
      assert(last.startsWith(`${waitsMs.length} thing`), last);
    }),
    { numRuns: 1000 },
  );
});
