/**
 * The log file: a line for each event, in UTC, rotated by size.
 *
 * @module
 */

import { getRotatingFileSink, type RotatingFileSinkOptions } from "@logtape/file";
import { configure, type LogLevel, type Sink } from "@logtape/logtape";
import { reasonOf, UsageError } from "./errors.ts";
import { isoTime, showable } from "./ui.ts";

/** How important a line is, from the least. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;

/** One of {@linkcode LOG_LEVELS}. */
export type Level = (typeof LOG_LEVELS)[number];

/** Where to log, and how much of it is kept. */
export interface LogOptions {
  /** The file; older ones get `.1`, `.2` and so on behind their names. */
  path: string;
  /** Lines below it are left out. */
  level: Level;
  /** A file that has grown to so much is followed by a new one. */
  maxBytes: number;
  /** How many files there are at most, the one that is written included: at least 2. */
  files: number;
}

/** A log that is open. */
export interface Log {
  /** Whether lines of that level are written: ask before making an expensive one. */
  takes(level: Level): boolean;
  /** Writes a line: what happened, and the values that belong to it. */
  write(level: Level, what: string, values?: Record<string, string | number | boolean>): void;
  /** Writes the lines that wait and closes the file. */
  close(): Promise<void>;
}

type FileOptions = RotatingFileSinkOptions & { nonBlocking: true };

/** Lines wait at most so long before they are in the file. */
const FLUSH_MS = 500;

/**
 * Opens the log file, appending to what is there. `warn` tells the user when it begins to fail:
 * the lines are lost then.
 *
 * @throws {UsageError} when it cannot be opened.
 */
export async function openLog(
  { path, level, maxBytes, files }: LogOptions,
  warn: (text: string) => void,
): Promise<Log> {
  const least = LOG_LEVELS.indexOf(level);
  let sink: Sink & AsyncDisposable;
  try {
    // The types name the blocking form first, which any options fit.
    const getSink: (path: string, options: FileOptions) => unknown = getRotatingFileSink;
    sink = getSink(path, {
      maxSize: maxBytes,
      maxFiles: files - 1,
      // A line at a time would be an fsync at a time, with all peers waiting for it.
      nonBlocking: true,
      flushInterval: FLUSH_MS,
      formatter: ({ timestamp, level, rawMessage }) =>
        `${isoTime(timestamp)} ${level.toUpperCase().padEnd(7)} ${rawMessage as string}\n`,
    }) as Sink & AsyncDisposable;
  } catch (error) {
    const why = reasonOf(error);
    throw new UsageError(`Cannot write the log ${path}: ${why}`, {
      cause: error,
      hint: "Name a file in a folder that this user may write, with --log-file.",
    });
  }
  await reportFailures((why) => warn(`Cannot write the log ${path}: ${why}`));
  const takes = (level: Level) => LOG_LEVELS.indexOf(level) >= least;
  return {
    takes,
    write(level, what, values = {}) {
      if (!takes(level)) return;
      const pairs = Object.entries(values).map(([name, value]) => ` ${name}=${quote(value)}`);
      const line = what + pairs.join("");
      sink({
        category: ["wagons"],
        level: level satisfies LogLevel,
        message: [line],
        rawMessage: line,
        timestamp: Date.now(),
        properties: {},
      });
    },
    close: async () => await sink[Symbol.asyncDispose](),
  };
}

/** A file sink tells of a write that failed through the logger of its library. */
async function reportFailures(report: (why: string) => void): Promise<void> {
  let isTold = false;
  const failures: Sink = ({ properties }) => {
    const { error } = properties;
    if (!isTold) report(reasonOf(error));
    isTold = true;
  };
  await configure({
    reset: true,
    sinks: { failures },
    loggers: [{ category: ["logtape", "meta"], sinks: ["failures"], lowestLevel: "warning" }],
  });
}

/** A value that is one word stands as it is; any other is quoted. */
function quote(value: string | number | boolean): string {
  const text = showable(String(value));
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}
