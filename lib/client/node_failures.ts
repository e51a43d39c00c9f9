/**
 * What goes wrong with connections that are made by Node's modules, in words.
 *
 * @module
 */

import { ProtocolError, reasonOf, UnreachableError, type WagonsError } from "../errors.ts";
import { codeOf, systemFault } from "../net/system_faults.ts";
import { formatDuration } from "../units.ts";

/** The error that it is when a server cannot be reached, or breaks the connection. */
export function cannotReach(url: string, error: unknown): WagonsError {
  if (codeOf(error).startsWith("HPE_")) {
    return new ProtocolError(`${url} answers with what is no HTTP: ${reasonOf(error)}`, {
      cause: error,
      hint: "Is the scheme right, and the port?",
    });
  }
  return new UnreachableError(
    `Cannot reach ${url}: ${systemFault(error)?.reason ?? reasonOf(error)}`,
    {
      cause: error,
      hint: "Is a server running there? Name it with --to or WAGONS_SERVER.",
    },
  );
}

/** The error that it is when no connection comes about in time. */
export function noConnection(url: string, timeoutMs: number): UnreachableError {
  return new UnreachableError(
    `Cannot reach ${url}: no connection after ${formatDuration(timeoutMs)}`,
    {
      hint: "Is the host right, and the port? Give it longer with --connect-timeout.",
    },
  );
}
