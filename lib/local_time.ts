import { formatIsoTime } from "./wire/iso_time.ts";

/**
 * A time in milliseconds since the Unix epoch as Python's `datetime.now().isoformat()` tells it on
 * this machine: by its clock, without a zone.
 *
 * @param micros The microseconds that this leaves out: 0 to 999.
 */
export function localIsoTime(timeMs: number, micros = 0): string {
  return formatIsoTime(timeMs, -new Date(timeMs).getTimezoneOffset(), micros);
}
