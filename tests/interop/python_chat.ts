/**
 * Programs in Python that speak the chat dialect as system C's do: those of peers/c_*.py.
 *
 * @module
 */

import { findPython } from "../../scripts/bench/peers/peers.ts";
import { killProcess } from "../../scripts/bench/peers/server_process.ts";
import { linesOf } from "../e2e/workspace.ts";
import { test, type TestOptions } from "../helpers/strict.ts";

const PEERS = new URL("peers/", import.meta.url);
const python = await findPython("json, socket");

/** A test that needs Python, and says so in its name when it is skipped for that. */
export function testWithPython(
  name: string,
  fn: () => Promise<void>,
  options: TestOptions = {},
): void {
  const isMissing = python === undefined;
  test(isMissing ? `${name} (skipped: no python3)` : name, fn, {
    ignore: isMissing || options.ignore === true,
  });
}

/** The program of that file and its arguments. It leaves no compiled files in the tree. */
export function pythonPeer(file: string, ...args: string[]): string[] {
  return [python ?? "", "-B", decodeURIComponent(new URL(file, PEERS).pathname), ...args];
}

/** What a peer prints. */
export type PeerEvent = Readonly<Record<string, unknown>>;

/** A program that prints lines of JSON, and reads what it has to do from stdin. */
export class PythonPeer implements AsyncDisposable {
  /** Its process. */
  readonly child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stderr: Promise<string>;

  /** Starts one. */
  constructor(file: string, ...args: string[]) {
    const [program = "", ...rest] = pythonPeer(file, ...args);
    this.child = new Deno.Command(program, {
      args: rest,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#lines = linesOf(this.child.stdout);
    this.#input = this.child.stdin.getWriter();
    this.#stderr = new Response(this.child.stderr).text();
  }

  /** The next line that it prints. */
  async next(): Promise<PeerEvent> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`The peer has ended: ${await this.#stderr}`);
    return JSON.parse(value) as PeerEvent;
  }

  /** Gives it a line to read. */
  async tell(line: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(`${line}\n`));
  }

  /** Ends its stdin and gives what it still prints. */
  async end(): Promise<PeerEvent[]> {
    await this.#input.close();
    const events: PeerEvent[] = [];
    for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
      events.push(JSON.parse(line.value));
    }
    return events;
  }

  /** Ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    killProcess(this.child, "SIGKILL");
    await this.child.status;
    await this.#input.abort().catch(() => {
      // It was closed, or its reader has gone.
    });
    while (!(await this.#lines.next()).done);
    await this.#stderr;
  }
}
