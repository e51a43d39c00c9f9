/**
 * The program as one file for machines that have a shell: launcher, program and Deno executable.
 *
 * @module
 */

import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { BuildError } from "./build_error.ts";
import type { Bundle, BundleFile } from "./bundle.ts";
import { type LauncherFile, renderLauncher } from "./launcher.ts";
import { PERMISSIONS } from "./permissions.ts";

/** Flags of `deno run`: nothing but the bundle and these permissions counts. */
export const RUN_FLAGS: readonly string[] = [
  // On a terminal Deno wipes the line of the cursor at each module that is loaded, also for later.
  "--quiet",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--no-npm",
  "--cached-only",
  // Modules that are imported dynamically are looked at when they are imported, not at every start.
  "--unstable-lazy-dynamic-imports",
  ...PERMISSIONS,
];

/** Puts back the variable that the launcher had to change. Evaluated before all other modules. */
const HOME_MODULE = `const home = Deno.env.get("WAGONS_LAUNCHER_HOME");
if (home === undefined) Deno.env.delete("HOME");
else Deno.env.set("HOME", home);
Deno.env.delete("WAGONS_LAUNCHER_HOME");
`;

/** What {@linkcode makePortable} takes. */
export interface PortableOptions {
  /** The program. */
  bundle: Bundle;
  /** Path of the file to make. */
  out: string;
  /** The version of wagons. */
  version: string;
  /** 1 is fast, 9 is small. Default 6: 1.4 s, 43 MB; 9 takes 3.5 s for 41 MB, 1 half a second for 53. */
  gzipLevel?: number;
  /** Stops the work. */
  signal?: AbortSignal;
}

/**
 * Makes the file from the Deno executable that runs this. Throws a {@linkcode BuildError} if that
 * is no native executable.
 */
export async function makePortable(options: PortableOptions): Promise<void> {
  const { bundle, out, version, gzipLevel = 6, signal } = options;
  const executable = await Deno.readFile(Deno.execPath());
  if (!isNative(executable)) {
    throw new BuildError(`Cannot pack ${Deno.execPath()}: it is no executable of this machine`);
  }
  const files = withHome(bundle);
  const code: LauncherFile[] = [];
  for (const { name, bytes } of files) code.push(await describe(`js/${name}`, bytes));
  const compress = promisify(gzip);
  const packedCode = await compress(concat(files.map(({ bytes }) => bytes)), { level: 9 });
  const packedDeno = await compress(executable, { level: gzipLevel });
  signal?.throwIfAborted();
  const launcher = await renderLauncher({
    template: await Deno.readTextFile(new URL("launcher.sh", import.meta.url)),
    version,
    denoVersion: Deno.version.deno,
    deno: await describe("deno", executable),
    code,
    main: bundle.main,
    flags: RUN_FLAGS,
    codeBytes: packedCode.length,
    denoBytes: packedDeno.length,
  });
  await Deno.writeFile(out, concat([launcher, packedCode, packedDeno]), { mode: 0o755 });
}

/** Whether a file begins as executables of Linux (ELF) or macOS (Mach-O, 64 bit) do. */
export function isNative(file: Uint8Array): boolean {
  const magic = file.subarray(0, 4).toHex();
  return magic === "7f454c46" || magic === "cffaedfe";
}

/** Gives the files of a bundle with the module that puts HOME back, imported first. */
function withHome({ files, main }: Bundle): BundleFile[] {
  const encoder = new TextEncoder();
  const home = { name: "_home.js", bytes: encoder.encode(HOME_MODULE) };
  const importHome = encoder.encode(`import "./${home.name}";\n`);
  return [
    home,
    ...files.map(({ name, bytes }) => ({
      name,
      bytes: name === main ? concat([importHome, withoutHashbang(bytes)]) : bytes,
    })),
  ];
}

function withoutHashbang(script: Uint8Array): Uint8Array {
  return script[0] === 0x23 ? script.subarray(script.indexOf(0x0a)) : script;
}

async function describe(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<LauncherFile> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { path, bytes: bytes.length, sha256: hash.toHex() };
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
