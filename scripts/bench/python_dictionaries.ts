/**
 * Python beside which the formats of dictionaries are measured.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { FormatName } from "../../lib/formats/format.ts";

/** What Python is asked for. */
export interface Asked {
  /** To read the file, or to write what it has read of it. */
  readonly what: "read" | "write";
  /** The format of the file. */
  readonly format: FormatName;
  /** Its path. */
  readonly file: string;
}

/** What Python says of it. */
export interface Told {
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** How many names the dictionary has. */
  readonly members: number;
}

/** A running Python that reads and writes dictionaries. */
export class PythonDictionaries implements AsyncDisposable {
  /** Why it does not have a format, for each of these. */
  readonly missing: Readonly<Partial<Record<FormatName, string>>>;
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;

  private constructor(
    child: Deno.ChildProcess,
    lines: AsyncIterator<string>,
    missing: Partial<Record<FormatName, string>>,
  ) {
    this.#child = child;
    this.#lines = lines;
    this.#input = child.stdin.getWriter();
    this.missing = missing;
  }

  /** Starts it with that interpreter. */
  static async start(python: string): Promise<PythonDictionaries> {
    const program = fileURLToPath(new URL("peers/dictionaries.py", import.meta.url));
    const child = new Deno.Command(python, {
      args: ["-B", program],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const lines = linesOf(child.stdout);
    const { missing } = JSON.parse(await nextOf(lines));
    return new PythonDictionaries(child, lines, missing);
  }

  /** Asks for one thing. */
  async ask(asked: Asked): Promise<Told> {
    await this.#input.write(new TextEncoder().encode(`${JSON.stringify(asked)}\n`));
    return JSON.parse(await nextOf(this.#lines));
  }

  /** Ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#lines.return!();
    await this.#child.status;
  }
}

async function nextOf(lines: AsyncIterator<string>): Promise<string> {
  const next = await lines.next();
  if (next.done) throw new Error("Python ended before it answered");
  return next.value;
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
