import { entriesProblem } from "../manifest/entries.ts";
import type { Manifest } from "../wire/messages.ts";
import { sourceProblem } from "./source_rules.ts";

/** Why a server does not keep a manifest, as a sentence, or `undefined` when it does. */
export function manifestProblem({ source, entries }: Manifest): string | undefined {
  return sourceProblem(source) ?? entriesProblem(entries);
}
