import type { LazyAnswer } from "../hub/answer.ts";
import type { Message } from "../wire/messages.ts";
import type { PeerWriter } from "./peer_writer.ts";

/**
 * Answers that take much memory: one is made while the one before it is written, and no more than
 * these two wait for a peer, however many it has asked for.
 */
export class LazyAnswers {
  readonly #writer: PeerWriter;
  readonly #append: (message: Message) => void;
  #waiting: LazyAnswer[] = [];
  #making: Promise<void> | undefined;

  /** Takes what writes them, and what adds their frames to it. */
  constructor(writer: PeerWriter, append: (message: Message) => void) {
    this.#writer = writer;
    this.#append = append;
  }

  /** How many wait to be made. */
  get count(): number {
    return this.#waiting.length;
  }

  /** Resolves when none waits. Never rejects. */
  get made(): Promise<void> {
    return this.#making ?? Promise.resolve();
  }

  /** Adds one behind the others. */
  add(answer: LazyAnswer): void {
    this.#waiting.push(answer);
    this.#making ??= this.#make();
  }

  async #make(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#writer.isClosed) {
      const message = await this.#waiting.shift()!.make();
      if (message === undefined) continue;
      this.#append(message);
      void this.#writer.flush();
      // It is on its way at once, unless the one before it still is.
      if (this.#writer.answerBytes > 0) await this.#writer.flushAnswers();
    }
    this.#waiting = [];
    this.#making = undefined;
  }
}
