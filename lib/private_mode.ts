import { UsageError } from "./errors.ts";
import { shellWord } from "./shell.ts";

/**
 * Makes sure that only its owner may use a file that holds a secret: what others have read is no
 * secret any more.
 *
 * @param mode The file's mode; null on Windows, which has none.
 * @param what What it is, for the message.
 * @throws {UsageError} when others may use it, with the command that mends that.
 */
export function checkPrivateMode(mode: number | null, what: string, path: string): void {
  if (mode === null || (mode & 0o077) === 0) return;
  const octal = (mode & 0o777).toString(8).padStart(4, "0");
  throw new UsageError(`Others than its owner may use the ${what} ${path}: its mode is ${octal}`, {
    hint: `Mend it with: chmod 600 ${shellWord(path)}`,
  });
}
