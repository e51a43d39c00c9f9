/**
 * Programs of other make that the tests talk with, line by line.
 *
 * @module
 */

import { killProcess } from "../../scripts/bench/peers/server_process.ts";
import { linesOf } from "../e2e/workspace.ts";

/** What a peer prints. */
export type PeerEvent = Readonly<Record<string, unknown>>;

/** A program that prints lines of JSON, and reads what it has to do from stdin. */
export class PeerProcess implements AsyncDisposable {
  /** Its process. */
  readonly child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stderr: Promise<string>;

  /** Starts a program with its arguments, and these variables beside those of this process. */
  constructor([program = "", ...args]: readonly string[], env: Record<string, string> = {}) {
    this.child = new Deno.Command(program, {
      args,
      env,
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
