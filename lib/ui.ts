/**
 * What a person sees, and what a script reads.
 *
 * Data goes to stdout, everything else to stderr. With `--json` stdout carries one JSON object per
 * line; stderr stays for people. `--quiet` silences notes, never warnings and errors. Colour only
 * on a terminal, and never with NO_COLOR set. An error says what happened and, on a line of its
 * own, what to do next; a stack only with `--debug`. What goes to stderr is a line, without the
 * characters that could steer a terminal: names and paths in it are of others.
 *
 * @module
 */

import { ExitCode, reasonOf, UsageError, WagonsError } from "./errors.ts";

/** What the flags say of the output. */
export interface UiOptions {
  /** Data as JSON. */
  json?: boolean;
  /** No notes. */
  quiet?: boolean;
  /** Stacks with errors. */
  debug?: boolean;
}

/** One of the two streams that are written to. */
export interface OutputStream {
  /** Writes some of the bytes; gives how many. */
  writeSync(bytes: Uint8Array): number;
  /** Whether a person looks at it. */
  isTerminal(): boolean;
}

const BOLD_RED = "1;31";
const BOLD_YELLOW = "1;33";
const DIM = "2";

/** Writes to stdout and stderr. */
export class Ui {
  /** Data is wanted as JSON. */
  readonly json: boolean;
  readonly #quiet: boolean;
  readonly #debug: boolean;
  readonly #out: OutputStream;
  readonly #err: OutputStream;
  readonly #options: UiOptions;
  readonly #noColor: boolean;
  readonly #isColoured: boolean;

  /** Takes the flags, the streams, and whether NO_COLOR is set. */
  constructor(options: UiOptions, out: OutputStream, err: OutputStream, noColor: boolean) {
    this.#options = options;
    this.#noColor = noColor;
    this.json = options.json ?? false;
    this.#quiet = options.quiet ?? false;
    this.#debug = options.debug ?? false;
    this.#out = out;
    this.#err = err;
    this.#isColoured = !noColor && err.isTerminal();
  }

  /** The same, with data going to another stream. */
  through(out: OutputStream): Ui {
    return new Ui(this.#options, out, this.#err, this.#noColor);
  }

  /** Whether a person looks at stdout. */
  get isTerminal(): boolean {
    return this.#out.isTerminal();
  }

  /** Where a progress bar is drawn: stderr, if a person looks at it and wants notes. */
  get barStream(): OutputStream | undefined {
    return !this.#quiet && this.#err.isTerminal() ? this.#err : undefined;
  }

  /** Data as text, as it stands. */
  text(text: string): void {
    this.bytes(new TextEncoder().encode(text));
  }

  /**
   * Data as bytes.
   *
   * @throws {UsageError} when stdout takes none, and `BrokenPipe` when its reader has gone.
   */
  bytes(bytes: Uint8Array): void {
    try {
      writeAll(this.#out, bytes);
    } catch (error) {
      if (error instanceof Deno.errors.BrokenPipe) throw error;
      const why = reasonOf(error);
      throw new UsageError(`Cannot write to stdout: ${why}`, { cause: error });
    }
  }

  /** An object as a line of JSON. */
  object(object: Record<string, unknown>): void {
    this.text(`${JSON.stringify(object)}\n`);
  }

  /** Something that is good to know. */
  note(text: string): void {
    if (!this.#quiet) this.#say(showable(text));
  }

  /** Something that is good to know but seldom looked at. */
  aside(text: string): void {
    if (!this.#quiet) this.#say(this.#paint(DIM, showable(text)));
  }

  /** Something that the user should look into. */
  warn(text: string): void {
    this.#say(`${this.#paint(BOLD_YELLOW, "warning:")} ${showable(text)}`);
  }

  /** Shows an error of any kind; gives the exit code that it means. */
  error(error: unknown): ExitCode {
    const heading = this.#paint(BOLD_RED, "error:");
    this.#say(`${heading} ${showable(reasonOf(error))}`);
    const isExpected = error instanceof WagonsError;
    const hint = isExpected
      ? error.hint
      : this.#debug
      ? undefined
      : "This is a fault in wagons: run it again with --debug and report what it says.";
    if (hint !== undefined) this.#say(`  ${showable(hint)}`);
    if (this.#debug) this.#say(stackOf(error).split("\n").map(showable).join("\n"));
    return isExpected ? error.exitCode : ExitCode.fault;
  }

  #paint(code: string, text: string): string {
    return this.#isColoured ? `\x1b[${code}m${text}\x1b[0m` : text;
  }

  #say(text: string): void {
    writeAll(this.#err, new TextEncoder().encode(`${text}\n`));
  }
}

/** Makes what others have sent safe to show: control characters become `\u{...}`. */
export function showable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** A time in milliseconds since the Unix epoch as ISO 8601 in UTC, for JSON and logs. */
export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? String(error);
  return error.cause === undefined ? stack : `${stack}\ncaused by ${stackOf(error.cause)}`;
}

function writeAll(stream: OutputStream, bytes: Uint8Array): void {
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}
