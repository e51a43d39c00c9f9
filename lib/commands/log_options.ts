import type { Command } from "commander";
import { LOG_FILES, LOG_MAX_BYTES } from "../limits/output.ts";
import { type Level, type Log, LOG_LEVELS, openLog } from "../log.ts";
import type { Ui } from "../ui.ts";
import { formatBytes } from "../units.ts";

/** Adds the options of commands that keep a log; the help says what logs each request. */
export function addLogOptions(command: Command, requests: string): Command {
  return command
    .option("--log-file <file>", "log connections and what else happens to this file")
    .option(
      "--log-level <level>",
      `${LOG_LEVELS.join(", ")}: ${requests} (default: info)`,
    )
    .option(
      "--log-max-bytes <size>",
      `begin a new log file when it has grown to about this (default: ${
        formatBytes(LOG_MAX_BYTES)
      })`,
    )
    .option("--log-files <n>", `how many log files there are at most (default: ${LOG_FILES})`);
}

/** What is set of a log. */
export interface LogSettings {
  /** No file: no log. */
  logFile?: string | undefined;
  /** Default: info. */
  logLevel?: Level | undefined;
  /** Default: {@linkcode LOG_MAX_BYTES}. */
  logMaxBytes?: number | undefined;
  /** Default: {@linkcode LOG_FILES}. */
  logFiles?: number | undefined;
}

/**
 * Opens the log that is set, if one is.
 *
 * @throws {UsageError} when it cannot be opened.
 */
export async function openSetLog(
  settings: LogSettings,
  ui: Ui,
): Promise<Log | undefined> {
  if (settings.logFile === undefined) return undefined;
  return await openLog({
    path: settings.logFile,
    level: settings.logLevel ?? "info",
    maxBytes: settings.logMaxBytes ?? LOG_MAX_BYTES,
    files: settings.logFiles ?? LOG_FILES,
  }, (text) => ui.warn(text));
}
