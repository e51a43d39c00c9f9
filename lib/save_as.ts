import { join } from "node:path";
import { reasonOf, UsageError } from "./errors.ts";
import { MAX_NUMBER, numberedName, safeName } from "./safe_name.ts";
import { showable } from "./ui.ts";

/**
 * Gives a whole file a name in a folder: the safe form of the one that others gave it, or that with
 * a number where it is taken. Nothing that is there is replaced or followed. Gives the path.
 *
 * @param part The file, on the same file system, which is gone afterwards.
 * @throws {UsageError} when the folder takes no file.
 */
export async function saveAs(part: string, folder: string, name: string): Promise<string> {
  const safe = safeName(name);
  for (let number = 1; number <= MAX_NUMBER; number++) {
    const path = join(folder, numberedName(safe, number));
    if (await place(part, path)) return path;
  }
  throw new UsageError(
    `${showable(folder)} has ${MAX_NUMBER} files named ${showable(safe)} already`,
    { hint: "Name another folder with -o." },
  );
}

/**
 * Gives a whole file the path that was asked for.
 *
 * @throws {UsageError} when something is there, or it cannot be there.
 */
export async function saveTo(part: string, path: string): Promise<void> {
  if (!await place(part, path)) throw taken(path);
}

/**
 * Looks that nothing is at a path yet, before much is done for what is to be there.
 *
 * @throws {UsageError} when something is.
 */
export async function checkFree(path: string): Promise<void> {
  try {
    await Deno.lstat(path);
  } catch {
    // It is free; or why nothing can be there is told by who writes it.
    return;
  }
  throw taken(path);
}

function taken(path: string): UsageError {
  return new UsageError(`${showable(path)} is there already`, {
    hint: "It is not overwritten: move it away, or name another file with -o.",
  });
}

/** Gives a file its name, if that is free: a link, unlike a renaming, takes no other's. */
async function place(part: string, path: string): Promise<boolean> {
  try {
    await Deno.link(part, path);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    // The file systems of memory cards and some of networks have no links.
    return await placeWithoutLink(part, path);
  }
  await Deno.remove(part);
  return true;
}

async function placeWithoutLink(part: string, path: string): Promise<boolean> {
  try {
    // Holds the name, which the renaming then takes.
    (await Deno.open(path, { write: true, createNew: true })).close();
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    const why = error instanceof Deno.errors.NotFound ? "there is no such folder" : reasonOf(error);
    throw new UsageError(`Cannot write ${showable(path)}: ${why}`, { cause: error });
  }
  try {
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(path);
    throw error;
  }
  return true;
}
