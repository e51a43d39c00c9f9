/**
 * What `wagons message` is to send.
 *
 * @module
 */

import { BadInputError, UsageError } from "../errors.ts";
import { decodeText, readInput } from "../input.ts";
import { MAX_TOKEN_BYTES } from "../limits/tokens.ts";
import { formatBytes } from "../units.ts";
import { TokenCommand } from "../wire/token_message.ts";
import { readLines } from "./stdin_lines.ts";

/** What a message says, and asks for. */
export interface Draft {
  /** What people read. */
  readonly text: string;
  /** The command, or nothing. */
  readonly cmd: string;
  /** What belongs to it. */
  readonly args: string;
}

/** What stands on the command line. */
export interface MessageInput {
  /** The text; `-` is each line of stdin, `undefined` none. */
  readonly text: string | undefined;
  /** The command; `undefined` is the usual one. */
  readonly cmd: string | undefined;
  /** What belongs to it; `-` is all of stdin. */
  readonly args: string | undefined;
  /** The scheme of the server's URL. */
  readonly scheme: string;
}

/** Whether there is anything to send. */
export function hasDrafts({ text, cmd }: MessageInput): boolean {
  return text !== undefined || (cmd ?? "") !== "";
}

/**
 * What to send: one message, or one for each line of stdin that is not blank. Without a command it is
 * `say` by HTTP, where nothing else makes a server say a text.
 *
 * @throws {BadInputError} for a line that is too long, and {@linkcode UsageError} when stdin cannot be
 * read.
 */
export async function* drafts(input: MessageInput): AsyncGenerator<Draft, void> {
  const { text, scheme } = input;
  const usual = text !== undefined && scheme === "http" ? TokenCommand.say : "";
  const cmd = input.cmd ?? usual;
  const args = input.args === "-" ? await readArgs() : input.args ?? "";
  if (text !== "-") {
    yield { text: text ?? "", cmd, args };
    return;
  }
  for await (const line of readLines(Deno.stdin, MAX_TOKEN_BYTES)) {
    if ("tooLong" in line) {
      throw new BadInputError(`A line of stdin is longer than ${formatBytes(MAX_TOKEN_BYTES)}`);
    }
    if (line.text.trim() !== "") yield { text: line.text, cmd, args };
  }
}

async function readArgs(): Promise<string> {
  const bytes = await readInput("-", MAX_TOKEN_BYTES);
  return decodeText(bytes, "stdin", "The arguments of a message are a text.");
}

/** The commands that only servers of wagons know, which nobody in a room does anything for. */
const OURS: readonly string[] = [TokenCommand.manifest, TokenCommand.say];

/**
 * Checks that there is something to send or to hear, that it can be sent there, and that stdin is named
 * once.
 *
 * @throws {UsageError} when it is not so.
 */
export function checkInput(input: MessageInput, keyFile: string, listens: boolean): void {
  if (!hasDrafts(input)) {
    if (input.args !== undefined) throw new UsageError("--args is given without a TEXT or --cmd");
    if (!listens) {
      throw new UsageError("There is nothing to send", {
        hint: "Give a TEXT, a --cmd such as ping, or --listen to hear what comes.",
      });
    }
  }
  if (input.scheme === "ws" && OURS.includes(input.cmd ?? "")) {
    throw new UsageError(`By ws:// servers do nothing for ${input.cmd}: it goes to the members`, {
      hint: input.cmd === TokenCommand.say
        ? "Leave out --cmd: a TEXT is said by itself. Or send it to http:// or udp://."
        : "Send it to http:// or udp://.",
    });
  }
  const named = [
    ...(input.text === "-" ? ["TEXT"] : []),
    ...(input.args === "-" ? ["--args"] : []),
    ...(keyFile === "-" ? ["--key-file"] : []),
  ];
  if (named.length > 1) {
    throw new UsageError(`${named.join(" and ")} are both -: there is one stdin`);
  }
}
