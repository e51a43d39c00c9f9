/**
 * `wagons message --listen`: prints what comes, and says what stdin says.
 *
 * @module
 */

import { MessageWatch } from "../client/message_watch.ts";
import type { TokenStream } from "../client/token_stream.ts";
import { ExitCode, InterruptedError, TimedOutError, WagonsError } from "../errors.ts";
import type { Ui } from "../ui.ts";
import { showable } from "../ui.ts";
import { ChatEnd } from "./chat_end.ts";
import { clause } from "./chat_printer.ts";
import type { Messaging } from "./message.ts";
import { drafts, hasDrafts } from "./message_input.ts";

/**
 * Listens until it is interrupted, or has printed so many messages.
 *
 * @returns the code of the first thing that could not be said, if there was one.
 * @throws {InterruptedError} when it is interrupted while something that was to be said has not
 * arrived.
 */
export async function listenForMessages(
  messaging: Messaging,
  ui: Ui,
  count: number | undefined,
): Promise<ExitCode> {
  const { endpoint, printer, timeoutMs, seal, input, signal: interrupted } = messaging;
  const end = new ChatEnd();
  const isFull = () => count !== undefined && printer.count >= count;
  // What is to be said is said, also when enough was heard.
  const endIfDone = () => {
    if (isFull() && !speaker.isSaying) end.finish();
  };
  const signal = AbortSignal.any([end.signal, interrupted]);
  const watch = new MessageWatch({
    open: (signal) => openStream(messaging, signal),
    seal,
    timeoutMs,
    retriesFirst: endpoint.scheme !== "udp",
    signal,
    onEvent: (event) => {
      if (event.event !== "heard" || !isFull()) printer.event(event, Date.now());
      endIfDone();
    },
  });
  const speaker = new Speaker(watch, messaging, ui, endIfDone);
  if (hasDrafts(input)) {
    speaker.run().catch((error) => {
      if (!signal.aborted) end.fail(error);
    });
  }
  try {
    await watch.run();
    end.throwIfFailed();
  } finally {
    end.finish();
    printer.end();
  }
  if (speaker.isSaying) throw new InterruptedError("Interrupted before all that was said arrived");
  return speaker.code;
}

/** Where it listens: a room, or answers to what it sends, or an address of this machine. */
async function openStream(
  { endpoint, input, connectTimeoutMs }: Messaging,
  signal: AbortSignal,
): Promise<TokenStream> {
  const how = { connectTimeoutMs, signal };
  if (endpoint.scheme === "ws") {
    const { TokenSocket } = await import("../client/token_socket.ts");
    return await TokenSocket.open(endpoint, how);
  }
  const { TokenDatagrams } = await import("../client/token_datagrams.ts");
  return hasDrafts(input)
    ? await TokenDatagrams.open(endpoint, how)
    : await TokenDatagrams.bind(endpoint, how);
}

/** Says what there is to say, one after the other. */
class Speaker {
  /** Whether something is on its way, or waits for a connection. */
  isSaying: boolean;
  /** What became of it: the code of the first thing that was perhaps not said. */
  code: ExitCode = ExitCode.ok;
  readonly #watch: MessageWatch;
  readonly #messaging: Messaging;
  readonly #ui: Ui;
  readonly #onSaid: () => void;

  constructor(watch: MessageWatch, messaging: Messaging, ui: Ui, onSaid: () => void) {
    const { input } = messaging;
    this.isSaying = hasDrafts(input) && input.text !== "-";
    this.#onSaid = onSaid;
    this.#watch = watch;
    this.#messaging = messaging;
    this.#ui = ui;
  }

  async run(): Promise<void> {
    const { compose, input } = this.#messaging;
    for await (const draft of drafts(input)) {
      this.isSaying = true;
      await this.#watch.connected();
      try {
        await this.#watch.say(compose(draft));
      } catch (error) {
        if (!(error instanceof WagonsError)) throw error;
        if (this.code === ExitCode.ok) this.code = error.exitCode;
        // It may have arrived, and what tells so is lost.
        const what = error instanceof TimedOutError ? "may have been said" : "not said";
        this.#ui.warn(`${what}: ${showable(clause(error.message))}`);
      }
      this.isSaying = false;
      this.#onSaid();
    }
  }
}
