/**
 * A chat on a terminal: what others say comes in above the line that is being typed.
 *
 * @module
 */

import { RoomSession, type RoomSessionOptions, type SessionEvent } from "../client/room_session.ts";
import { ExitCode, InterruptedError, reasonOf, WagonsError } from "../errors.ts";
import { MAX_TYPED_CHARS } from "../limits/client.ts";
import { progressLine } from "../progress.ts";
import { DenoTerminal } from "../terminal/deno_terminal.ts";
import { LineTerminal } from "../terminal/line_terminal.ts";
import { RoomLines } from "../terminal/room_lines.ts";
import { counted } from "../units.ts";
import type { Members } from "../wire/room_messages.ts";
import { ChatEnd } from "./chat_end.ts";
import { CHAT_HELP, completeChatInput, readChatInput } from "./chat_input.ts";
import { clause, FailureNews, gapText, missedText } from "./chat_printer.ts";
import { ChatTransfers } from "./chat_transfers.ts";
import { OfferedFiles } from "./offered_files.ts";

/** How to chat. */
export interface ScreenChatOptions {
  /** The room. */
  session: Omit<RoomSessionOptions, "isPatient" | "signal" | "onEvent">;
  /** Whether names have colours. */
  isColoured: boolean;
  /** What `~` stands for. */
  home: string | undefined;
  /** Ends it. */
  interrupted: AbortSignal;
}

/** Chats on the terminal that stdin and stdout are, until the user leaves. */
export async function chatOnScreen(options: ScreenChatOptions): Promise<ExitCode> {
  return await new ScreenChat(options).run();
}

const PROMPT = "> ";

class ScreenChat {
  readonly #options: ScreenChatOptions;
  readonly #end = new ChatEnd();
  readonly #signal: AbortSignal;
  readonly #device = new DenoTerminal();
  readonly #terminal: LineTerminal;
  readonly #lines: RoomLines;
  readonly #files = new OfferedFiles();
  readonly #failures = new FailureNews();
  readonly #session: RoomSession;
  readonly #transfers: ChatTransfers;
  #isLeaving = false;
  #isInterrupted = false;

  constructor(options: ScreenChatOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([this.#end.signal, options.interrupted]);
    this.#terminal = new LineTerminal(this.#device, PROMPT);
    this.#lines = new RoomLines(options.isColoured, Date.now());
    this.#session = new RoomSession({
      ...options.session,
      isPatient: true,
      signal: this.#signal,
      onEvent: (event) => this.#end.guard(() => this.#show(event)),
    });
    this.#transfers = new ChatTransfers(this.#session, {
      onProgress: (progress) =>
        this.#end.guard(() => {
          const columns = this.#device.size().columns - 1;
          this.#terminal.showStatus(
            progress === undefined ? [] : [progressLine(progress, columns)],
          );
        }),
      onOffered: (name) =>
        this.#end.guard(() => this.#print("offered", Date.now(), this.#session.name, name)),
      onSaved: (number, path) =>
        this.#end.guard(() => this.#note(`[${number}] is saved as ${path}`)),
      onFailed: (what, error) =>
        this.#end.guard(() => this.#warn(`cannot ${what}: ${explain(error)}`)),
    }, this.#signal);
  }

  async run(): Promise<ExitCode> {
    const { interrupted, session: { url } } = this.#options;
    this.#terminal.open({
      enter: (text) => this.#enter(text),
      leave: () => this.#leave(),
      fail: (error) => this.#end.fail(error),
      interrupt: () => {
        this.#isInterrupted = true;
        this.#end.finish();
      },
      full: () =>
        this.#warn(`the line is full: it takes no more than ${MAX_TYPED_CHARS} characters`),
      complete: (text) => completeChatInput(text, this.#options.home, listFolder),
    });
    try {
      this.#note(`connecting to ${url}; !help tells the commands`);
      await this.#session.run();
    } finally {
      this.#end.finish();
      this.#terminal.close();
    }
    this.#end.throwIfFailed();
    if (!interrupted.aborted && !this.#isInterrupted) return ExitCode.ok;
    const left = this.#unfinished();
    if (left !== undefined) throw new InterruptedError(`Interrupted: ${left} given up`);
    return ExitCode.interrupted;
  }

  #show(event: SessionEvent): void {
    if (!this.#failures.isNews(event)) return;
    switch (event.event) {
      case "happened": {
        const { what } = event;
        const number = what.what.type === "file" ? this.#files.add(what.what.file) : undefined;
        return this.#terminal.print(...this.#lines.happened(what, number));
      }
      case "joined":
        return this.#note(`in the room as ${event.name}`);
      case "failed":
        return this.#warn(`${clause(event.error.message)}; trying again every few seconds`);
      case "lost": {
        const seconds = Math.round(event.waitMs / 1000);
        return this.#warn(`${clause(event.error.message)}; trying again in ${seconds} s`);
      }
      case "missed":
        return this.#warn(missedText(event.count));
      case "gap":
        return this.#warn(gapText(event));
      case "said":
        return;
      case "refused":
        return this.#warn(`not said: ${event.error.message}`);
    }
  }

  #enter(line: string): void {
    const input = readChatInput(line, this.#options.home);
    switch (input.type) {
      case "nothing":
        return;
      case "say":
        return this.#say(input.text);
      case "upload":
        return this.#transfers.upload(input.path);
      case "save":
        return this.#save(input.number, input.folder);
      case "who":
        this.#who().catch((error) => this.#end.guard(() => this.#warn(explain(error))));
        return;
      case "help":
        return this.#note(...CHAT_HELP);
      case "exit":
        return this.#leave();
      case "wrong":
        return this.#warn(input.why);
    }
  }

  #say(text: string): void {
    if (this.#session.say(text) === undefined) {
      const count = counted(this.#session.waiting, "message");
      return this.#warn(`not said: ${count} wait for the server already`);
    }
    this.#print("said", Date.now(), this.#session.name, text);
    if (!this.#session.isConnected) this.#note("it waits for the connection");
  }

  #save(number: number, folder: string): void {
    const file = this.#files.get(number);
    if (file === undefined) this.#warn(`there is no file [${number}]`);
    else this.#transfers.save(number, file, folder);
  }

  async #who(): Promise<void> {
    if (!this.#session.isConnected) return this.#warn("there is no connection now");
    const members = await this.#session.withLink(
      async (link) => await link.who(),
      this.#signal,
    );
    if (members === undefined) return this.#warn("this kind of server does not tell who is there");
    this.#end.guard(() => this.#note(...membersText(members)));
  }

  /** Leaves when nothing waits any more to be sent or saved. */
  #leave(): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    const left = this.#unfinished();
    if (left !== undefined) this.#note(`waiting for ${left}; Ctrl-C gives up`);
    this.#transfers.idle()
      .then(() => this.#session.leave())
      .then(() => this.#end.finish(), (error) => this.#end.fail(error));
  }

  #unfinished(): string | undefined {
    const messages = this.#session.waiting;
    const transfers = this.#transfers.waiting;
    const parts = [
      ...(messages > 0 ? [counted(messages, "message")] : []),
      ...(transfers > 0 ? [counted(transfers, "file")] : []),
    ];
    return parts.length === 0 ? undefined : parts.join(" and ");
  }

  #note(...texts: string[]): void {
    this.#terminal.print(...texts.flatMap((text) => this.#lines.note(Date.now(), text)));
  }

  #warn(text: string): void {
    this.#terminal.print(...this.#lines.warning(Date.now(), text));
  }

  #print(kind: "said" | "offered", atMs: number, name: string, text: string): void {
    this.#terminal.print(...this.#lines[kind](atMs, name, text));
  }
}

/** What happened, and what to do next. */
function explain(error: unknown): string {
  const hint = error instanceof WagonsError && error.hint !== undefined ? `. ${error.hint}` : "";
  return reasonOf(error) + hint;
}

function membersText({ members, total }: Members): string[] {
  const more = total - members.length;
  return [
    counted(total, "member"),
    ...members.map(({ name, dialect }) => `  ${name} (${dialect})`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function listFolder(folder: string): string[] {
  try {
    return Array.from(
      Deno.readDirSync(folder),
      ({ name, isDirectory }) => isDirectory ? `${name}/` : name,
    );
  } catch {
    // It is not there, or may not be read: there is nothing to complete.
    return [];
  }
}
