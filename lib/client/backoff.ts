import { RECONNECT_FIRST_MS, RECONNECT_MAX_MS } from "../limits/client.ts";

/**
 * How long to wait before the next try to connect, in milliseconds, after so many that failed (from
 * 1 on). The wait doubles each time and is spread at random, so that the clients of a server that
 * was restarted do not all come back at once.
 *
 * @param random from 0 on, less than 1.
 */
export function backoffMs(failures: number, random: number): number {
  const longest = Math.min(RECONNECT_MAX_MS, RECONNECT_FIRST_MS * 2 ** Math.min(failures, 30));
  return Math.round(RECONNECT_FIRST_MS + random * (longest - RECONNECT_FIRST_MS));
}
