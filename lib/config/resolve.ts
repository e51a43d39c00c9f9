/**
 * Flags over environment over wagons.toml: what is set, and where it came from.
 *
 * @module
 */

import * as v from "valibot";
import { UsageError } from "../errors.ts";
import { type ConfigFile, readConfig } from "./file.ts";
import { flagName, tomlName, variableName } from "./names.ts";
import { COMMON, type SectionName, SECTIONS, type Settings } from "./schema.ts";

/** Where settings come from. */
export interface Sources {
  /** What commander read: keys as in the schema, plus `config`. */
  flags: Record<string, unknown>;
  /** Reads an environment variable. */
  variable: (name: string) => string | undefined;
}

/** The settings of a section, and where each came from. */
export interface Resolved<S extends SectionName> {
  /** The validated values. What is not set anywhere is `undefined`. */
  readonly settings: Settings<S>;
  /** The config file that was read, if one was. */
  readonly config: string | undefined;
  /**
   * Where a setting was found; of several, the one that is nearest to the command line, and the
   * first of equals. `undefined` when none is set.
   */
  origin(...keys: (keyof Settings<S> & string)[]): Origin | undefined;
}

/** Where a setting was found. */
export interface Origin {
  /** 3 for a flag, 2 for a variable, 1 for the config file. */
  readonly rank: 1 | 2 | 3;
  /** How a message names it. */
  readonly place: string;
}

/**
 * Reads and validates the settings of a section.
 *
 * @throws {UsageError} for a value that is not right, naming it and the place it stands in, and
 * for a config file that cannot be used.
 */
export function resolveSettings<S extends SectionName>(
  section: S,
  { flags, variable }: Sources,
): Resolved<S> {
  const named = flags.config as string | undefined ?? nonEmpty(variable("WAGONS_CONFIG"));
  const file = readConfig(named, variable);
  if (file !== undefined) checkFile(file);
  const raw: Record<string, unknown> = {};
  const origins = new Map<string, Origin>();
  const collect = (keys: readonly string[], owner: string | undefined) => {
    for (const key of keys) {
      const name = variableName(owner, key);
      const found = [
        { rank: 3, place: flagName(key), value: flags[key] },
        { rank: 2, place: name, value: nonEmpty(variable(name)) },
        { rank: 1, place: "", value: file?.get(owner, tomlName(key)) },
      ] as const;
      const first = found.find(({ value }) => value !== undefined);
      if (first === undefined) continue;
      const { rank, value } = first;
      raw[key] = value;
      const place = rank === 1 ? file!.place(owner, tomlName(key)) : first.place;
      origins.set(key, { rank, place });
    }
  };
  collect(Object.keys(COMMON), undefined);
  collect(Object.keys(SECTIONS[section]), section);
  const schema = v.object({ ...COMMON, ...SECTIONS[section] });
  const settings = validate(schema, raw, (key) => origins.get(key)?.place ?? key);
  return {
    settings: settings as Settings<S>,
    config: file?.path,
    origin: (...keys) => nearest(keys.map((key) => origins.get(key))),
  };
}

function nearest(found: readonly (Origin | undefined)[]): Origin | undefined {
  return found.filter((origin) => origin !== undefined).sort((a, b) => b.rank - a.rank)[0];
}

/** A wrong value is reported whichever command meets it, not only the one that uses it. */
function checkFile(file: ConfigFile): void {
  const owners: [string | undefined, v.ObjectEntries][] = [
    [undefined, COMMON],
    ...Object.entries(SECTIONS),
  ];
  for (const [owner, entries] of owners) {
    const raw: Record<string, unknown> = {};
    for (const key of Object.keys(entries)) raw[key] = file.get(owner, tomlName(key));
    validate(v.object(entries), raw, (key) => file.place(owner, tomlName(key)));
  }
}

function validate(
  schema: v.GenericSchema,
  raw: Record<string, unknown>,
  place: (key: string) => string,
): unknown {
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = String(issue.path?.[0]?.key ?? "");
  throw new UsageError(`${place(key)}: ${issue.message}`);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
