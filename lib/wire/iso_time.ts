/**
 * Times as Python writes them with `datetime.isoformat()` and reads them with
 * `datetime.fromisoformat()`: `YYYY-MM-DDTHH:MM:SS.ffffff+HH:MM`, of which the zone is there when
 * the time knows its own, and the fraction when there is one.
 *
 * @module
 */

/** A time that was read. */
export interface IsoTime {
  /** Milliseconds since 1970-01-01T00:00 by the clock that showed this time; rounded down. */
  readonly wallMs: number;
  /** The microseconds that this leaves out: 0 to 999. */
  readonly micros: number;
  /** How far that clock is ahead of UTC, in microseconds; absent where the time does not say it. */
  readonly utcOffsetMicros?: number;
}

/**
 * Writes a time in milliseconds since the Unix epoch by a clock that is so many minutes ahead of UTC,
 * and without a zone: what `datetime.now().isoformat()` gives there. A fraction has six digits, and
 * a whole second none.
 *
 * @param micros The microseconds that the milliseconds leave out: 0 to 999.
 * @throws {RangeError} for a time that is no whole number, and a year outside of 0001 to 9999.
 */
export function formatIsoTime(timeMs: number, utcOffsetMinutes: number, micros = 0): string {
  // Offsets of long ago are no whole minutes.
  const wallMs = timeMs + Math.round(utcOffsetMinutes * 60_000);
  if (!Number.isInteger(wallMs) || wallMs < MIN_WALL_MS || wallMs > MAX_WALL_MS) {
    throw new RangeError(`Cannot write ${timeMs} as a time: Python has the years 1 to 9999`);
  }
  const iso = new Date(wallMs).toISOString();
  if (wallMs % 1000 === 0 && micros === 0) return iso.slice(0, 19);
  return `${iso.slice(0, 23)}${micros.toString().padStart(3, "0")}`;
}

const MIN_WALL_MS = Date.parse("0001-01-01T00:00:00Z");
const MAX_WALL_MS = Date.parse("9999-12-31T23:59:59.999Z");

const DATE = /(\d{4})-(\d\d)-(\d\d)/;
const TIME = /(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{3}|\d{6}))?)?)?/;
const ZONE = /(Z|([+-])(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{6}))?)?)?/;
const FORM = new RegExp(`^${DATE.source}[T ]${TIME.source}${ZONE.source}$`);

/**
 * Reads what `datetime.isoformat()` writes, with any `timespec`, with `T` or a space between date and
 * time, and with `Z` for UTC; gives `undefined` for any other text. Python's `fromisoformat()` reads
 * all that this reads, and the same in it.
 */
export function readIsoTime(text: string): IsoTime | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) =>
    Number(part ?? 0)
  );
  const [fraction = "", zone, sign, ...offset] = match.slice(7);
  if (hour! > 23 || minute! > 59 || second! > 59 || year === 0) return undefined;
  // Date.UTC takes the years up to 99 for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day);
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) return undefined;
  const micros = Number(fraction.padEnd(6, "0"));
  const wallMs = date.getTime() + ((hour! * 60 + minute!) * 60 + second!) * 1000 +
    Math.floor(micros / 1000);
  const time = { wallMs, micros: micros % 1000 };
  if (zone === undefined) return time;
  if (zone === "Z") return { ...time, utcOffsetMicros: 0 };
  const [hours, minutes, seconds, parts] = offset.map((part) => Number(part ?? 0));
  if (hours! > 23 || minutes! > 59 || seconds! > 59) return undefined;
  const ahead = ((hours! * 60 + minutes!) * 60 + seconds!) * 1e6 + parts!;
  // No zero below zero.
  return { ...time, utcOffsetMicros: sign === "-" ? 0 - ahead : ahead };
}
