/**
 * What goes wrong between a client and a server that it has reached, in words.
 *
 * @module
 */

import { ProtocolError, reasonOf, RefusedError } from "../errors.ts";
import { showable } from "../ui.ts";
import { RefusalCode } from "../wire/messages.ts";
import type { WireError } from "../wire/wire_error.ts";

/** The error that it is when a server sends something else. */
export function notTheProtocol(url: string, error: WireError): ProtocolError {
  return new ProtocolError(`${url} sent what is not the wagons protocol: ${error.message}`, {
    cause: error,
    hint: "Is that a wagons server, and is tls:// right, or tcp://?",
  });
}

/** The error that it is when what came in a sealed session is not what the server has sealed. */
export function sealBroken(url: string, error: unknown): ProtocolError {
  return new ProtocolError(`The sealed session with ${url} is broken: ${reasonOf(error)}`, {
    cause: error,
    hint: "Somebody on the way may have changed what was sent: nothing of it was taken.",
  });
}

/** A server's Refusal. */
export class ServerRefusedError extends RefusedError {
  /** Why. */
  readonly code: RefusalCode;

  /** Takes the code, the message, and what to do next. */
  constructor(code: RefusalCode, message: string, hint: string | undefined) {
    super(message, hint === undefined ? {} : { hint });
    this.code = code;
  }

  /** The next try would be refused too, until somebody changes a setting. */
  get isFinal(): boolean {
    return FINAL.has(this.code);
  }
}

/** The error that a server's Refusal is. */
export function refused(url: string, code: RefusalCode, text: string): ServerRefusedError {
  return new ServerRefusedError(code, `${url} refuses: ${showable(text)}`, HINTS[code]);
}

const LATER = "Nothing is wrong on this side: run it again later.";

/** What to do next, and on which side. */
const HINTS: { readonly [code in RefusalCode]?: string } = {
  [RefusalCode.tooManyConnections]: LATER,
  [RefusalCode.shuttingDown]: LATER,
  [RefusalCode.failed]: LATER,
  [RefusalCode.busy]: LATER,
  [RefusalCode.forbidden]:
    "Give both sides the same key (wagons key new), named by --key-file there and here.",
  [RefusalCode.sealRequired]:
    "Name the server's key on this side, with --key-file or WAGONS_KEY_FILE and without --plain.",
  [RefusalCode.noKey]:
    "Start the server with --key-file, or leave the key out on this side with --plain.",
  [RefusalCode.wrongKey]:
    "Compare what `wagons key show FILE` says on both sides, and copy the server's file to this one.",
  [RefusalCode.tooManyFailedProofs]:
    "Some program at this address has another key than the server: mend its --key-file first.",
  [RefusalCode.proofTimedOut]: "The connection may be too slow: run it again.",
  [RefusalCode.tooSlow]: "What was missed can be asked for: connect again.",
  [RefusalCode.unsupportedVersion]: "Use the same version of wagons on both sides.",
};

const FINAL: ReadonlySet<RefusalCode> = new Set([
  RefusalCode.forbidden,
  RefusalCode.sealRequired,
  RefusalCode.noKey,
  RefusalCode.wrongKey,
  RefusalCode.unsupportedVersion,
]);
