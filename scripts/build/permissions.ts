/**
 * What the built program may do. The one list: the compiled and the portable program carry it, and
 * the tests start the program from its sources with it.
 *
 * @module
 */

/**
 * The environment variables that the program can see; a name that ends in `*` stands for all that
 * begin so. Packages read many more: for the program those are unset.
 */
export const ENVIRONMENT: readonly string[] = [
  "WAGONS_*",
  // Where files of a person belong.
  "HOME",
  "XDG_*",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "TMPDIR",
  "TMP",
  "TEMP",
  // What the terminal can show.
  "NO_COLOR",
  "FORCE_COLOR",
  "CLICOLOR",
  "CLICOLOR_FORCE",
  "TERM",
  "COLORTERM",
  "COLUMNS",
  "LINES",
  // Who is at work, in which language and time zone.
  "USER",
  "LOGNAME",
  "USERNAME",
  "LANG",
  "LC_*",
  "TZ",
  // Where system C's programs listen; read with --from-env only.
  "HEADER",
  "IP",
  "PORT",
  "ENCODING",
];

/**
 * The permission flags of `deno run` and `deno compile`. Programs are never started, libraries
 * never loaded, code never fetched; what is missing fails instead of asking.
 */
export const PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-net",
  "--allow-read",
  "--allow-write",
  // What this machine is called, and its addresses: for a server's name, and to find servers.
  "--allow-sys=hostname,networkInterfaces",
  `--allow-env=${ENVIRONMENT.join(",")}`,
  // Reading any other variable gives undefined. Without this flag it would throw, and packages
  // read variables of their own (NODE_DEBUG, CI and the like) as soon as they are loaded.
  "--ignore-env",
];
