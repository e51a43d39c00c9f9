/**
 * Durations, sizes and counts as people write them.
 *
 * @module
 */

const DURATION_UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTE_UNITS = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/**
 * Reads a duration like `100ms`, `5s`, `2m`, `1h` or `7d`: a whole number and a unit.
 *
 * @returns milliseconds, or `undefined` for a text of another form.
 */
export function parseDuration(text: string): number | undefined {
  return parseQuantity(text, DURATION_UNITS_MS);
}

/** Writes a number of milliseconds so that {@linkcode parseDuration} reads it: `100ms`, `2m`. */
export function formatDuration(durationMs: number): string {
  return formatQuantity(durationMs, DURATION_UNITS_MS);
}

/**
 * Reads a size like `512B`, `64KiB`, `1MiB` or `2GiB`: a whole number and a unit.
 *
 * @returns bytes, or `undefined` for a text of another form.
 */
export function parseBytes(text: string): number | undefined {
  return parseQuantity(text, BYTE_UNITS);
}

/** Writes a number of bytes so that {@linkcode parseBytes} reads it: `512B`, `1MiB`. */
export function formatBytes(bytes: number): string {
  return formatQuantity(bytes, BYTE_UNITS);
}

/** A number and what it counts: `1 connection`, `2 connections`, `3 cities`. */
export function counted(number: number, one: string, many: string = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function parseQuantity(text: string, units: Record<string, number>): number | undefined {
  const match = /^([0-9]{1,15})([A-Za-z]+)$/.exec(text);
  if (match === null || !Object.hasOwn(units, match[2]!)) return undefined;
  return Number(match[1]) * units[match[2]!]!;
}

function formatQuantity(quantity: number, units: Record<string, number>): string {
  const [smallest, ...larger] = Object.entries(units) as [[string, number]];
  let [name, factor] = smallest;
  for (const [unit, size] of larger as [string, number][]) {
    if (quantity !== 0 && quantity % size === 0) [name, factor] = [unit, size];
  }
  return `${quantity / factor}${name}`;
}
