import { formatBytes } from "../units.ts";
import { RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";

/** What comes by dict is longer than it may be; `what` has its article. */
export function tooLong(what: string, maxBytes: number): WireError {
  return new WireError(
    RefusalCode.frameTooLarge,
    `This is too long: ${what} has at most ${formatBytes(maxBytes)} here`,
  );
}

/** There is no room now for what comes by dict. */
export function noRoom(): WireError {
  return new WireError(RefusalCode.busy, "Too much is coming in at once; try again later");
}
