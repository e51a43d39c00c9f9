/**
 * The time as FastResponse carries it: `YYYYMMDDThhmmss.fff`, local time without a zone.
 *
 * @module
 */

/**
 * Formats a time in milliseconds since the Unix epoch for a place that many minutes east of UTC.
 *
 * @throws {RangeError} for a year outside of 0000 to 9999.
 */
export function formatDateTime(timeMs: number, utcOffsetMinutes: number): string {
  // The ISO form of the shifted time is YYYY-MM-DDThh:mm:ss.fffZ; other years are longer.
  const iso = new Date(timeMs + utcOffsetMinutes * 60_000).toISOString();
  if (iso.length !== 24) throw new RangeError(`Cannot format ${iso}: the year has four digits`);
  return iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 13) + iso.slice(14, 16) +
    iso.slice(17, 23);
}
