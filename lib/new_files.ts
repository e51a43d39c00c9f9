import { dirname, join } from "node:path";
import { reasonOf, UsageError } from "./errors.ts";

/** A file to be made. */
export interface NewFile {
  /** Where. */
  path: string;
  /** What is in it. */
  text: string;
  /** Who may do what with it, on systems that have that. */
  mode: number;
}

/**
 * Makes files that are not there yet: all of them, each whole, or none. A file that is there is
 * never touched, also when it comes to be meanwhile.
 *
 * @throws {UsageError} when one is there or cannot be written.
 */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const file of files) {
      await writeNew(file);
      made.push(file.path);
    }
  } catch (error) {
    for (const path of made) await removeQuietly(path);
    throw error;
  }
}

async function writeNew({ path, text, mode }: NewFile): Promise<void> {
  // Not made of the name, which may be as long as names can be.
  const part = join(dirname(path), `.${crypto.randomUUID()}.part`);
  try {
    await write(part, text, mode);
    await place(part, path, text, mode);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) {
      throw new UsageError(`${path} is there already`, {
        cause: error,
        hint: "It is not overwritten: move it away, or name other files with -o.",
      });
    }
    const why = error instanceof Deno.errors.NotFound ? "there is no such folder" : reasonOf(error);
    throw new UsageError(`Cannot write ${path}: ${why}`, { cause: error });
  } finally {
    await removeQuietly(part);
  }
}

/** Gives a whole file its name, if that is free: a link, unlike a renaming, takes no other's. */
async function place(part: string, path: string, text: string, mode: number): Promise<void> {
  try {
    await Deno.link(part, path);
    return;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    // The file systems of memory cards and some of networks have no links.
  }
  try {
    await write(path, text, mode);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) await removeQuietly(path);
    throw error;
  }
}

/** Writes a file that is not there yet. What is a key may be needed at once, and after a crash. */
async function write(path: string, text: string, mode: number): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true, mode });
  let bytes: Uint8Array = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await file.write(bytes));
  await file.sync();
}

async function removeQuietly(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch {
    // Most likely it was never made; what went wrong first is what the user has to know.
  }
}
