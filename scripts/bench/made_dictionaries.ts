/**
 * Dictionaries to measure formats with.
 *
 * @module
 */

import type { Dictionary, Value } from "../../lib/formats/value.ts";

/** Makes so many members of a dictionary, the same ones each time. */
type Make = (members: number) => Dictionary;

/** The shapes of dictionaries that are measured, by what they are called. */
export const SHAPES: ReadonlyMap<string, Make> = new Map<string, Make>([
  ["counts", (members) => counts(members, "абвгдежзиклмнопрстуфхцчшщыэюя")],
  ["latin counts", (members) => counts(members, "abcdefghijklmnopqrstuvwxyz")],
  ["records", records],
]);

function counts(members: number, letters: string): Dictionary {
  const below = randomBelow();
  const made = new Map<string, Value>();
  for (let i = 0; i < members; i++) made.set(`${word(below, letters)} ${i}`, below(2 ** 32));
  return made;
}

function records(members: number): Dictionary {
  const below = randomBelow();
  const made = new Map<string, Value>();
  for (let i = 0; i < members; i++) {
    const wagons = Array.from({ length: 4 }, () =>
      new Map<string, Value>([
        ["number", 10_000_000 + below(90_000_000)],
        ["type", "hopper"],
        ["tons", (below(600) + 0.5) / 10 + 0.01],
      ]));
    made.set(
      `train ${i}`,
      new Map<string, Value>([
        ["id", i],
        ["station", word(below, "абвгдежзиклмнопрст")],
        ["weight", below(1e9) / 1e5 + 0.000001],
        ["loaded", below(2) === 0],
        ["note", null],
        ["wagons", wagons],
      ]),
    );
  }
  return made;
}

function word(below: (bound: number) => number, letters: string): string {
  return Array.from({ length: 4 + below(9) }, () => letters[below(letters.length)]).join("");
}

/** Random whole numbers below a bound, always the same ones: the generator is mulberry32. */
function randomBelow(): (bound: number) => number {
  let state = 1;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * bound);
  };
}
