/**
 * `wagons convert`: dictionaries from any format to any other.
 *
 * @module
 */

import type { Command } from "commander";
import { resolveSettings } from "../config/resolve.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { FORMAT_NAMES, type FormatName } from "../formats/format.ts";
import { checkIsNoInput, outputPath, writeWhole } from "../output.ts";
import type { AddAction, Run } from "./command.ts";
import { checkPickleFlag, formatByName, writeForPeople } from "./dictionary_bytes.ts";
import { gather } from "./gather.ts";
import { showDictionary } from "./show_form.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(command, convert)
    .argument("<file...>", "dictionaries in any format, or pictures of QR codes; - is stdin")
    .option("-o, --output <file>", "where to; - is stdout (default: stdout)")
    .option("--format <format>", `${FORMAT_NAMES.join(", ")} (default: as the output is called)`)
    .option("--from <format>", "what the inputs are (default: what they look like)")
    .option("--pickle-protocol <number>", "the protocol of a pickle, 2 to 4 (default: 4)")
    .option("--strict", "what is no manifest, or has a line that is no entry, is an error")
    // For who takes it for the format, as it is that of other commands: it is told what to write.
    .addOption(command.createOption("--json").hideHelp())
    .addHelpText("after", CONVERT_HELP);
}

const CONVERT_HELP = `
  wagons convert today.txt -o today.xml
  wagons convert code.png --format json
  wagons convert - --from pickle --format csv < today.pickle > today.csv
A file that is there is replaced once the new one is whole. Several inputs make one manifest; a
dictionary that is none stands alone.`;

async function convert({ args, flags, ui, sources }: Run): Promise<ExitCode> {
  if (flags.json === true) {
    throw new UsageError("convert has no --json: what it writes is the dictionary", {
      hint: "For JSON, say --format json.",
    });
  }
  const { settings } = resolveSettings("convert", sources);
  const { pickleProtocol } = settings;
  const output = outputPath(flags.output as string | undefined ?? "-");
  // The name of the output stands on the command line too: it goes before what is set elsewhere.
  const byName = flags.format === undefined ? formatByName(output) : undefined;
  const format = byName ?? settings.format;
  if (format === undefined) throw formatMissing(output);
  const from = readFrom(flags.from as string | undefined);
  await checkIsNoInput(output, args);
  checkPickleFlag(flags, format);
  const { dictionary } = await gather(args, { strict: flags.strict === true, from }, ui);
  if (output === "-") showDictionary(ui, dictionary, { format, pickleProtocol });
  else {
    await writeWhole(output, writeForPeople(dictionary, format, pickleProtocol));
    ui.note(`wrote ${output}`);
  }
  return ExitCode.ok;
}

function formatMissing(output: string): UsageError {
  const what = output === "-" ? "stdout" : output;
  return new UsageError(`It is not said which format ${what} shall have`, {
    hint: `Say it with --format, one of ${FORMAT_NAMES.join(", ")}.`,
  });
}

function readFrom(text: string | undefined): FormatName | undefined {
  const from = FORMAT_NAMES.find((name) => name === text?.toLowerCase());
  if (text === undefined || from !== undefined) return from;
  throw new UsageError(`--from: ${JSON.stringify(text)} is none of ${FORMAT_NAMES.join(", ")}`);
}
