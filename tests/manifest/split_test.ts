import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { BadInputError } from "../../lib/errors.ts";
import { splitEntries } from "../../lib/manifest/split.ts";
import { formatManifestText } from "../../lib/manifest/text.ts";
import type { Entry } from "../../lib/wire/messages.ts";

const city = fc.string({ unit: "binary", minLength: 1, maxLength: 12, size: "max" });
const wagons = fc.integer({ min: 0, max: 4_294_967_295 });
const entries = fc.array(fc.record({ city, wagons }), { maxLength: 30, size: "max" });
/** A name of 12 code points takes 48 bytes at most, its line 62. */
const LONGEST_LINE_BYTES = 62;

function bytesOf(entries: readonly Entry[]): number {
  return new TextEncoder().encode(formatManifestText(entries)).length;
}

Deno.test("every run fits, nothing is lost, and there are as few runs as there can be", () => {
  const maxBytes = fc.integer({ min: LONGEST_LINE_BYTES, max: 400 });
  fc.assert(
    fc.property(entries, maxBytes, (entries, maxBytes) => {
      const runs = splitEntries(entries, maxBytes);
      assertEquals(runs.flat(), entries);
      for (const [index, run] of runs.entries()) {
        assert(run.length > 0);
        assert(bytesOf(run) <= maxBytes, `run ${index} takes ${bytesOf(run)} of ${maxBytes}`);
        // No run could have taken one entry more. Runs in order cannot be fewer than that.
        const next = runs[index + 1];
        if (next !== undefined) assert(bytesOf([...run, next[0]!]) > maxBytes);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("one byte below, at and above what two lines take", () => {
  const entries = [{ city: "Омск", wagons: 7 }, { city: "Тверь", wagons: 12 }];
  const bytes = bytesOf(entries);
  assertEquals(bytes, 13 + 16);
  assertEquals(splitEntries(entries, bytes + 1), [entries]);
  assertEquals(splitEntries(entries, bytes), [entries]);
  assertEquals(splitEntries(entries, bytes - 1), [[entries[0]!], [entries[1]!]]);
});

Deno.test("no entries are no runs", () => {
  assertEquals(splitEntries([], 100), []);
});

Deno.test("a line that is too long alone is an error that says by how much", () => {
  const entries = [{ city: "a", wagons: 1 }, { city: "Я".repeat(60), wagons: 1 }];
  assertEquals(splitEntries(entries, 125), [[entries[0]!], [entries[1]!]]);
  const error = assertThrows(() => splitEntries(entries, 124), BadInputError);
  assertEquals(
    error.message,
    `The line of ${"Я".repeat(40)} takes 125 bytes: one code holds 124`,
  );
  assertEquals([error.exitCode, error.hint], [6, "Shorten the name, or use a lower --level."]);
});
