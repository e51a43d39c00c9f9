/**
 * What the system's codes for failed connections and datagrams mean to a person.
 *
 * @module
 */

/** A kind of failure, in words. */
export interface SystemFault {
  /** The end of a sentence that says what cannot be reached. */
  readonly reason: string;
  /** What has come of it, in a few words that can stand behind a number. */
  readonly outcome: string;
}

/** The outcome when this process has too much open: fewer at once may do. */
export const NO_DESCRIPTOR = "no file descriptor left";

const BROKEN = { reason: "it broke the connection", outcome: "connected, and then reset" };
const FORBIDDEN = {
  reason: "this machine does not allow it",
  outcome: "not permitted by this machine",
};
const FULL = {
  reason: "this process has too many files and connections open",
  outcome: NO_DESCRIPTOR,
};
const NO_ADDRESS = {
  reason: "this machine has no address to reach it from, as without IPv6",
  outcome: "no address to reach it from",
};

const FAULTS: Readonly<Record<string, SystemFault>> = {
  ECONNREFUSED: { reason: "nobody listens there", outcome: "refused" },
  ECONNRESET: BROKEN,
  EPIPE: BROKEN,
  ENOTFOUND: { reason: "the host is not known", outcome: "not known" },
  EAI_AGAIN: {
    reason: "the host is not known now: no name server answers",
    outcome: "not known now",
  },
  ENETUNREACH: {
    reason: "there is no way to its network",
    outcome: "no route to that network",
  },
  EHOSTUNREACH: { reason: "there is no way to the host", outcome: "no such machine" },
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EMFILE: FULL,
  ENFILE: FULL,
  EINVAL: NO_ADDRESS,
  EADDRNOTAVAIL: NO_ADDRESS,
  EAFNOSUPPORT: NO_ADDRESS,
  EMSGSIZE: { reason: "it is too long for a datagram", outcome: "too long for a datagram" },
  // All that the runtime tells of a datagram that the system has not taken (Deno 2.9).
  UNKNOWN: {
    reason: "the system does not send it there, as without a way to that network",
    outcome: "not taken by the system",
  },
};

/** The failure that an error of the system is; `undefined` when it is none that is known. */
export function systemFault(error: unknown): SystemFault | undefined {
  const code = codeOf(error);
  return Object.hasOwn(FAULTS, code) ? FAULTS[code] : undefined;
}

/** The code of an error of the system, like `ECONNREFUSED`; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}
