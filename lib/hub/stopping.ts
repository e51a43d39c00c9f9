import { RefusalCode, type ShutdownReport } from "../wire/messages.ts";
import type { Denial } from "./gate.ts";

/** How far a server is with its end. */
export class Stopping {
  readonly #draining = new AbortController();
  readonly #stopped = new AbortController();
  #hasBegun = false;
  #report: Promise<ShutdownReport> | undefined;

  /** Aborted when the server begins to stop: take no new peers. */
  get draining(): AbortSignal {
    return this.#draining.signal;
  }

  /** Aborted when all that was running has been answered: send what waits and close. */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  /** It has begun. The same as the signal, which is too slow to ask for each message. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Why nothing new is done, once it has begun. */
  get denial(): Denial | undefined {
    return this.#hasBegun ? STOPPING : undefined;
  }

  /** Begins, the first time; `finish` ends what is running, and gives what was done. */
  begin(finish: () => Promise<ShutdownReport>): Promise<ShutdownReport> {
    this.#report ??= this.#run(finish);
    return this.#report;
  }

  async #run(finish: () => Promise<ShutdownReport>): Promise<ShutdownReport> {
    this.#hasBegun = true;
    this.#draining.abort();
    const report = await finish();
    // In a turn of its own: the answers are with their listeners before those are told to close.
    setTimeout(() => this.#stopped.abort());
    return report;
  }
}

/** What is answered to whatever comes while a server stops. */
export const STOPPING: Denial = [RefusalCode.shuttingDown, "This server is stopping."];
