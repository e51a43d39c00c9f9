/**
 * `serve --print`: where a server prints what it receives, and how.
 *
 * @module
 */

import type { Command } from "commander";
import type { Resolved } from "../config/resolve.ts";
import { UsageError } from "../errors.ts";
import type { HubEvent } from "../hub/events.ts";
import {
  LOG_FILES,
  MAX_PRINT_BATCH_BYTES,
  MAX_PRINT_QUEUE_BYTES,
  PRINT_FILES,
  PRINT_MAX_BYTES,
  PRINT_RETRY_MS,
} from "../limits/output.ts";
import { PRINT_FORMATS, type PrintFormat } from "../print/format.ts";
import { PrintFile } from "../print/print_file.ts";
import { PrintQueue } from "../print/print_queue.ts";
import { realPathOf } from "../print/real_path.ts";
import { filesOfStore, numberedFiles, UsedFiles } from "../print/used_files.ts";
import type { Ui } from "../ui.ts";
import { formatBytes } from "../units.ts";
import { isNews, RECORD_FORMS } from "./print_records.ts";
import type { ServeOutput } from "./serve_output.ts";

/** Adds the options of what is printed. */
export function addPrintOptions(command: Command): Command {
  return command
    .option(
      "--print <where>",
      "print what is received: screen, file:PATH, both:PATH or none (default: screen)",
    )
    .option(
      "--print-format <format>",
      `${PRINT_FORMATS.join(", ")} (default: text; with --json, json)`,
    )
    .option(
      "--print-max-bytes <size>",
      `begin a new file before it grows beyond this (default: ${formatBytes(PRINT_MAX_BYTES)})`,
    )
    .option(
      "--print-files <n>",
      `how many files there are at most, this one too, as of --log-files (default: ${PRINT_FILES})`,
    );
}

/** What is set of printing. */
export interface PrintSetup {
  /** On stdout, unless that is for events in JSON. */
  readonly screen: boolean;
  /** How. */
  readonly format: PrintFormat;
  /** To which file, if to one. */
  readonly file: PrintFile | undefined;
}

/**
 * What is set of printing. With `--json`, stdout is for events, and a file is in JSON too.
 *
 * @throws {UsageError} when it contradicts itself, or the file is one that the server needs.
 */
export function readPrintSetup(
  resolved: Resolved<"serve">,
  { json, store }: { json: boolean; store: string },
): PrintSetup {
  const { settings, origin } = resolved;
  const { print, printFormat } = settings;
  const place = origin("printFormat")?.place;
  if (json && printFormat !== undefined && printFormat !== "json") {
    throw new UsageError(`--json and ${place} ${printFormat} do not go together`, {
      hint: `Leave out --json, or print json.`,
    });
  }
  const format = printFormat ?? (json ? "json" : "text");
  const { screen, path } = print ?? { screen: true, path: undefined };
  if (path === undefined) {
    const unused = origin("printMaxBytes", "printFiles");
    // In the config or the environment it may be for other runs.
    if (unused?.rank === 3) {
      throw new UsageError(`${unused.place} is set, and nothing is printed to a file`, {
        hint: "Name the file with --print file:PATH, or leave it out.",
      });
    }
    return { screen: screen && !json, format, file: undefined };
  }
  const { printMaxBytes: maxBytes = PRINT_MAX_BYTES, printFiles: files = PRINT_FILES } = settings;
  const used = new UsedFiles(usedBy(resolved, store));
  for (const file of new Set([path, ...numberedFiles(realPathOf(path), files)])) {
    if (!used.has(file)) continue;
    const why = file === path ? "that file" : `${file}, one of the older files,`;
    throw new UsageError(`Cannot print to ${path}: the server uses ${why} for something else`, {
      hint: "Name another file with --print.",
    });
  }
  const heading = new TextEncoder().encode(RECORD_FORMS[format].heading);
  const file = new PrintFile({ path, heading, maxBytes, files });
  return { screen: screen && !json, format, file };
}

/** The files that a server has a use for, apart from those that it prints to. */
function usedBy({ settings, config }: Resolved<"serve">, store: string): string[] {
  const { keyFile, storeKeyFile, tlsCert, tlsKey, clientCa } = settings;
  const { logFile, logFiles = LOG_FILES } = settings;
  const others = [config, keyFile, storeKeyFile, tlsCert, tlsKey, clientCa];
  return [
    ...filesOfStore(store),
    ...others.filter((path) => path !== undefined),
    ...(logFile === undefined ? [] : numberedFiles(logFile, logFiles)),
  ];
}

/**
 * Makes the file that is printed to, if there is one, and warns when it, or what has the name of an
 * older one, holds something else.
 *
 * @throws {UsageError} when it cannot be printed to.
 */
export async function preparePrint({ file, format }: PrintSetup, ui: Ui): Promise<void> {
  const { start } = RECORD_FORMS[format];
  // The built program may not open devices: it has no permission that it does not need.
  if (file !== undefined && /^\/(dev|proc)\/(?!shm\/)/.test(file.path)) {
    throw new UsageError(`Cannot print to ${file.path}: it is no file`, {
      hint: "Print to stdout with --print screen, or name a file.",
    });
  }
  for (const { path, head } of await file?.prepare() ?? []) {
    if (head.length === 0 || new TextDecoder().decode(head).startsWith(start)) continue;
    const what = path === file?.path
      ? "what is printed stands behind what is there"
      : "as one of the older files it goes when there are too many";
    ui.warn(`${path} does not begin like ${format}: ${what}`);
  }
}

/** Prints what a server receives, each thing once. */
export class ServePrint {
  readonly #setup: PrintSetup;
  readonly #ui: Ui;
  readonly #output: ServeOutput;
  readonly #queue: PrintQueue | undefined;
  #isHeaded = false;
  #isGrowing = false;

  /** Takes where to print, the output for that, and who tells what goes wrong. */
  constructor(setup: PrintSetup, ui: Ui, output: ServeOutput) {
    this.#setup = setup;
    this.#ui = ui;
    this.#output = output;
    const { file } = setup;
    if (file === undefined) return;
    this.#queue = new PrintQueue({ append: (records) => this.#append(file, records) }, {
      maxBytes: MAX_PRINT_QUEUE_BYTES,
      maxBatchBytes: MAX_PRINT_BATCH_BYTES,
      retryMs: PRINT_RETRY_MS,
      onFailed: (error) => this.#fault(`print to ${file.path}`, error),
      onFull: () => output.unprinting(file.path),
      onLeftOut: (records) => output.unprinted(file.path, records),
    });
  }

  /** Something happened in the hub. Never throws. */
  event(event: HubEvent): void {
    if (!isNews(event)) return;
    try {
      const { screen, format } = this.#setup;
      if (!screen && this.#queue === undefined) return;
      const { heading, record } = RECORD_FORMS[format];
      const text = record(event);
      this.#queue?.push(new TextEncoder().encode(text));
      if (!screen) return;
      this.#ui.text(this.#isHeaded ? text : heading + text);
      this.#isHeaded = true;
    } catch (error) {
      this.#fault("print what was received", error);
    }
  }

  /** Resolves when all is in the file, or cannot be, or after that time. */
  async close(timeoutMs: number): Promise<void> {
    await this.#queue?.close(timeoutMs);
  }

  /** When its file cannot be moved away, that is told once, and it grows. */
  async #append(file: PrintFile, records: Uint8Array): Promise<void> {
    const hindrance = await file.append(records);
    const wasGrowing = this.#isGrowing;
    this.#isGrowing = hindrance !== undefined;
    if (this.#isGrowing && !wasGrowing) {
      this.#fault(`begin a new file after ${file.path}`, hindrance);
    }
  }

  #fault(doing: string, error: unknown): void {
    this.#output.event({ event: "fault", doing, error });
  }
}
