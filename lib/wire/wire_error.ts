import { RefusedError } from "../errors.ts";
import type { RefusalCode } from "./messages.ts";

/**
 * What the peer sent is no frame or no message. The connection cannot go on: where the next frame
 * would begin is not known.
 */
export class WireError extends RefusedError {
  /** What the peer is told in the Refusal. */
  readonly code: RefusalCode;

  /** Takes the code and what is wrong, with the values. */
  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
