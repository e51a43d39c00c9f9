import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FREE_PENDING_BYTES } from "../../lib/limits/http.ts";
import { PendingBytes, PendingShare } from "../../lib/listeners/pending_bytes.ts";
import { test } from "../helpers/strict.ts";

test("short messages always have room, long ones while there is some", () => {
  const pending = new PendingShare(1000);
  assert(pending.change(0, FREE_PENDING_BYTES + 600));
  assert(!pending.change(0, FREE_PENDING_BYTES + 401));
  assert(pending.change(0, FREE_PENDING_BYTES + 400));
  for (let i = 0; i < 100; i++) assert(pending.change(0, FREE_PENDING_BYTES));
  assert(pending.change(FREE_PENDING_BYTES + 600, 0));
  assert(pending.change(FREE_PENDING_BYTES + 400, FREE_PENDING_BYTES + 1000));
});

test("it never holds more than its bound, and all is free when all are gone", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(4), fc.nat(2 * FREE_PENDING_BYTES)), { maxLength: 50 }),
      (changes) => {
        const max = FREE_PENDING_BYTES;
        const pending = new PendingShare(max);
        const held = [0, 0, 0, 0, 0];
        const beyond = () => held.reduce((sum, b) => sum + Math.max(0, b - FREE_PENDING_BYTES), 0);
        for (const [who, bytes] of changes) {
          const isTaken = pending.change(held[who]!, bytes);
          if (isTaken) held[who] = bytes;
          else assert(bytes > held[who]!);
          assert(beyond() <= max);
        }
        for (const bytes of held) assert(pending.change(bytes, 0));
        assertEquals(pending.change(0, FREE_PENDING_BYTES + max), true);
      },
    ),
    { numRuns: 1000 },
  );
});

test("who has not proven the key has a part of it, and cannot take the rest from the others", () => {
  const pending = new PendingBytes(1000);
  const strangers = pending.of({ isProven: false });
  const proven = pending.of({ isProven: true });
  assert(!strangers.change(0, FREE_PENDING_BYTES + 501));
  assert(strangers.change(0, FREE_PENDING_BYTES + 500));
  assert(!strangers.change(0, FREE_PENDING_BYTES + 1));
  assert(strangers.change(0, FREE_PENDING_BYTES));
  assert(proven.change(0, FREE_PENDING_BYTES + 500));
  assert(!proven.change(0, FREE_PENDING_BYTES + 1));
  assert(strangers.change(FREE_PENDING_BYTES + 500, 0));
  assert(proven.change(FREE_PENDING_BYTES + 500, FREE_PENDING_BYTES + 1000));
  assert(!strangers.change(0, FREE_PENDING_BYTES + 1));
});
