import { ProtocolError, TimedOutError } from "../errors.ts";
import { formatDuration } from "../units.ts";
import type { FileMessage } from "../wire/file_messages.ts";
import type { Message, Receipt, Received, Refusal } from "../wire/messages.ts";
import { refused } from "./failures.ts";

/**
 * One file's way to a server and back. A connection that serves nothing else is one; what shares a
 * connection gives each file the messages that have its id.
 */
export interface FileChannel {
  /** The server's URL. */
  readonly url: string;
  /** Sends a message. Resolves when it is on its way, and nothing of it is needed any more. */
  send(message: Message): Promise<void>;
  /** The next message. */
  receive(): Promise<Received>;
}

/** What a server says of a file. */
export type FileAnswer = FileMessage | Receipt;

/** How long to wait. */
export interface PatienceOptions {
  /** The time in which something has to go on. */
  readonly timeoutMs: number;
  /** Gives up. */
  readonly signal?: AbortSignal | undefined;
}

/** Receives what concerns one file, and gives up when nothing goes on for too long. */
export class FileAnswers {
  readonly #channel: FileChannel;
  readonly #options: PatienceOptions;
  #lastMs = performance.now();

  /** Takes where they come from. */
  constructor(channel: FileChannel, options: PatienceOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  /** Something goes on. */
  touch(): void {
    this.#lastMs = performance.now();
  }

  /**
   * The next answer of one of these kinds.
   *
   * @throws {ServerRefusedError} for a Refusal, {@linkcode ProtocolError} for any other answer,
   * {@linkcode TimedOutError} when nothing went on for too long, the signal's reason when it is
   * aborted, and what the channel throws.
   */
  async next<K extends FileAnswer["kind"]>(
    ...kinds: readonly K[]
  ): Promise<Extract<FileAnswer, { kind: K }>> {
    const message = await this.#wait(this.#channel.receive());
    this.touch();
    if ((kinds as readonly string[]).includes(message.kind)) {
      return message as Extract<FileAnswer, { kind: K }>;
    }
    if (message.kind === "refusal") throw this.#refused(message);
    const wanted = kinds.join(" or ");
    throw new ProtocolError(`${this.#channel.url} sent a ${message.kind}, not a ${wanted}`);
  }

  #refused({ code, text }: Refusal): Error {
    return refused(this.#channel.url, code, text);
  }

  #wait<T>(coming: Promise<T>): Promise<T> {
    const { timeoutMs, signal } = this.#options;
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout>;
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      const onAbort = () => {
        end();
        reject(signal!.reason);
      };
      const look = () => {
        const leftMs = this.#lastMs + timeoutMs - performance.now();
        if (leftMs > 0) return void (timer = setTimeout(look, leftMs));
        end();
        reject(
          new TimedOutError(
            `${this.#channel.url}: nothing went on for ${formatDuration(timeoutMs)}`,
            {
              hint: "Give it longer with --timeout.",
            },
          ),
        );
      };
      if (signal?.aborted) return reject(signal.reason);
      timer = setTimeout(look, timeoutMs);
      signal?.addEventListener("abort", onAbort);
      coming.then(resolve, reject).finally(end);
    });
  }
}
