import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { totalsOf } from "../../lib/store/totals.ts";
import type { Entry, Manifest } from "../../lib/wire/messages.ts";

function manifest(entries: Entry[]): Manifest {
  const id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  return { kind: "manifest", id, source: "test", madeAtMs: 0, entries };
}

Deno.test("no manifests have no totals", () => {
  assertEquals(totalsOf([]), []);
  assertEquals(totalsOf([manifest([])]), []);
});

Deno.test("wagons and manifests are added up for each city", () => {
  const totals = totalsOf([
    manifest([{ city: "b", wagons: 1 }, { city: "a", wagons: 2 }]),
    manifest([{ city: "c", wagons: 0 }, { city: "b", wagons: 4 }]),
  ]);
  assertEquals(totals, [
    { city: "a", wagons: 2n, manifests: 1 },
    { city: "b", wagons: 5n, manifests: 2 },
    { city: "c", wagons: 0n, manifests: 1 },
  ]);
});

Deno.test("the cities are in the order of their names, as people sort them", () => {
  const cities = ["Ёлки", "Жуков", "Екатеринбург", "zeta", "Éire", "Zurich", "alpha", "1941", "Ed"];
  const totals = totalsOf([manifest(cities.map((city) => ({ city, wagons: 1 })))]);
  assertEquals(totals.map(({ city }) => city), [
    "1941",
    "alpha",
    "Ed",
    "Éire",
    "zeta",
    "Zurich",
    "Екатеринбург",
    "Ёлки",
    "Жуков",
  ]);
});

Deno.test("a sum of more than 2^53 wagons is exact", () => {
  const count = 2 ** 21 + 1;
  function* manifests() {
    for (let i = 0; i < count; i++) yield manifest([{ city: "a", wagons: 4_294_967_295 }]);
  }
  const wagons = BigInt(count) * 4_294_967_295n;
  assertEquals(wagons > BigInt(Number.MAX_SAFE_INTEGER), true);
  assertEquals(totalsOf(manifests()), [{ city: "a", wagons, manifests: count }]);
});

Deno.test("the totals are those of adding city by city, whatever the order of the manifests", () => {
  const city = fc.constantFrom("a", "b", "Москва", "__proto__", "constructor", "1941");
  const entries = fc.uniqueArray(
    fc.record({ city, wagons: fc.integer({ min: 0, max: 4_294_967_295 }) }),
    { selector: (entry) => entry.city },
  );
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 6 }), (all) => {
      const manifests = all.map(manifest);
      const totals = totalsOf(manifests);
      assertEquals(totalsOf(manifests.toReversed()), totals);
      const cities = new Set(all.flat().map(({ city }) => city));
      assertEquals(new Set(totals.map(({ city }) => city)), cities);
      for (const { city, wagons, manifests } of totals) {
        const of = all.flat().filter((entry) => entry.city === city);
        assertEquals(wagons, of.reduce((sum, entry) => sum + BigInt(entry.wagons), 0n));
        assertEquals(manifests, of.length);
      }
    }),
    { numRuns: 1000 },
  );
});
