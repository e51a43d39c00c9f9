import { MAX_PROBES_AT_ONCE } from "../limits/discovery.ts";
import { NO_DESCRIPTOR } from "../net/system_faults.ts";
import type { TokenSeal } from "../token_seal.ts";
import { askHttp } from "./ask_http.ts";
import type { Attempts } from "./attempts.ts";
import { readAnswer } from "./handshake.ts";
import type { Sighting, Way } from "./sighting.ts";

/** Somebody to ask. */
export interface Target {
  /** An address. */
  readonly address: string;
  /** A port of it. */
  readonly port: number;
  /** Where it is counted what comes of it. */
  readonly attempts: Attempts;
}

/** How to ask many addresses by HTTP. */
export interface ScanOptions {
  /** How the servers are found that answer. */
  way: Way;
  /** What to ask. */
  question: string;
  /** Opens the answers; without one nothing does. */
  seal: TokenSeal | undefined;
  /** Time for each address. */
  timeoutMs: number;
  /** Ends it; addresses that were not asked are passed over. */
  signal: AbortSignal;
  /** Is told of each server. */
  onSighting: (sighting: Sighting) => void;
  /** Is told after each address. */
  onAsked?: () => void;
}

/**
 * Asks each target, many at once, and counts what comes of it. When the process has too much open, it
 * asks fewer at once and nobody is left out.
 */
export async function scan(
  targets: Iterable<Target>,
  options: ScanOptions,
): Promise<void> {
  const { signal, onAsked } = options;
  const iterator = targets[Symbol.iterator]();
  const again: Target[] = [];
  let working = MAX_PROBES_AT_ONCE;
  const work = async () => {
    while (!signal.aborted) {
      const target = again.pop() ?? iterator.next().value as Target | undefined;
      if (target === undefined) break;
      const outcome = await ask(target.address, target.port, options);
      if (outcome === NO_DESCRIPTOR && working > 1) {
        again.push(target);
        break;
      }
      target.attempts.count(outcome);
      onAsked?.();
    }
    working--;
  };
  await Promise.all(Array.from({ length: MAX_PROBES_AT_ONCE }, work));
}

/** Asks one; gives what came of it, in a few words. */
export async function ask(
  address: string,
  port: number,
  options: ScanOptions,
): Promise<string> {
  const { way, question, seal, timeoutMs, signal, onSighting } = options;
  const asked = await askHttp(address, port, question, { timeoutMs, signal });
  if ("failure" in asked) return asked.failure;
  const { reply: { body }, roundTripMs } = asked;
  const place = { way, scheme: "http", address, port } as const;
  const sighting = readAnswer({ ...place, roundTripMs, question, answer: body }, seal);
  if (sighting === undefined) return "another kind of server";
  onSighting(sighting);
  return "found";
}
