/**
 * Program and packages as a few JavaScript files that need nothing else.
 *
 * @module
 */

import { dirname, join, parse, relative } from "node:path";
import { BuildError } from "./build_error.ts";

/** One file of a bundle. */
export interface BundleFile {
  /** Its name, without a folder. */
  name: string;
  /** Its content. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** What {@linkcode bundle} made. */
export interface Bundle {
  /** The folder that the files are in. */
  folder: string;
  /** The name of the file to start. */
  main: string;
  /** All files, sorted by name. */
  files: BundleFile[];
}

/** What {@linkcode bundle} takes. */
export interface BundleOptions {
  /** Path of the module to start. */
  entry: string;
  /** Path of the deno.json that maps its imports. */
  config: string;
  /** Path of the folder to make the files in. */
  folder: string;
  /** Stops the work. */
  signal?: AbortSignal;
}

/**
 * Bundles a module with all that it imports; only modules of the runtime (`node:`) stay outside.
 *
 * What is imported dynamically gets a file of its own. In a single file everything would be parsed
 * at every start, and each runtime module that any part imports would be loaded: 39 ms instead of
 * 10 for a program that does nothing. Nothing is minified: that starts no faster, and stack traces
 * and the names of errors would suffer.
 *
 * Throws a {@linkcode BuildError} with the bundler's words when it fails.
 */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const { entry, config, folder, signal } = options;
  // The bundler writes names of files into the bundle, relative to this folder.
  const cwd = dirname(config);
  const npm = relative(cwd, await npmCache(signal)).replaceAll("\\", "/");
  const where = ["--config", config, "--outdir", folder, entry];
  await deno(["bundle", "--quiet", "--code-splitting", ...where], cwd, `bundle ${entry}`, signal);
  const files: BundleFile[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile) throw new BuildError(`Cannot use the bundle of ${entry}: ${name} is no file`);
    const path = join(folder, name);
    // Where the packages lie on this machine is nobody's business.
    const text = requireLazily((await Deno.readTextFile(path)).replaceAll(`${npm}/`, "npm/"));
    await Deno.writeTextFile(path, text);
    files.push({ name, bytes: new TextEncoder().encode(text) });
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const main = `${parse(entry).name}.js`;
  if (!files.some((file) => file.name === main)) {
    throw new BuildError(`Cannot use the bundle of ${entry}: there is no ${main} in it`);
  }
  return { folder, main, files };
}

/**
 * Changes how the bundler lets CommonJS modules load modules of the runtime, in the text of a
 * bundled file. The bundler imports `createRequire` from `node:module` in what every file shares,
 * and that alone loads a large part of the Node compatibility: 12 ms at every start. Text without
 * that import, as another version of the bundler might make it, is given back as it is.
 */
export function requireLazily(text: string): string {
  return text.replace(
    /import \{ createRequire as (\w+) \} from "node:module";\s+var __require = \1\(import\.meta\.url\);/,
    `var __require = (id) => {
  const found = process.getBuiltinModule(id);
  if (found === undefined) throw new Error("Cannot find module " + id);
  return found;
};`,
  );
}

/** The folder that Deno keeps npm packages in. */
async function npmCache(signal: AbortSignal | undefined): Promise<string> {
  const info = await deno(["info", "--json"], undefined, "find the npm cache", signal);
  return JSON.parse(info).npmCache;
}

/** Runs Deno and gives its stdout. Throws a {@linkcode BuildError} that says what was to be done. */
async function deno(
  args: string[],
  cwd: string | undefined,
  doing: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0" },
    ...(cwd !== undefined && { cwd }),
    ...(signal && { signal }),
  }).output();
  signal?.throwIfAborted();
  const decoder = new TextDecoder();
  if (!success) throw new BuildError(`Cannot ${doing}:\n${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}
