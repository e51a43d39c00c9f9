/**
 * A chat without a terminal: lines of stdin are said, and what happens is printed.
 *
 * @module
 */

import { RoomSession, type RoomSessionOptions, type SessionEvent } from "../client/room_session.ts";
import {
  BadInputError,
  ExitCode,
  InterruptedError,
  RefusedError,
  TimedOutError,
  UnreachableError,
  type WagonsError,
} from "../errors.ts";
import { MAX_WAITING_MESSAGES } from "../limits/client.ts";
import { MAX_SAY_BYTES } from "../limits/room.ts";
import { Sleep } from "../sleep.ts";
import type { Ui } from "../ui.ts";
import { counted, formatBytes, formatDuration } from "../units.ts";
import { ChatEnd } from "./chat_end.ts";
import { ChatPrinter } from "./chat_printer.ts";
import { type InputLine, readLines } from "./stdin_lines.ts";

/** How to chat. */
export interface PlainChatOptions {
  /** The room. */
  session: Omit<RoomSessionOptions, "isPatient" | "signal" | "onEvent">;
  /** Ends when all of stdin is said, and prints nothing of what others say. */
  once: boolean;
  /** How long nothing may go on while something waits to be said, with `once`. */
  timeoutMs: number;
  /** What is written to. */
  ui: Ui;
  /** Ends it. */
  interrupted: AbortSignal;
}

/** Chats until it is interrupted, or with `once` until all of stdin is safe with the server. */
export async function chatPlainly(options: PlainChatOptions): Promise<ExitCode> {
  return await new PlainChat(options).run();
}

class PlainChat {
  readonly #options: PlainChatOptions;
  readonly #end = new ChatEnd();
  readonly #printer: ChatPrinter;
  readonly #session: RoomSession;
  readonly #lines = readLines(Deno.stdin, MAX_SAY_BYTES);
  /** Why the server has not taken a message, the first of them. */
  #firstRefusal: WagonsError | undefined;
  /** Why there is no connection now. */
  #lost: WagonsError | undefined;
  #patience: Sleep | undefined;

  constructor(options: PlainChatOptions) {
    this.#options = options;
    const { once, interrupted, ui } = options;
    this.#printer = new ChatPrinter(ui);
    this.#session = new RoomSession({
      ...options.session,
      isPatient: !once,
      signal: AbortSignal.any([this.#end.signal, interrupted]),
      onEvent: (event) => this.#end.guard(() => this.#take(event)),
    });
  }

  async run(): Promise<ExitCode> {
    const { once, interrupted } = this.#options;
    // Who has nothing to say does not even come.
    const first = once ? await this.#firstLine(interrupted) : undefined;
    try {
      this.#sayAll(first).catch((error) => this.#end.fail(error));
      await this.#session.run();
    } finally {
      this.#patience?.cancel();
    }
    this.#end.throwIfFailed();
    const { waiting } = this.#session;
    if (interrupted.aborted && (waiting > 0 || once)) {
      const what = waiting > 0
        ? `the server has not confirmed ${counted(waiting, "message")}`
        : "there may be more to say";
      throw new InterruptedError(`Interrupted: ${what}`);
    }
    return interrupted.aborted ? ExitCode.interrupted : ExitCode.ok;
  }

  async #firstLine(interrupted: AbortSignal): Promise<InputLine> {
    const ended = new Promise<never>((_, reject) => {
      const end = () => reject(new InterruptedError("Interrupted before anything was said"));
      if (interrupted.aborted) end();
      interrupted.addEventListener("abort", end);
    });
    while (true) {
      const { value, done } = await Promise.race([this.#lines.next(), ended]);
      if (done) {
        throw new BadInputError("Nothing to say: stdin has no line that is not blank", {
          hint: 'Give it something, like echo "train left" | wagons chat --once.',
        });
      }
      if (!isBlank(value)) return value;
    }
  }

  async #sayAll(first: InputLine | undefined): Promise<void> {
    if (first !== undefined) await this.#say(first);
    for await (const line of this.#lines) {
      if (!isBlank(line)) await this.#say(line);
      if (this.#end.signal.aborted) return;
    }
    if (!this.#options.once) return;
    await this.#session.leave();
    if (this.#firstRefusal !== undefined) throw this.#firstRefusal;
    this.#end.finish();
  }

  async #say(line: InputLine): Promise<void> {
    if ("tooLong" in line) {
      const error = new BadInputError(
        `A line of stdin is longer than ${formatBytes(MAX_SAY_BYTES)}`,
      );
      if (this.#options.once) throw error;
      this.#options.ui.warn(`${error.message}: it is not said`);
      return;
    }
    await this.#session.hasAtMost(MAX_WAITING_MESSAGES - 1);
    this.#session.say(sayable(line.text));
    this.#awaitProgress();
  }

  #take(event: SessionEvent): void {
    const { once, ui } = this.#options;
    switch (event.event) {
      case "joined":
        this.#lost = undefined;
        this.#awaitProgress();
        break;
      case "failed":
      case "lost":
        this.#lost = event.error;
        break;
      case "said":
        this.#noteProgress();
        break;
      case "refused":
        this.#firstRefusal ??= event.error;
        this.#noteProgress();
        break;
    }
    const isResult = event.event === "refused" || (ui.json && event.event === "said");
    if (!once || isResult) this.#printer.event(event);
  }

  /** With `once`: something waits, so that something has to go on. */
  #awaitProgress(): void {
    const { once, timeoutMs } = this.#options;
    if (!once || this.#session.waiting === 0) return;
    this.#patience ??= new Sleep(timeoutMs, () => this.#end.fail(this.#late(timeoutMs)));
  }

  #noteProgress(): void {
    this.#patience?.cancel();
    this.#patience = undefined;
    this.#awaitProgress();
  }

  #late(timeoutMs: number): WagonsError {
    const { session: { url } } = this.#options;
    const what = counted(this.#session.waiting, "message");
    const late = `${url} has not confirmed ${what} within ${formatDuration(timeoutMs)}`;
    const lost = this.#lost;
    if (lost === undefined) {
      const hint = "It may have them all the same. Give it longer with --timeout.";
      return new TimedOutError(late, { hint });
    }
    const hint = lost.hint ?? "Give it longer with --timeout.";
    const options = { cause: lost, hint };
    const text = `${late}: ${lost.message}`;
    return lost instanceof RefusedError
      ? new RefusedError(text, options)
      : new UnreachableError(text, options);
  }
}

function isBlank(line: InputLine): boolean {
  return "text" in line && line.text.trim() === "";
}

/** A room takes no control characters but tabs: U+FFFD shows where others were. */
function sayable(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, "\u{fffd}");
}
