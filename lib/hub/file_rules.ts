import { MAX_FILE_NAME_BYTES } from "../limits/files.ts";
import type { PutFile } from "../wire/file_messages.ts";
import { sourceProblem } from "./source_rules.ts";

/** Why a server does not keep a file, as a sentence, or `undefined` when it does. */
export function fileProblem({ name, source }: PutFile): string | undefined {
  if (name === "") return "The file has no name.";
  if (new TextEncoder().encode(name).length > MAX_FILE_NAME_BYTES) {
    return `The name of the file is longer than ${MAX_FILE_NAME_BYTES} bytes.`;
  }
  if (/\p{Cc}/u.test(name)) return "The name of the file has a control character.";
  if (!name.isWellFormed()) return "The name of the file is no valid Unicode.";
  return sourceProblem(source);
}
