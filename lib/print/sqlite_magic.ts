import { isSameBytes } from "../bytes.ts";

/** What a database begins with. */
const DATABASE = new TextEncoder().encode("SQLite format 3\0");

/** What the file beside it begins with that is written first; the last byte is one of two. */
const LOG = Uint8Array.of(0x37, 0x7f, 0x06);

/** Whether a file that begins so is one of SQLite: the store of some server. */
export function isSqlite(head: Uint8Array): boolean {
  return [DATABASE, LOG].some((magic) => isSameBytes(head.subarray(0, magic.length), magic));
}
