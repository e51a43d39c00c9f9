/**
 * From the command line to the command.
 *
 * @module
 */

import { Command, CommanderError } from "commander";
import { type Action, addCommonOptions, type Context } from "./commands/command.ts";
import { COMMANDS } from "./commands/mod.ts";
import { ExitCode } from "./errors.ts";
import type { UiOptions } from "./ui.ts";
import { VERSION } from "./version.ts";

const EXIT_CODES = `
Exit codes:
  0  done                         4  timed out
  1  a fault in wagons            5  refused: key, permission or protocol
  2  wrong usage or setting       6  bad input: no code found, no valid line
  3  cannot reach the server    130  interrupted before it was done`;

/** Runs the command that the arguments name; gives the exit code. Never throws. */
export async function runCommandLine(args: readonly string[], context: Context): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.ok;
  const add = (command: Command, action: Action): Command =>
    addCommonOptions(command).action(async () => {
      const flags = command.opts();
      const ui = context.ui(flags as UiOptions);
      const sources = { flags, variable: context.variable };
      try {
        exitCode = await action({ args: command.args, flags, ui, sources, context });
      } catch (error) {
        // Whoever read our data has had enough: `wagons manifests list | head -1`.
        if (error instanceof Deno.errors.BrokenPipe) return;
        exitCode = ui.error(error);
      }
    });

  const program = new Command("wagons")
    .description("Move freight-wagon manifests between sites.")
    .version(VERSION, "-V, --version", "show the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .showHelpAfterError("(see wagons --help)")
    .addHelpText("after", EXIT_CODES)
    .exitOverride();
  // An option of a subcommand goes behind its name; what stands before is the first word.
  const name = args[0] === "help" ? args[1] : args[0];
  for (const entry of COMMANDS) {
    const command = program.command(entry.name).description(entry.summary).exitOverride();
    command.showHelpAfterError(`(see wagons ${entry.name} --help)`);
    if (entry.name === name) (await entry.load()).define(command, add);
  }
  try {
    await program.parseAsync(args.length === 0 ? ["--help"] : [...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) return context.ui({}).error(error);
    // Commander has written the message itself.
    return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  }
  return exitCode;
}
