import type { Endpoint } from "../endpoint.ts";

/** How a server was found. */
export type Way = "http" | "broadcast" | "mdns";

/** TCP and UDP have ports of their own. */
export type Transport = "tcp" | "udp";

/** The transport of a dialect. */
export function transportOf(scheme: string): Transport {
  return scheme === "udp" ? "udp" : "tcp";
}

/**
 * Whether our key opens what a server says: it does; it does, but the server's clock differs too
 * much from ours; it does not; or there is no key, or nothing to try it on.
 */
export type KeyMatch = "opens" | "clock" | "other" | "unknown";

/** One answer of a server to who looks for servers. What it says of itself is bounded in length. */
export interface Sighting {
  /** How it was asked. */
  readonly way: Way;
  /** The address that answered. */
  readonly address: string;
  /** The port that answered. */
  readonly port: number;
  /** What that is a port of. */
  readonly transport: Transport;
  /** What the server calls this run of itself; system B's servers have none. */
  readonly id?: string;
  /** Its name; empty where it has told none. */
  readonly name: string;
  /** The version of its program. */
  readonly version?: string;
  /** Where it listens, as far as it is known: at least at the dialect that answered. */
  readonly endpoints: readonly Endpoint[];
  /** Time from the question to the answer. */
  readonly roundTripMs?: number;
  /** Whether our key opens it. */
  readonly key: KeyMatch;
}

/** Whether only who has our key can have said it. */
export function isTrusted({ key }: Sighting): boolean {
  return key === "opens" || key === "clock";
}
