import type { CommonSettings } from "../config/schema.ts";
import { UsageError } from "../errors.ts";

/**
 * The file of the store: what is set, or else `wagons/wagons.db` in the user's data directory
 * (XDG Base Directory Specification).
 *
 * @throws {UsageError} when nothing is set and there is no home directory.
 */
export function storePath(
  settings: CommonSettings,
  variable: (name: string) => string | undefined,
): string {
  return settings.store ?? `${dataHome(variable)}/wagons/wagons.db`;
}

function dataHome(variable: (name: string) => string | undefined): string {
  const dataHome = variable("XDG_DATA_HOME");
  if (dataHome) return dataHome;
  const home = variable("HOME") || variable("USERPROFILE");
  if (home) return `${home}/.local/share`;
  throw new UsageError("There is no place for the store: neither --store nor HOME is set", {
    hint: "Name a file with --store, WAGONS_STORE, or store in wagons.toml.",
  });
}
