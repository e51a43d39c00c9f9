/**
 * The room of a server that speaks the protocol of proto/wagons.proto.
 *
 * @module
 */

import { basename } from "node:path";
import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { ProtocolError, TimedOutError, UnreachableError } from "../errors.ts";
import { ANSWER_TIMEOUT_MS } from "../limits/client.ts";
import { MAX_WAITING_EVENTS } from "../limits/room.ts";
import { formatDuration } from "../units.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { type Message, type Received, type Refusal, RefusalCode } from "../wire/messages.ts";
import type { History, HistoryRequest, Members, RoomEvent } from "../wire/room_messages.ts";
import { refused } from "./failures.ts";
import type { FileChannel } from "./file_channel.ts";
import { hashFile } from "./local_file.ts";
import { Mailbox } from "./mailbox.ts";
import { putFile } from "./put_file.ts";
import { readFile } from "./read_file.ts";
import type { RoomLink, TransferOptions } from "./room_link.ts";
import { saveFile } from "./save_file.ts";
import { WireConnection, type WireConnectionOptions } from "./wire_connection.ts";

/** How to connect, and as whom. */
export interface RoomConnectionOptions extends WireConnectionOptions {
  /** The wanted name. */
  name: string;
  /** How long an answer may take. Default: {@linkcode ANSWER_TIMEOUT_MS}. */
  answerTimeoutMs?: number;
}

/** One file's way through a connection that it shares with the talk of the room. */
interface Channel {
  readonly mailbox: Mailbox<Received>;
  /** Answers that are still to come to one of the same id that was given up: they are dropped. */
  late: number;
}

/** A request that waits for its answer. */
type Pending = PromiseWithResolvers<Received>;

/**
 * One connection to the room of a server. Somebody has to go on calling {@linkcode next}: while a
 * thousand events wait to be taken nothing is read, and no answers come either.
 */
export class RoomConnection implements RoomLink {
  /** See {@linkcode RoomLink}. */
  readonly url: string;
  /** See {@linkcode RoomLink}. */
  readonly name: string;
  /** See {@linkcode RoomLink}. */
  readonly last: number;
  readonly #wire: WireConnection;
  readonly #answerTimeoutMs: number;
  readonly #events: Mailbox<RoomEvent>;
  /** What was said and has no receipt yet, by its id. */
  readonly #saying = new Map<string, Pending>();
  readonly #channels = new Map<string, Channel>();
  /** How many parts of a file were asked for and have not come, by its id. */
  readonly #reading = new Map<string, number>();
  /** The question that is asked: a Refusal without an id is its answer, so there is one at a time. */
  #asking: Pending | undefined;
  /** The last of the questions, in their order. Never rejects. */
  #lastQuestion: Promise<unknown> = Promise.resolve();
  /** Lets the reader go on. */
  #resume: (() => void) | undefined;
  #failure: Error | undefined;

  private constructor(
    wire: WireConnection,
    url: string,
    joined: { readonly name: string; readonly last: number },
    answerTimeoutMs: number,
  ) {
    this.#wire = wire;
    this.url = url;
    this.name = joined.name;
    this.last = joined.last;
    this.#answerTimeoutMs = answerTimeoutMs;
    this.#events = new Mailbox(() => this.#resume?.());
    void this.#read();
  }

  /**
   * Connects and joins the room.
   *
   * @throws what {@linkcode WireConnection.open} and {@linkcode WireConnection.request} throw.
   */
  static async join(endpoint: Endpoint, options: RoomConnectionOptions): Promise<RoomConnection> {
    const { name, answerTimeoutMs = ANSWER_TIMEOUT_MS, ...how } = options;
    const wire = await WireConnection.open(endpoint, how);
    const close = () => wire.close();
    how.signal?.addEventListener("abort", close);
    try {
      const joined = await wire.request({ kind: "join", name }, "joined", answerTimeoutMs);
      return new RoomConnection(wire, formatEndpoint(endpoint), joined, answerTimeoutMs);
    } catch (error) {
      how.signal?.throwIfAborted();
      throw error;
    } finally {
      how.signal?.removeEventListener("abort", close);
    }
  }

  /** See {@linkcode RoomLink}. */
  next(): Promise<RoomEvent> {
    return this.#events.take();
  }

  /**
   * Says something. Resolves when it is on the server's disk.
   *
   * @throws {ServerRefusedError} when the server refuses it; {@linkcode TimedOutError}, and then the
   * connection is closed; {@linkcode UnreachableError} when it is lost.
   */
  async say(id: string, text: string): Promise<void> {
    const before = this.#saying.get(id);
    if (before !== undefined) return void await before.promise;
    const pending = Promise.withResolvers<Received>();
    this.#saying.set(id, pending);
    try {
      await this.#request({ kind: "say", id, text }, pending);
    } finally {
      this.#saying.delete(id);
    }
  }

  /** See {@linkcode RoomLink}. Throws the same as {@linkcode say}. */
  async who(): Promise<Members> {
    const answer = await this.#ask({ kind: "who" });
    if (answer.kind === "members") return answer;
    throw this.#fail(this.#unexpected(answer));
  }

  /** See {@linkcode RoomLink}. Throws the same as {@linkcode say}. */
  async history(request: HistoryRequest): Promise<History> {
    const answer = await this.#ask(request);
    if (answer.kind === "history") return answer;
    throw this.#fail(this.#unexpected(answer));
  }

  /** See {@linkcode RoomLink}. Throws what {@linkcode hashFile} and {@linkcode putFile} throw. */
  async offer(id: string, path: string, options: TransferOptions = {}): Promise<void> {
    const { signal } = options;
    const local = await hashFile(path, signal === undefined ? {} : { signal });
    using channel = this.channel(id);
    const wish = { id, name: basename(path), source: this.name, toRoom: true };
    await putFile(channel, local, wish, options);
  }

  /** See {@linkcode RoomLink}. Throws what {@linkcode saveFile} and {@linkcode readFile} throw. */
  async save(file: FileInfo, folder: string, options: TransferOptions = {}): Promise<string> {
    const { signal } = options;
    using channel = this.channel(file.id);
    const how = signal === undefined ? {} : { signal };
    return await saveFile(file, { folder }, async (from, take) => {
      for await (const bytes of readFile(channel, file, from, how)) await take(bytes);
    }, options);
  }

  /**
   * The messages that have this id, for who transfers a file: those that come from now on, until it
   * is disposed, without the parts that somebody else has asked for before. There is one channel of
   * an id at a time.
   */
  channel(id: string): FileChannel & Disposable {
    const mailbox = new Mailbox<Received>();
    if (this.#failure !== undefined) mailbox.end(this.#failure);
    this.#channels.set(id, { mailbox, late: this.#reading.get(id) ?? 0 });
    return {
      url: this.url,
      send: (message) => {
        if (message.kind === "readFile") this.#reading.set(id, (this.#reading.get(id) ?? 0) + 1);
        return this.#wire.send(message);
      },
      receive: () => mailbox.take(),
      [Symbol.dispose]: () => void this.#channels.delete(id),
    };
  }

  /** See {@linkcode RoomLink}: what the server has it has confirmed, so there is nothing to do. */
  finish(): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /** See {@linkcode RoomLink}. */
  close(): void {
    this.#fail(new UnreachableError(`The connection to ${this.url} was closed`));
  }

  /** Asks a question, behind those that are asked already. */
  #ask(message: Message): Promise<Received> {
    const answer = this.#lastQuestion.then(async () => {
      this.#asking = Promise.withResolvers();
      try {
        return await this.#request(message, this.#asking);
      } finally {
        this.#asking = undefined;
      }
    });
    this.#lastQuestion = answer.catch(() => {
      // Its own caller is told.
    });
    return answer;
  }

  async #request(message: Message, { promise }: Pending): Promise<Received> {
    const timer = setTimeout(() => {
      const text = `${this.url} gave no answer within ${formatDuration(this.#answerTimeoutMs)}`;
      this.#fail(new TimedOutError(text));
    }, this.#answerTimeoutMs);
    try {
      if (this.#failure !== undefined) throw this.#failure;
      this.#wire.send(message).catch(() => {
        // The reader is told too, and first of what the server has said before it closed.
      });
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Never rejects. */
  async #read(): Promise<void> {
    try {
      while (this.#failure === undefined) {
        this.#take(await this.#wire.receive());
        if (this.#events.length < MAX_WAITING_EVENTS) continue;
        await new Promise<void>((resolve) => this.#resume = resolve);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #take(message: Received): void {
    switch (message.kind) {
      case "roomEvent":
        return this.#events.put(message);
      case "refusal":
        return this.#takeRefusal(message);
      case "members":
      case "history":
        if (this.#asking === undefined) throw this.#unexpected(message);
        return this.#asking.resolve(message);
      case "receipt": {
        const said = this.#saying.get(message.id);
        if (said !== undefined) return said.resolve(message);
        return this.#deliver(message.id, message);
      }
      case "fileChunk":
        return this.#deliverPart(message.id, message);
      case "fileProgress":
      case "fileInfo":
        return this.#deliver(message.id, message);
      case "unknown":
        // A newer server may have more to tell.
        return;
      default:
        throw this.#unexpected(message);
    }
  }

  /** Without a channel it is about a transfer that was given up. */
  #deliver(id: string, message: Received): void {
    this.#channels.get(id)?.mailbox.put(message);
  }

  /** A part of a file, or why there is none: they come in the order that they were asked for in. */
  #deliverPart(id: string, message: Received): void {
    const asked = this.#reading.get(id) ?? 0;
    if (asked > 1) this.#reading.set(id, asked - 1);
    else this.#reading.delete(id);
    const channel = this.#channels.get(id);
    if (channel !== undefined && channel.late > 0) channel.late--;
    else this.#deliver(id, message);
  }

  #takeRefusal(refusal: Refusal): void {
    const { id, code, text } = refusal;
    if (id !== undefined) {
      const said = this.#saying.get(id);
      if (said !== undefined) return said.reject(refused(this.url, code, text));
      return this.#deliverPart(id, refusal);
    }
    const error = refused(this.url, code, text);
    if (this.#asking === undefined || code === RefusalCode.tooSlow) throw error;
    this.#asking.reject(error);
  }

  #unexpected({ kind }: Received): ProtocolError {
    return new ProtocolError(`${this.url} sent a ${kind} that nobody had asked for`, {
      hint: "Is that a wagons server?",
    });
  }

  /** The connection is over: all that waits for it fails. The first reason counts, and is given. */
  #fail(error: Error): Error {
    if (this.#failure !== undefined) return this.#failure;
    this.#failure = error;
    this.#wire.close();
    this.#resume?.();
    this.#events.end(error);
    for (const { mailbox } of this.#channels.values()) mailbox.end(error);
    for (const { reject } of this.#saying.values()) reject(error);
    this.#asking?.reject(error);
    return error;
  }
}
