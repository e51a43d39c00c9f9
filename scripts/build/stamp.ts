/**
 * Whether the program that was built is still the one that its sources make.
 *
 * @module
 */

/** What is kept beside the program, in `build.json`. */
interface Stamp {
  /** {@linkcode sourcesKey} of what it was built from. */
  key: string;
  /** Its size. */
  bytes: number;
}

/** What a program is made of, relative to the project's folder. */
const SOURCES = [
  "main.ts",
  "lib",
  "proto",
  "scripts/build.ts",
  "scripts/build",
  "deno.json",
  "deno.lock",
];

/**
 * A hash over names and contents of all sources in the project's folder, the version of Deno and
 * the kind of machine. Takes the folder as a URL that ends in a slash.
 */
export async function sourcesKey(project: URL): Promise<string> {
  const lines = [Deno.version.deno, Deno.build.target];
  for (const source of SOURCES) await addHashes(project, source, lines);
  return await sha256(new TextEncoder().encode(lines.join("\n")));
}

/** Writes down that the program in `file` was made from the sources with this key. */
export async function writeStamp(file: URL, key: string): Promise<void> {
  const stamp: Stamp = { key, bytes: (await Deno.stat(file)).size };
  await Deno.writeTextFile(new URL("build.json", file), `${JSON.stringify(stamp)}\n`);
}

/** Whether the program in `file` is there and was made from the sources with this key. */
export async function hasStamp(file: URL, key: string): Promise<boolean> {
  try {
    const stamp: Stamp = JSON.parse(await Deno.readTextFile(new URL("build.json", file)));
    return stamp.key === key && stamp.bytes === (await Deno.stat(file)).size;
  } catch (error) {
    // Nothing was built, or a build was interrupted while it wrote this down: build again.
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return false;
    throw error;
  }
}

async function addHashes(project: URL, path: string, lines: string[]): Promise<void> {
  const url = new URL(path, project);
  if ((await Deno.stat(url)).isFile) {
    lines.push(`${path} ${await sha256(await Deno.readFile(url))}`);
    return;
  }
  const names: string[] = [];
  for await (const { name } of Deno.readDir(url)) names.push(name);
  for (const name of names.sort()) await addHashes(project, `${path}/${name}`, lines);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
