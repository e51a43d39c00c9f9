import type { Endpoint } from "../endpoint.ts";
import { TimedOutError, UnreachableError, type WagonsError } from "../errors.ts";
import { RETRY_FIRST_DELAY_MS, RETRY_MAX_DELAY_MS } from "../limits/files.ts";
import { pause } from "../pause.ts";
import { RefusalCode } from "../wire/messages.ts";
import { ServerRefusedError } from "./failures.ts";
import { WireConnection, type WireConnectionOptions } from "./wire_connection.ts";

/** How to connect, and how often again. */
export interface FileLinkOptions {
  /** How to connect, and with which key. */
  connection: Omit<WireConnectionOptions, "signal">;
  /** How often to try again with nothing gained in between. */
  retries: number;
  /** Gives up. */
  signal: AbortSignal;
  /** Is told that it is tried again after so many milliseconds, and why. */
  onRetry: (error: WagonsError, waitMs: number) => void;
}

/** A server that files are put on or read from, over a connection that is made again when it is lost. */
export class FileLink implements Disposable {
  readonly #endpoint: Endpoint;
  readonly #options: FileLinkOptions;
  #connection: WireConnection | undefined;

  private constructor(endpoint: Endpoint, options: FileLinkOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    options.signal.addEventListener("abort", this.#drop);
  }

  /**
   * Connects.
   *
   * @throws what {@linkcode WireConnection.open} throws.
   */
  static async open(endpoint: Endpoint, options: FileLinkOptions): Promise<FileLink> {
    const link = new FileLink(endpoint, options);
    await link.#connect();
    return link;
  }

  /**
   * Does something over the connection, and again when the connection is lost or the server cannot
   * do it now: with growing waits in between, until it has failed too often without gaining
   * anything.
   *
   * @param gained How much has been gained so far.
   * @throws what `action` throws in the end, and the signal's reason when it is aborted.
   */
  async use<T>(
    action: (connection: WireConnection) => Promise<T>,
    gained: () => number = () => 0,
  ): Promise<T> {
    const { retries, signal, onRetry } = this.#options;
    for (let [failures, before] = [0, gained()];;) {
      try {
        return await action(this.#connection ?? await this.#connect());
      } catch (error) {
        this.#drop();
        signal.throwIfAborted();
        if (gained() > before) [failures, before] = [0, gained()];
        if (!isWorthAnotherTry(error) || ++failures > retries) throw error;
        const waitMs = Math.min(RETRY_FIRST_DELAY_MS * 2 ** (failures - 1), RETRY_MAX_DELAY_MS);
        onRetry(error, waitMs);
        await pause(waitMs, signal);
        signal.throwIfAborted();
      }
    }
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    this.#options.signal.removeEventListener("abort", this.#drop);
    this.#drop();
  }

  async #connect(): Promise<WireConnection> {
    const { connection, signal } = this.#options;
    this.#connection = await WireConnection.open(this.#endpoint, { ...connection, signal });
    return this.#connection;
  }

  readonly #drop = (): void => {
    this.#connection?.close();
    this.#connection = undefined;
  };
}

/** What the server may be able to do in a moment. */
const PASSING: ReadonlySet<RefusalCode> = new Set([
  RefusalCode.tooManyConnections,
  RefusalCode.shuttingDown,
  RefusalCode.failed,
]);

function isWorthAnotherTry(error: unknown): error is WagonsError {
  if (error instanceof ServerRefusedError) return PASSING.has(error.code);
  return error instanceof UnreachableError || error instanceof TimedOutError;
}
