/**
 * What is answered by dict: one line, at the end.
 *
 * @module
 */

import { isDenial } from "../hub/gate.ts";
import type { KeptParcel } from "../hub/parcels.ts";
import { showable } from "../ui.ts";

/** What a server of system E answers, with the end of a line. */
const BOTH = "Data and file received successfully.";

/** The same where no file came, or none was kept. */
const DATA_ALONE = "Data received successfully.";

const encoder = new TextEncoder();

/** The line about what is kept. */
export function keptLine({ file }: KeptParcel, hasToken: boolean): Uint8Array {
  if (file !== undefined && !isDenial(file)) return line(BOTH);
  if (file !== undefined) return line(`${DATA_ALONE} The file was not stored: ${file[1]}`);
  if (!hasToken) return line(DATA_ALONE);
  return line(`${DATA_ALONE} The file was not stored: this server has no key to open it.`);
}

/** The line about why nothing is kept, a sentence. */
export function refusedLine(text: string): Uint8Array {
  return line(`Refused: ${text}`);
}

/** What a peer has sent is shown in it: no control character, nor what turns the direction of others. */
function line(text: string): Uint8Array {
  return encoder.encode(`${showable(text)}\n`);
}
