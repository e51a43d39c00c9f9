import { dirname, join, resolve } from "node:path";
import { reasonOf, UsageError } from "./errors.ts";
import { isStdin } from "./input.ts";

const STDOUT_NAMES: ReadonlySet<string> = new Set(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);
const STDERR_NAMES: ReadonlySet<string> = new Set(["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"]);

/** Where a user wants something to go: `-` for stdout, under whatever name the system has for it. */
export function outputPath(path: string): string {
  return STDOUT_NAMES.has(path) ? "-" : path;
}

/**
 * Checks that what is written replaces nothing that is read, whatever links lead there.
 *
 * @throws {UsageError} when it does.
 */
export async function checkIsNoInput(output: string, inputs: readonly string[]): Promise<void> {
  if (output === "-") return;
  const target = await realTarget(output);
  for (const input of inputs) {
    if (isStdin(input) || await realTarget(input) !== target) continue;
    throw new UsageError(`The output ${output} is the input`);
  }
}

/**
 * Writes a file that is there whole or not at all: a new one beside it takes its name when it is
 * complete. A file of that name is replaced, and its mode is kept; where the name is a link, that is the
 * file that it leads to. A device or a pipe, like /dev/null, is written to.
 *
 * @throws {UsageError} when it cannot be written.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  try {
    if (STDERR_NAMES.has(path)) return await writeToStderr(bytes);
    const target = await realTarget(path);
    const there = await statIfThere(target);
    if (there?.isDirectory) throw new UsageError(`Cannot write ${path}: it is a folder`);
    if (there !== undefined && !there.isFile) await Deno.writeFile(target, bytes);
    else await replace(target, bytes, there?.mode ?? undefined);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannotWrite(path, error);
  }
}

async function writeToStderr(bytes: Uint8Array): Promise<void> {
  while (bytes.length > 0) bytes = bytes.subarray(await Deno.stderr.write(bytes));
}

function cannotWrite(path: string, error: unknown): UsageError {
  const why = error instanceof Deno.errors.NotFound
    ? "there is no such folder"
    : error instanceof Deno.errors.NotCapable
    ? "the system keeps it for itself"
    : reasonOf(error);
  return new UsageError(`Cannot write ${path}: ${why}`, {
    cause: error,
    ...(error instanceof Deno.errors.NotCapable
      ? { hint: "Name a file, or - for stdout, and send that where it shall go." }
      : {}),
  });
}

async function replace(
  target: string,
  bytes: Uint8Array,
  mode: number | undefined,
): Promise<void> {
  // Not made of the name, which may be as long as names can be.
  const part = join(dirname(target), `.${crypto.randomUUID()}.part`);
  try {
    // For nobody else before it has the mode that it is to have: it may be a secret.
    await Deno.writeFile(part, bytes, { createNew: true, ...(mode === undefined ? {} : OWN) });
    if (mode !== undefined) await Deno.chmod(part, mode & 0o7777);
    await Deno.rename(part, target);
  } catch (error) {
    await Deno.remove(part).catch(() => {
      // Most likely it was never made; what went wrong first is what the user has to know.
    });
    throw error;
  }
}

const OWN = { mode: 0o600 };

/** The absolute path of what a name leads to, which need not be there. */
async function realTarget(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) return resolve(path);
  }
  let link: string;
  try {
    link = await Deno.readLink(path);
  } catch {
    // There is nothing of that name.
    return resolve(path);
  }
  // What it leads to is not there yet.
  return await realTarget(resolve(dirname(path), link));
}

async function statIfThere(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
