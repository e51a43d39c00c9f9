import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { ProtocolError, reasonOf, TimedOutError, UnreachableError } from "../errors.ts";
import { ANSWER_TIMEOUT_MS, FILE_PAUSE_MS, MAX_DICT_ANSWER_BYTES } from "../limits/client.ts";
import type { Conn } from "../net/conn.ts";
import { pause } from "../pause.ts";
import { formatBytes, formatDuration } from "../units.ts";
import { encodeDictFrame, TOKEN_KIND } from "../wire/dict_frame.ts";
import { dialTcp } from "./dial.ts";
import { Patience } from "./patience.ts";

/** What a client of system E sends. */
export interface DictionaryParts {
  /** A dictionary, in whatever format. */
  readonly dictionary: Uint8Array;
  /** The Fernet token of a file. */
  readonly token?: string | undefined;
  /**
   * What the dictionary's frame says, as system E's later programs have one around each part. Default:
   * there are no frames.
   */
  readonly framedAs?: number | undefined;
}

/** How to send it. */
export interface SendDictionaryOptions {
  /** Default: `CONNECT_TIMEOUT_MS`. */
  connectTimeoutMs?: number;
  /**
   * How long it may take to send all, without the pause, and to get the answer to its last byte.
   * Default: {@linkcode ANSWER_TIMEOUT_MS}.
   */
  timeoutMs?: number;
  /** The time between the dictionary and the token. Default: {@linkcode FILE_PAUSE_MS}. */
  pauseMs?: number;
  /** Gives up. */
  signal?: AbortSignal;
}

/** What a `dict://` server says when it has taken all: as system E's says it on its own screen. */
const RECEIVED = /^Data (and file )?received successfully\.?$/;

/** Whether an answer says that all was received. */
export function isReceived(answer: string): boolean {
  return RECEIVED.test(answer);
}

/**
 * Sends a dictionary, and a file if there is one, to a `dict://` server as system E's client does: one
 * behind the other, and then the end of the stream. Gives the line that the server answers with, without
 * white space around it; it is empty when the server has taken all and closed without a word, as
 * system E's own does.
 *
 * @throws {UnreachableError} when nobody is there, and when the connection breaks or is closed before
 * all was sent, {@linkcode TimedOutError} when it takes too long, {@linkcode ProtocolError} when the
 * answer is too long for one; and the signal's reason when it is aborted.
 */
export async function sendDictionary(
  endpoint: Endpoint,
  parts: DictionaryParts,
  options: SendDictionaryOptions = {},
): Promise<string> {
  const { timeoutMs = ANSWER_TIMEOUT_MS, pauseMs = FILE_PAUSE_MS, signal } = options;
  const url = formatEndpoint(endpoint);
  const conn = await dialTcp(endpoint, options);
  using patience = new Patience(signal);
  const pausedMs = parts.token === undefined ? 0 : pauseMs;
  patience.last(pausedMs + timeoutMs, () => tookTooLong(url, timeoutMs));
  const sending = new Sending(conn, url, pausedMs);
  // Read meanwhile: a server that refuses the dictionary may say so before it has the file.
  const answer = readAnswer(conn, sending);
  try {
    sending.begin(parts);
    return await patience.wait(answer);
  } finally {
    sending.stop();
    conn.close();
    await Promise.allSettled([sending.ended, answer]);
  }
}

/** What is sent of a dictionary and a file, and how far it is. */
class Sending {
  readonly url: string;
  readonly #conn: Conn;
  readonly #pauseMs: number;
  readonly #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #isAll = false;

  constructor(conn: Conn, url: string, pauseMs: number) {
    this.url = url;
    this.#conn = conn;
    this.#pauseMs = pauseMs;
  }

  /** The system has all of it. */
  get isAll(): boolean {
    return this.#isAll;
  }

  /** Resolves when nothing is sent any more. Never rejects: why it broke, the reading tells. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  begin(parts: DictionaryParts): void {
    this.#ended = this.#send(parts).catch(() => {});
  }

  /** Ends the pause. */
  stop(): void {
    this.#stop.abort();
  }

  async #send({ dictionary, token, framedAs }: DictionaryParts): Promise<void> {
    const isFramed = framedAs !== undefined;
    await this.#write(isFramed ? encodeDictFrame(framedAs, dictionary) : dictionary);
    if (token !== undefined) {
      await pause(this.#pauseMs, this.#stop.signal);
      const bytes = new TextEncoder().encode(token);
      await this.#write(isFramed ? encodeDictFrame(TOKEN_KIND, bytes) : bytes);
    }
    // Before the end: the server's own end may be here as soon as that is there.
    this.#isAll = true;
    await this.#conn.closeWrite();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    while (bytes.length > 0) bytes = bytes.subarray(await this.#conn.write(bytes));
  }
}

/** Reads a line, or what there is of it at the end of the stream. */
async function readAnswer(conn: Conn, sending: Sending): Promise<string> {
  const { url } = sending;
  const buffer = new Uint8Array(MAX_DICT_ANSWER_BYTES);
  const read = (length: number) => new TextDecoder().decode(buffer.subarray(0, length)).trim();
  for (let length = 0;;) {
    if (length === buffer.length) {
      throw new ProtocolError(`${url} answers with more than ${formatBytes(length)}`, {
        hint: "Is that a server for dictionaries, and is the port right?",
      });
    }
    let count: number | null;
    try {
      count = await conn.read(buffer.subarray(length));
    } catch (error) {
      // What a server says before it breaks the connection is why.
      if (length > 0) return read(length);
      throw lost(sending, reasonOf(error), error);
    }
    if (count === null) {
      if (length === 0 && !sending.isAll) throw lost(sending, "the server has closed it");
      return read(length);
    }
    length += count;
    // Servers there are that answer and leave the connection open.
    if (buffer.subarray(0, length).includes(LINE_FEED) || isReceived(read(length))) {
      return read(length);
    }
  }
}

const LINE_FEED = 0x0a;

function lost({ url, isAll }: Sending, reason: string, cause?: unknown): UnreachableError {
  const state = isAll ? "it is not known whether it was kept" : "not all was sent";
  return new UnreachableError(`The connection to ${url} was lost: ${reason}: ${state}`, {
    cause,
    hint: isAll
      ? "See there whether it came, before it is sent again. Is the port right?"
      : "Send it again. Is that a server for dictionaries, and is the port right?",
  });
}

function tookTooLong(url: string, timeoutMs: number): TimedOutError {
  return new TimedOutError(
    `${url} has not taken it and answered within ${formatDuration(timeoutMs)}`,
    { hint: "It may have kept it all the same. Give it longer with --timeout." },
  );
}
