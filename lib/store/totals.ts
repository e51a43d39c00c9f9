import type { Manifest } from "../wire/messages.ts";

/** What all manifests say of one city. */
export interface CityTotal {
  /** The city's name. */
  readonly city: string;
  /** Its wagons in all manifests; they can be more than a number holds exactly. */
  readonly wagons: bigint;
  /** In how many manifests it stands. */
  readonly manifests: number;
}

/** Adds up manifests per city; the cities are in the order of their names. */
export function totalsOf(manifests: Iterable<Manifest>): CityTotal[] {
  const totals = new Map<string, { wagons: bigint; manifests: number }>();
  for (const { entries } of manifests) {
    for (const { city, wagons } of entries) {
      const total = totals.get(city);
      if (total === undefined) totals.set(city, { wagons: BigInt(wagons), manifests: 1 });
      else {
        total.wagons += BigInt(wagons);
        total.manifests++;
      }
    }
  }
  const { compare } = new Intl.Collator("en");
  return Array.from(totals, ([city, total]) => ({ city, ...total }))
    .sort((a, b) => compare(a.city, b.city));
}
