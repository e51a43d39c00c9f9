/**
 * What all subcommands have in common.
 *
 * @module
 */

import type { Command } from "commander";
import type { Sources } from "../config/resolve.ts";
import type { ExitCode } from "../errors.ts";
import type { Ui, UiOptions } from "../ui.ts";

/** What a command is given of the world. */
export interface Context {
  /** Makes the output, from the flags. */
  ui(options: UiOptions): Ui;
  /** Reads an environment variable. */
  variable(name: string): string | undefined;
  /** Aborted by the first SIGINT or SIGTERM from now on; a second one ends the process at once. */
  interrupted(): AbortSignal;
}

/** What a command does: gives the exit code, or throws. */
export type Action = (run: Run) => Promise<ExitCode> | ExitCode;

/** One run of a command. */
export interface Run {
  /** The arguments that are not options. */
  readonly args: readonly string[];
  /** The options, as commander names them. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** What is written to. */
  readonly ui: Ui;
  /** What settings are read from. */
  readonly sources: Sources;
  /** The rest of the world. */
  readonly context: Context;
}

/** Makes a command run an action. */
export type AddAction = (command: Command, action: Action) => Command;

/** A file of `commands/`. */
export interface CommandModule {
  /** Completes the command of that name: arguments, options, help, and what it does. */
  define(command: Command, add: AddAction): void;
}

/** The options of every command. */
export function addCommonOptions(command: Command): Command {
  return command
    .option("-q, --quiet", "say only what goes wrong")
    .option("--debug", "show where an error comes from")
    .option("--config <file>", "read settings from this file (default: wagons.toml, if there)");
}

/** The option of every command that reads. */
export function addJsonOption(command: Command): Command {
  return command.option("--json", "write JSON, one object per line");
}
