/**
 * wagons.toml: where it is looked for, and what may stand in it.
 *
 * @module
 */

import { closestString } from "@std/text";
import { parse } from "@std/toml";
import { reasonOf, UsageError } from "../errors.ts";
import { tomlName } from "./names.ts";
import { COMMON, SECTIONS } from "./schema.ts";

/** What a file says. */
export interface ConfigFile {
  /** The file, as it was named. */
  readonly path: string;
  /** The raw value of a setting under its TOML name; the section is `undefined` for common ones. */
  get(section: string | undefined, name: string): unknown;
  /** Where a setting stands, for messages: `wagons.toml, line 3 (serve.port)`. */
  place(section: string | undefined, name: string): string;
}

/**
 * Reads the text of a wagons.toml.
 *
 * @throws {UsageError} when it is no TOML, or has a section or a key that wagons does not know.
 */
export function parseConfig(text: string, path: string): ConfigFile {
  let tables: Record<string, unknown>;
  try {
    tables = parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const why = reasonOf(error);
    throw new UsageError(`${path} is no valid TOML: ${why}`, { cause: error });
  }
  const place = (section: string | undefined, name: string) => placeOf(text, path, section, name);
  const sections = new Map<string, string[]>(
    Object.entries(SECTIONS).map(([name, entries]) => [name, Object.keys(entries).map(tomlName)]),
  );
  const common = Object.keys(COMMON).map(tomlName);
  for (const [name, content] of Object.entries(tables)) {
    const isTable = typeof content === "object" && content !== null && !Array.isArray(content);
    if (common.includes(name) && !isTable) continue;
    const keys = sections.get(name);
    if (keys === undefined) {
      const known = isTable ? [...sections.keys()] : [...common, ...sections.keys()];
      throw unknown(place(undefined, name), known);
    }
    if (!isTable) {
      throw new UsageError(`${place(undefined, name)}: write it as a table, [${name}]`);
    }
    for (const key of Object.keys(content)) {
      if (!keys.includes(key)) {
        throw common.includes(key)
          ? new UsageError(`${place(name, key)} is not known`, {
            hint: `${key} stands at the top, outside of [${name}].`,
          })
          : unknown(place(name, key), keys);
      }
    }
  }
  return {
    path,
    place,
    get(section, name) {
      const table = section === undefined ? tables : tables[section];
      return table === undefined ? undefined : (table as Record<string, unknown>)[name];
    },
  };
}

/**
 * Reads the config: the file that is named, or else the first that is there of `wagons.toml` in
 * the working directory and in the user's config directory.
 *
 * @throws {UsageError} when the named file is not there, or a file cannot be read or is not valid.
 */
export function readConfig(
  named: string | undefined,
  variable: (name: string) => string | undefined,
): ConfigFile | undefined {
  const home = variable("HOME") || variable("USERPROFILE");
  const configHome = variable("XDG_CONFIG_HOME") || (home && `${home}/.config`);
  const paths = named === undefined
    ? ["wagons.toml", ...(configHome ? [`${configHome}/wagons/wagons.toml`] : [])]
    : [named];
  for (const path of paths) {
    try {
      return parseConfig(Deno.readTextFileSync(path), path);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      if (named === undefined && error instanceof Deno.errors.NotFound) continue;
      const why = reasonOf(error);
      throw new UsageError(`Cannot read the config ${path}: ${why}`, { cause: error });
    }
  }
  return undefined;
}

function unknown(place: string, known: readonly string[]): UsageError {
  const name = /([^.(]+)\)$/.exec(place)?.[1] ?? "";
  const hint = known.length === 0
    ? "This section has no settings of its own."
    : `Did you mean ${closestString(name, known)}?`;
  return new UsageError(`${place} is not known`, { hint });
}

function placeOf(text: string, path: string, section: string | undefined, name: string): string {
  const full = section === undefined ? name : `${section}.${name}`;
  let current: string | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const table = /^\s*\[\s*"?([^\]"]+?)"?\s*\]/.exec(line)?.[1];
    if (table !== undefined) current = table;
    const key = /^\s*"?([\w-]+)"?\s*=/.exec(line)?.[1];
    const dotted = /^\s*([\w-]+)\.([\w-]+)\s*=/.exec(line);
    const isDotted = current === undefined && dotted?.[1] === section && dotted?.[2] === name;
    if (
      isDotted || (key === name && current === section) || (section === undefined && table === name)
    ) {
      return `${path}, line ${index + 1} (${full})`;
    }
  }
  return `${path} (${full})`;
}
