/**
 * From a module to a program in one file.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { BuildError } from "./build_error.ts";
import { bundle } from "./bundle.ts";
import { compile } from "./compile.ts";
import { makePortable } from "./portable.ts";

/** The target triples that programs can be made for. */
export const TARGETS: readonly string[] = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-pc-windows-msvc",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
];

/**
 * Time for the base runtime to be downloaded, some 45 MB, where there is another way. Long enough
 * for 12 Mbit/s; short enough to be waited for where a network drops packets instead of refusing.
 */
const DOWNLOAD_TIMEOUT_MS = 30_000;

const CONFIG = new URL("../../deno.json", import.meta.url);

/** What {@linkcode build} takes. */
export interface BuildOptions {
  /** Path of the module to start. */
  entry: string;
  /** Path of the file to make; an older one is replaced once the new one is whole. */
  out: string;
  /** One of {@linkcode TARGETS}; by default this machine's. */
  target?: string;
  /** Makes a portable file without trying to compile. Default: false. */
  portable?: boolean;
  /** How hard a portable file is compressed, 1 to 9. Default: see {@linkcode makePortable}. */
  gzipLevel?: number;
  /** Is given each line that a person should read while it works. */
  say?: (line: string) => void;
  /** Stops the work; nothing is left behind. */
  signal?: AbortSignal;
}

/** What {@linkcode build} made. */
export interface Built {
  /** `compiled`: a native executable. `portable`: a shell script with Deno behind it. */
  kind: "compiled" | "portable";
  /** Size of the file. */
  bytes: number;
  /** Time that it took. */
  tookMs: number;
}

/**
 * Builds a program. Throws a {@linkcode BuildError} when it cannot be built; `out` is then as it
 * was before.
 */
export async function build(options: BuildOptions): Promise<Built> {
  const { entry, target, portable = false, gzipLevel, say, signal } = options;
  const begun = performance.now();
  const out = resolve(options.out);
  const isOther = target !== undefined && target !== Deno.build.target;
  const canPack = !isOther && Deno.build.os !== "windows";
  await Deno.mkdir(dirname(out), { recursive: true });
  // Beside the result, so that it can be renamed.
  const work = await Deno.makeTempDir({ dir: dirname(out), prefix: ".build-" });
  try {
    const bundled = await bundle({
      entry: resolve(entry),
      config: fileURLToPath(CONFIG),
      folder: join(work, "bundle"),
      ...(signal && { signal }),
    });
    const made = join(work, basename(out));
    const isCompiled = !portable && await compile({
      main: join(bundled.folder, bundled.main),
      out: made,
      ...(target !== undefined && { target }),
      ...(canPack && { downloadTimeoutMs: DOWNLOAD_TIMEOUT_MS }),
      ...(signal && { signal }),
    });
    if (!isCompiled) {
      if (!canPack) {
        throw new BuildError(
          `Cannot build for ${target ?? Deno.build.target}: the base runtime of deno compile ` +
            "cannot be downloaded, and a portable file can be made only for a Linux or macOS " +
            "that builds it.\nBuild where downloads work, or let DENORT_BIN name a denort.",
        );
      }
      if (!portable) {
        say?.("The base runtime of deno compile cannot be downloaded: making a portable file.");
      }
      const { version } = JSON.parse(await Deno.readTextFile(CONFIG));
      await makePortable({
        bundle: bundled,
        out: made,
        version,
        ...(gzipLevel !== undefined && { gzipLevel }),
        ...(signal && { signal }),
      });
    }
    const { size } = await Deno.stat(made);
    await Deno.rename(made, out);
    return {
      kind: isCompiled ? "compiled" : "portable",
      bytes: size,
      tookMs: performance.now() - begun,
    };
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}
