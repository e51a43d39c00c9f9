import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { MessageClock } from "../../lib/client/message_clock.ts";
import { readIsoTime } from "../../lib/wire/iso_time.ts";

Deno.test("message clock: a time is the one now, and never that of the message before", () => {
  const nowMs = 1_800_000_000_789;
  const clock = new MessageClock(() => nowMs);
  let before = "";
  let latest = 0;
  for (let i = 0; i < 20_000; i++) {
    const time = clock.next();
    assertNotEquals(time, before);
    before = time;
    latest = Math.max(latest, readIsoTime(time)!.wallMs);
  }
  assertMatch(before, /^2027-01-1[45]T\d\d:\d\d:\d\d\.(789|790)\d{3}$/);
  const offsetMs = new Date(nowMs).getTimezoneOffset() * 60_000;
  assertEquals(Math.abs(latest + offsetMs - nowMs) <= 1, true);
});
