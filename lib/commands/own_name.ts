import { MAX_NAME_CHARS } from "../limits/room.ts";

/** A name that tells who and where, for whoever has not set one: any server takes it. */
export function ownName(variable: (name: string) => string | undefined): string {
  const user = variable("USER") ?? variable("LOGNAME") ?? variable("USERNAME") ?? "somebody";
  return [...`${user}@${Deno.hostname()}`].slice(0, MAX_NAME_CHARS).join("");
}
