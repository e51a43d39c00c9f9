/**
 * What the runtime says of requests that cannot be read and of connections that are lost.
 *
 * @module
 */

import { MAX_HTTP_HEADER_BYTES } from "../limits/http.ts";
import { RefusalCode } from "../wire/messages.ts";
import { plain, type Reply } from "./http_reply.ts";

/** What is wrong with what came. */
export interface HttpFault {
  /** What the peer is told; none when it listens no more. */
  readonly reply?: Reply;
  /** The same for the hub. */
  readonly code: RefusalCode;
  /** Why the connection ends, as a part of a sentence. */
  readonly reason: string;
}

/** Reads the error of a `clientError`; `undefined` when it is none of what came. */
export function readFault(error: Error): HttpFault | undefined {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return {
      reply: plain(408, "The request was not whole in time."),
      code: RefusalCode.frameTimedOut,
      reason: "a request was not whole in time",
    };
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return {
      reply: plain(431, `The headers have more than ${MAX_HTTP_HEADER_BYTES} bytes.`),
      code: RefusalCode.frameTooLarge,
      reason: `sent headers of more than ${MAX_HTTP_HEADER_BYTES} bytes`,
    };
  }
  if (code === "HPE_INVALID_EOF_STATE") {
    const reason = "closed the connection in the middle of a request";
    return { code: RefusalCode.brokenFrame, reason };
  }
  if (!code.startsWith("HPE_")) return undefined;
  return {
    reply: plain(400, "This is no request of HTTP/1.1."),
    code: RefusalCode.brokenFrame,
    reason: "sent what is no HTTP",
  };
}

/** What a peer that goes without a word makes a socket of the runtime fail with; else `undefined`. */
export function describeSocketLoss(error: Error): string | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return "reset by the peer";
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
      return "the peer is not reachable any more";
    default:
      return undefined;
  }
}
