/**
 * The form that a stored dictionary is shown in.
 *
 * @module
 */

import type { Command } from "commander";
import type { Settings } from "../config/schema.ts";
import { UsageError } from "../errors.ts";
import { FORMAT_NAMES, type FormatName } from "../formats/format.ts";
import { formatOf } from "../formats/mod.ts";
import type { Dictionary } from "../formats/value.ts";
import { showable, type Ui } from "../ui.ts";
import type { Run } from "./command.ts";
import { checkPickleFlag, writeForPeople } from "./dictionary_bytes.ts";

/** How a dictionary is to be shown. */
export interface ShowForm {
  /** The format. */
  readonly format: FormatName;
  /** The protocol of a pickle, where it is not the usual one. */
  readonly pickleProtocol: number | undefined;
}

/** The options of a command that shows a dictionary in a form of the reader's choice. */
export function addFormOptions(command: Command): Command {
  return command
    .option("--format <format>", `${FORMAT_NAMES.join(", ")} (default: text)`)
    .option("--pickle-protocol <number>", "the protocol of a pickle, 2 to 4 (default: 4)");
}

/**
 * The form that is set.
 *
 * @throws {UsageError} when the options do not go together.
 */
export function readForm({ flags, ui }: Run, settings: Settings<"show">): ShowForm {
  if (ui.json && flags.format !== undefined) {
    throw new UsageError("--json and --format are both set", {
      hint: "--json shows it with its id and times, --format json the dictionary alone.",
    });
  }
  const { format = "text", pickleProtocol } = settings;
  checkPickleFlag(flags, format);
  return { format, pickleProtocol };
}

/**
 * Writes a dictionary to stdout: exactly as the format has it, in whole lines where that is text, but
 * for what could steer a terminal where stdout is one.
 *
 * @throws {UsageError} for bytes that are no text, to a terminal, and {@linkcode BadInputError} when
 * the format cannot say it.
 */
export function showDictionary(
  ui: Ui,
  dictionary: Dictionary,
  { format, pickleProtocol }: ShowForm,
): void {
  const { isText } = formatOf(format);
  if (!isText && ui.isTerminal) {
    throw new UsageError(`A ${format} is no text for a terminal`, {
      hint: "Send stdout to a file or to another program.",
    });
  }
  const bytes = writeForPeople(dictionary, format, pickleProtocol);
  if (!isText || !ui.isTerminal) return ui.bytes(bytes);
  const lines = new TextDecoder().decode(bytes).split("\n");
  ui.text(lines.map(showable).join("\n"));
}
