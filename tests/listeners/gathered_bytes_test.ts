import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { FREE_PENDING_BYTES } from "../../lib/limits/http.ts";
import { GatheredBytes } from "../../lib/listeners/gathered_bytes.ts";
import { PendingShare } from "../../lib/listeners/pending_bytes.ts";
import { concat } from "../helpers/raw_client.ts";
import { test } from "../helpers/strict.ts";

test("gathered bytes: are what was taken, in order, whatever becomes of the pieces", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 5000 })), (pieces) => {
      const gathered = new GatheredBytes(new PendingShare(Infinity));
      for (const piece of pieces) {
        const lent = piece.slice();
        assert(gathered.push(lent));
        lent.fill(0);
      }
      assertEquals(gathered.bytes, concat(...pieces));
      assertEquals(gathered.length, gathered.bytes.length);
    }),
    { numRuns: 1000 },
  );
});

test("gathered bytes: hold no more than there is room for, and give it back", () => {
  const pending = new PendingShare(FREE_PENDING_BYTES);
  const [one, other] = [new GatheredBytes(pending), new GatheredBytes(pending)];
  const piece = new Uint8Array(FREE_PENDING_BYTES);
  assert(one.push(piece) && one.push(piece));
  assert(other.push(piece));
  assert(!other.push(piece), "the first holds all that there is beyond what is free");
  assertEquals(other.length, FREE_PENDING_BYTES);
  one.release();
  assertEquals(one.length, 0);
  assert(other.push(piece));
});
