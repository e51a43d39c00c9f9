import { basename, dirname, join } from "node:path";
import { UsageError } from "./errors.ts";

/**
 * Writes a file that is there whole or not at all: a new one beside it takes its name when it is
 * complete. A file of that name is replaced.
 *
 * @throws {UsageError} when it cannot be written.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.part`);
  try {
    await Deno.writeFile(part, bytes, { createNew: true });
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch((removing) => {
      if (!(removing instanceof Deno.errors.NotFound)) throw removing;
    });
    const why = error instanceof Deno.errors.NotFound
      ? "there is no such folder"
      : error instanceof Error
      ? error.message
      : String(error);
    throw new UsageError(`Cannot write ${path}: ${why}`, { cause: error });
  }
}
