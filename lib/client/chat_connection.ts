import { createHash, type Hash } from "node:crypto";
import { chatForm } from "../chat_endpoint.ts";
import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { ProtocolError, reasonOf, UnreachableError, UsageError } from "../errors.ts";
import { CHAT_LEAVE_TIMEOUT_MS, MAX_CHAT_FILE_BYTES, MAX_CHAT_TEXT_BYTES } from "../limits/chat.ts";
import type { Conn } from "../net/conn.ts";
import { newId } from "../new_id.ts";
import { showable } from "../ui.ts";
import { ChatDecoder, type ChatPart } from "../wire/chat_decoder.ts";
import { ChatEncoder } from "../wire/chat_encoder.ts";
import { parseChatTime } from "../wire/chat_grammar.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import type { Happening, RoomEvent } from "../wire/room_messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { ChatSender } from "./chat_sender.ts";
import type { ChatSpool, SpooledFile } from "./chat_spool.ts";
import { dialTcp } from "./dial.ts";
import type { RoomLink, TransferOptions } from "./room_link.ts";

/** How to join a chat. */
export interface ChatConnectionOptions {
  /** The name to join by. */
  name: string;
  /** Where files that come are kept until they are saved. Default: they are read and dropped. */
  spool?: ChatSpool | undefined;
  /** The longest file that is taken and sent. Default: {@linkcode MAX_CHAT_FILE_BYTES}. */
  maxFileBytes?: number;
  /** Default: `CONNECT_TIMEOUT_MS`. */
  connectTimeoutMs?: number;
  /** Gives up connecting. */
  signal?: AbortSignal;
}

const READ_BYTES = 64 * 1024;
/** A file that is coming. */
interface Coming {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly hash: Hash;
  /** Where it is written to; none when it is dropped. */
  readonly kept: SpooledFile | undefined;
}

/** A client of system C's chat, or of a server that speaks the same. */
export class ChatConnection implements RoomLink {
  /** See {@linkcode RoomLink}. */
  readonly url: string;
  /** See {@linkcode RoomLink}. The server may have given this member another one: it does not tell. */
  readonly name: string;
  /** See {@linkcode RoomLink}: events have no numbers here. */
  readonly last: undefined = undefined;
  readonly #conn: Conn;
  readonly #decoder: ChatDecoder;
  readonly #sender: ChatSender;
  readonly #spool: ChatSpool | undefined;
  readonly #buffer = new Uint8Array(READ_BYTES);
  /** What a read has brought and nobody has asked for yet. Bytes of files are in the buffer. */
  #parts: ChatPart[] = [];
  /** What came behind these and is not the dialect. */
  #broken: WireError | undefined;
  /** The event that is coming. */
  #user = "";
  #what: Happening | undefined;
  #coming: Coming | undefined;
  /** Why nothing works any more. */
  #lost: Error | undefined;
  readonly #ended = Promise.withResolvers<void>();

  private constructor(conn: Conn, endpoint: Endpoint, options: ChatConnectionOptions) {
    this.#conn = conn;
    this.url = formatEndpoint(endpoint);
    this.name = options.name;
    const form = {
      ...chatForm(endpoint),
      maxTextBytes: MAX_CHAT_TEXT_BYTES,
      maxFileBytes: options.maxFileBytes ?? MAX_CHAT_FILE_BYTES,
    };
    this.#decoder = new ChatDecoder({ ...form, sender: "server" });
    this.#sender = new ChatSender({
      encoder: new ChatEncoder(form),
      write: (bytes) => this.#write(bytes),
      onCut: (error) => this.#lose(this.#unreachable("a file was not sent to its end", error)),
    });
    this.#spool = options.spool;
  }

  /**
   * Connects to a `chat://` server and says the name.
   *
   * @throws {UnreachableError} when nobody is there, and the signal's reason when it is aborted.
   */
  static async connect(
    endpoint: Endpoint,
    options: ChatConnectionOptions,
  ): Promise<ChatConnection> {
    const { connectTimeoutMs, signal } = options;
    const conn = await dialTcp(endpoint, {
      ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
      ...(signal === undefined ? {} : { signal }),
    });
    const connection = new ChatConnection(conn, endpoint, options);
    try {
      await connection.#sender.introduce(options.name);
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  /** See {@linkcode RoomLink}. One call at a time; nothing is read while there is none. */
  async next(): Promise<RoomEvent> {
    for (;;) {
      const part = this.#parts.shift();
      if (part === undefined) {
        await this.#read();
        continue;
      }
      const event = await this.#tryToTake(part);
      if (event !== undefined) return event;
    }
  }

  async #read(): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    if (this.#broken !== undefined) throw this.#lose(notChat(this.url, this.#broken));
    let count: number | null;
    try {
      count = await this.#conn.read(this.#buffer);
    } catch (error) {
      throw this.#lose(this.#unreachable(reasonOf(error), error));
    }
    if (count === null) throw this.#lose(this.#unreachable("the server closed it"));
    try {
      this.#decoder.decode(this.#buffer.subarray(0, count), (part) => this.#parts.push(part));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#broken = error;
    }
  }

  async #tryToTake(part: ChatPart): Promise<RoomEvent | undefined> {
    try {
      return await this.#take(part);
    } catch (error) {
      // The rest of a file that cannot be kept would have to be read all the same.
      throw this.#lose(
        new UsageError(`Cannot keep a file that came from ${this.url}: ${reasonOf(error)}`, {
          cause: error,
          hint: "Make room where temporary files are, or name another place with TMPDIR.",
        }),
      );
    }
  }

  /** Acts on a part; gives the event that it completes. */
  async #take(part: ChatPart): Promise<RoomEvent | undefined> {
    switch (part.type) {
      case "user":
        this.#user = part.text;
        return undefined;
      case "message":
        this.#what = { type: "text", text: part.text };
        return undefined;
      case "file":
        this.#coming = await this.#begin(part.name, part.size);
        return undefined;
      case "bytes": {
        const { hash, kept } = this.#coming!;
        hash.update(part.bytes);
        await kept?.write(part.bytes);
        return undefined;
      }
      case "fileEnd":
        this.#what = { type: "file", file: this.#fileInfo(this.#coming!) };
        this.#coming = undefined;
        return undefined;
      case "time":
        return this.#event(part.text);
    }
  }

  async #begin(name: string, size: number): Promise<Coming> {
    const id = newId();
    const kept = await this.#spool?.begin(id, size);
    if (this.#lost !== undefined) {
      kept?.[Symbol.dispose]();
      throw this.#lost;
    }
    return { id, name, size, hash: createHash("sha256"), kept };
  }

  #fileInfo({ id, name, size, hash, kept }: Coming): FileInfo {
    kept?.finish();
    return {
      kind: "fileInfo",
      id,
      name,
      size,
      sha256: new Uint8Array(hash.digest()),
      source: this.#user,
      storedAtMs: Date.now(),
      number: 0,
    };
  }

  #event(time: string): RoomEvent {
    // A clock that says nothing sensible is no reason to lose what was said.
    const atMs = parseChatTime(time) ?? Date.now();
    const event = { atMs, name: this.#user, dialect: "chat", what: this.#what! };
    return { kind: "roomEvent", number: 0, ...event };
  }

  /** See {@linkcode RoomLink}. It resolves when it is sent: the dialect has no receipts. */
  async say(_id: string, text: string): Promise<void> {
    await this.#sender.say(text);
  }

  /**
   * See {@linkcode RoomLink}. It resolves when it is sent: the dialect has no receipts.
   *
   * @throws {UsageError} when it cannot be read or is too long for the dialect. When it is given up
   * in the middle, the connection is lost.
   */
  async offer(id: string, path: string, options: TransferOptions = {}): Promise<void> {
    await this.#sender.offer(id, path, options);
  }

  /**
   * See {@linkcode RoomLink}.
   *
   * @throws {UsageError} when it is not kept, or cannot be written there.
   */
  async save(file: FileInfo, folder: string, options: TransferOptions = {}): Promise<string> {
    if (this.#spool !== undefined) return await this.#spool.save(file, folder, options);
    throw new UsageError(`${showable(file.name)} was not kept when it came`);
  }

  /** See {@linkcode RoomLink}: there is no such question. */
  who(): undefined {}

  /** See {@linkcode RoomLink}: there is no such question. */
  history(): undefined {}

  /**
   * See {@linkcode RoomLink}. With something unread a plain close would be a reset, which can
   * overtake what was said last: so the server is told that no more comes, and gets
   * {@linkcode CHAT_LEAVE_TIMEOUT_MS} to close too.
   */
  async finish(): Promise<void> {
    await this.#sender.idle();
    const timer = setTimeout(() => this.close(), CHAT_LEAVE_TIMEOUT_MS);
    try {
      await this.#conn.closeWrite();
      await this.#ended.promise;
    } catch {
      // It is lost already: there is nothing to wait for.
    } finally {
      clearTimeout(timer);
      this.close();
    }
  }

  /** See {@linkcode RoomLink}. */
  close(): void {
    this.#lose(this.#unreachable("it was closed here"));
    this.#coming?.kept?.[Symbol.dispose]();
    this.#coming = undefined;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    try {
      while (bytes.length > 0) bytes = bytes.subarray(await this.#conn.write(bytes));
    } catch (error) {
      throw this.#lose(this.#unreachable(reasonOf(error), error));
    }
  }

  /** From now on nothing works, for that reason or an earlier one, which it gives. */
  #lose(error: Error): Error {
    if (this.#lost === undefined) {
      this.#lost = error;
      this.#conn.close();
      this.#ended.resolve();
    }
    return this.#lost;
  }

  #unreachable(why: string, cause?: unknown): UnreachableError {
    return new UnreachableError(`The connection to ${this.url} is lost: ${why}`, {
      ...(cause === undefined ? {} : { cause }),
      hint: "Is the server still running? Connect again.",
    });
  }
}

function notChat(url: string, error: WireError): ProtocolError {
  return new ProtocolError(`${url} sent what is not system C's chat: ${error.message}`, {
    cause: error,
    hint: "Are the header's length and the encoding in the URL the server's?",
  });
}
