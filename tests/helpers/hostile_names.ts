import { assert } from "@std/assert";

/** A name that tries something. */
export interface HostileName {
  /** What it tries. */
  readonly why: string;
  /** The name. */
  readonly name: string;
  /** What it is saved under. */
  readonly safe: string;
}

/** The names of tests/vectors/names. */
export function hostileNames(): HostileName[] {
  const file = new URL("../vectors/names/hostile.json", import.meta.url);
  const names: HostileName[] = JSON.parse(Deno.readTextFileSync(file));
  assert(names.length >= 200, `${names.length} names`);
  return names;
}
