/**
 * The shell script that a portable program begins with.
 *
 * @module
 */

/** One file that the launcher unpacks. */
export interface LauncherFile {
  /** Its path in the folder that it is unpacked into. */
  path: string;
  /** Its size. */
  bytes: number;
  /** The SHA-256 of its content, hexadecimal. */
  sha256: string;
}

/** What {@linkcode renderLauncher} takes. */
export interface LauncherOptions {
  /** The text of launcher.sh. */
  template: string;
  /** The version of wagons, for a reader of the script. */
  version: string;
  /** The version of Deno, for a reader of the script. */
  denoVersion: string;
  /** The Deno executable; its path is `deno`. */
  deno: LauncherFile;
  /** The JavaScript files, in the order they lie one after the other; their paths are `js/NAME`. */
  code: readonly LauncherFile[];
  /** The name of the JavaScript file to start. */
  main: string;
  /** Flags of `deno run`. */
  flags: readonly string[];
  /** Size of the compressed JavaScript files, which follow the launcher. */
  codeBytes: number;
  /** Size of the compressed Deno executable, which follows them. */
  denoBytes: number;
}

/** The launcher's size is a multiple of this, so that it is known before its text is. */
const BLOCK_BYTES = 4096;

/**
 * The name of the folder that these files are unpacked into: the first 32 hexadecimal digits of the
 * SHA-256 of the list of their checksums.
 */
export async function contentId(files: readonly LauncherFile[]): Promise<string> {
  const list = new TextEncoder().encode(checksums(files));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", list));
  return hash.slice(0, 16).toHex();
}

/**
 * Gives the launcher: what stands before the payload, padded with line feeds.
 *
 * Throws a RangeError for a file name that could mean something to the shell, and for a name
 * between two `@` in the template that is not known.
 */
export async function renderLauncher(options: LauncherOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { deno, code, codeBytes, denoBytes } = options;
  const files = [deno, ...code];
  for (const { path } of files) {
    if (!/^(js\/)?[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(path)) {
      throw new RangeError(`Cannot unpack ${JSON.stringify(path)} in a shell script`);
    }
  }
  // The order of ls with LC_ALL=C, which is the order of ASCII.
  const listed = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  let at = 1;
  const parts = code.map(({ path, bytes }) => {
    const line = `${at} ${bytes} ${path.replace("js/", "")}`;
    at += bytes;
    return line;
  });
  const values: Record<string, string> = {
    VERSION: options.version,
    DENO_VERSION: options.denoVersion,
    ID: await contentId(files),
    SIZES: listed.map(({ bytes }) => ` ${bytes}`).join(""),
    UNPACKED_MB: String(Math.ceil((deno.bytes + at - 1) / 1e6)),
    PARTS: parts.join("\n"),
    SUMS: checksums(files),
    FLAGS: options.flags.map(quote).join(" "),
    MAIN: options.main,
    CODE_BYTES: String(codeBytes),
  };
  const render = (launcherBytes: number) =>
    new TextEncoder().encode(fill(options.template, {
      ...values,
      CODE_AT: String(launcherBytes + 1),
      DENO_AT: String(launcherBytes + codeBytes + 1),
      FILE_BYTES: String(launcherBytes + codeBytes + denoBytes),
    }));
  // With numbers as long as those of a gigabyte nothing that is really filled in is longer.
  const size = Math.ceil(render(1e9).length / BLOCK_BYTES) * BLOCK_BYTES;
  const launcher = new Uint8Array(size).fill(0x0a);
  launcher.set(render(size));
  return launcher;
}

/** The lines that `sha256sum -c` reads, without the last line feed. */
function checksums(files: readonly LauncherFile[]): string {
  return files.map(({ path, sha256 }) => `${sha256}  ${path}`).join("\n");
}

/** Puts values in the place of their names between two `@`. */
function fill(template: string, values: Record<string, string>): string {
  return template.replace(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`Cannot fill @${name}@: it has no value`);
    return value;
  });
}

/** Quotes a word for the shell. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
