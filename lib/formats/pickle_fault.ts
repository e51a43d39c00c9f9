import { quoteJson } from "./json_write.ts";

/** What an opcode does that cannot be done: the end of a sentence that begins with its name. */
export class PickleFault extends Error {}

/** What a pickle says, as an error shows it: the beginning of it, in quotes. */
export function shown(text: string): string {
  return quoteJson(text.slice(0, 40));
}
