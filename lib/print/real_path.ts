/**
 * Which file a path leads to, also when it is not there yet.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";

/** As many links after each other as Linux follows. */
const MAX_LINKS = 40;

/**
 * The path without any links in it. Where nothing is, it is the path that a file would get that is
 * made there. Never throws: what cannot be looked at is told by whoever opens it.
 */
export function realPathOf(path: string, links = MAX_LINKS): string {
  const whole = resolve(path);
  try {
    return Deno.realPathSync(whole);
  } catch {
    const folder = dirname(whole);
    if (folder === whole || links === 0) return whole;
    const target = linkTarget(whole);
    if (target !== undefined) return realPathOf(resolve(folder, target), links - 1);
    return join(realPathOf(folder, links - 1), basename(whole));
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return Deno.readLinkSync(path);
  } catch {
    return undefined;
  }
}

/** What tells a file from all others of this machine, or `undefined` when it is not there. */
export function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(path);
    return ino === null ? undefined : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
