import { MAX_SERVER_NAME_BYTES } from "../limits/connections.ts";
import { readMemberName, SERVER_NAME } from "./member_name.ts";

/**
 * Brings the wanted name of a server into the form in which it is used: that of a member's name,
 * which does nothing to the terminals and the pages that it is shown on, and short enough for what
 * finds servers on the network.
 *
 * @returns the name, or why it cannot be used, as a sentence.
 */
export function readServerName(wanted: string): { readonly name: string } | string {
  const read = readMemberName(wanted);
  if (typeof read === "string") return read;
  const { name } = read;
  if (new TextEncoder().encode(name).length <= MAX_SERVER_NAME_BYTES) return { name };
  return `The name is longer than ${MAX_SERVER_NAME_BYTES} bytes.`;
}

/** The name that a server has where none was wanted: its machine's, if that can be used. */
export function defaultServerName(machine: string): string {
  const read = readServerName(machine);
  return typeof read === "string" ? SERVER_NAME : read.name;
}
