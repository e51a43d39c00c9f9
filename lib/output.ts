import { dirname, join } from "node:path";
import { reasonOf, UsageError } from "./errors.ts";

/**
 * Writes a file that is there whole or not at all: a new one beside it takes its name when it is
 * complete. A file of that name is replaced.
 *
 * @throws {UsageError} when it cannot be written.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  // Not made of the name, which may be as long as names can be.
  const part = join(dirname(path), `.${crypto.randomUUID()}.part`);
  try {
    await Deno.writeFile(part, bytes, { createNew: true });
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {
      // Most likely it was never made; what went wrong first is what the user has to know.
    });
    const why = error instanceof Deno.errors.NotFound ? "there is no such folder" : reasonOf(error);
    throw new UsageError(`Cannot write ${path}: ${why}`, { cause: error });
  }
}
