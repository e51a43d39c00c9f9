import { concat } from "../bytes.ts";
import type { DialectTally } from "../hub/tally.ts";
import { CHAT_FILE_STEP_BYTES, CHAT_WHOLE_FILE_BYTES } from "../limits/chat.ts";
import type { Conn } from "../net/conn.ts";
import { showable } from "../ui.ts";
import type { Content } from "../store/file_store.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import type { ChatFrames } from "./chat_frames.ts";
import { EventQueue } from "./event_queue.ts";

/** What an output needs. */
export interface ChatOutputOptions {
  /** Where it goes. */
  conn: Conn;
  /** Where the bytes that the peer has taken are counted. */
  tally: DialectTally;
  /** Makes the bytes. */
  frames: ChatFrames;
  /** Opens the content of a file; `undefined` when there is none. */
  openContent: (id: string) => Promise<Content | undefined>;
  /** Is told that a file could not be read. */
  onFault: (file: FileInfo, error: unknown) => void;
  /** Is told, once, that nothing can be written any more. */
  onFailed: (error: unknown) => void;
}

/** A file could not be read to its end, and its peer waits for the rest of it. */
export class HalfSentError extends Error {}

/**
 * What waits for a peer of the chat dialect, and its writing: each event by a write of its own, so
 * that programs which take one read for a whole part are mostly right. Files are read as the peer
 * takes them.
 */
export class ChatOutput {
  readonly #options: ChatOutputOptions;
  readonly #events = new EventQueue();
  /** What the server itself says: it goes before the events. */
  #told: Uint8Array[] = [];
  #writing: Promise<void> | undefined;
  /** No more events are taken. */
  #isFinishing = false;
  /** What waited was dropped. */
  #isDropped = false;
  #hasFailed = false;
  /** The system has not taken all of what is to be written. */
  isWaiting = false;
  /** Bytes that the peer has taken. */
  writtenBytes = 0;
  /** A file has been sent in part: until its end all would be taken for bytes of it. */
  #isMidFile = false;

  /** Takes what it needs. */
  constructor(options: ChatOutputOptions) {
    this.#options = options;
  }

  /** Adds an event; gives false when too many wait already. */
  add(event: RoomEvent): boolean {
    if (this.#isFinishing) return true;
    const bytes = this.#options.frames.event(event);
    // The dialect has no form for it.
    if (bytes === undefined) return true;
    if (!this.#events.add(event, bytes.length)) return false;
    this.#begin();
    return true;
  }

  /** Says something in the server's name, before all events that wait. */
  tell(text: string, atMs: number): void {
    if (this.#hasFailed || (this.#isDropped && this.#isMidFile)) return;
    this.#told.push(this.#options.frames.told(text, atMs));
    this.#begin();
  }

  /** Takes no more events. Those that wait are sent: the dialect has no way to ask for them again. */
  finish(): void {
    this.#isFinishing = true;
  }

  /** Takes no more events and drops those that wait; a file under way is not sent to its end. */
  drop(): void {
    this.#isFinishing = true;
    this.#isDropped = true;
    this.#events.clear();
    if (this.#isMidFile) this.#told = [];
  }

  /** Resolves when nothing waits. Never rejects. */
  idle(): Promise<void> {
    return this.#writing ?? Promise.resolve();
  }

  #begin(): void {
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) await next;
    } catch (error) {
      this.#hasFailed = true;
      this.drop();
      this.#told = [];
      this.#options.onFailed(error);
    }
    this.#writing = undefined;
  }

  /** Begins to write what is first; `undefined` when nothing waits. */
  #next(): Promise<void> | undefined {
    const told = this.#told.shift();
    if (told !== undefined) return this.#send([told]);
    const event = this.#events.take(0)[0];
    if (event === undefined) return undefined;
    const { what } = event;
    if (what.type === "file" && this.#options.frames.canSend(what.file)) {
      return this.#sendFile(event, what.file);
    }
    return this.#send([this.#options.frames.event(event)!]);
  }

  async #sendFile(event: RoomEvent, file: FileInfo): Promise<void> {
    const content = await this.#open(file);
    if (content === undefined) return this.#tellLost(event, file);
    try {
      await this.#sendContent(event, file.size, content);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#options.onFault(file, error.cause);
      if (this.#isMidFile) throw new HalfSentError(error.message, { cause: error.cause });
      this.#tellLost(event, file);
    } finally {
      content.close();
    }
  }

  #tellLost({ name, atMs }: RoomEvent, file: FileInfo): void {
    this.tell(`${name} offers ${showable(file.name)}, and it could not be read.`, atMs);
  }

  async #open(file: FileInfo): Promise<Content | undefined> {
    try {
      const content = await this.#options.openContent(file.id);
      if (content !== undefined) return content;
      this.#options.onFault(file, new Error("it is not there any more"));
    } catch (error) {
      this.#options.onFault(file, error);
    }
    return undefined;
  }

  async #sendContent(event: RoomEvent, size: number, content: Content): Promise<void> {
    const { frames } = this.#options;
    const chunkBytes = size <= CHAT_WHOLE_FILE_BYTES ? size : CHAT_FILE_STEP_BYTES;
    // What belongs to the file goes with its first bytes, and with its last.
    let before = [frames.event(event)!];
    for (let at = 0; at < size;) {
      const chunk = await read(content, at, Math.min(chunkBytes, size - at));
      if (this.#isDropped) return;
      at += chunk.length;
      before.push(chunk);
      if (at === size) break;
      this.#isMidFile = true;
      await this.#send(before);
      before = [];
    }
    await this.#send([...before, frames.fileEnd(event)]);
    this.#isMidFile = false;
  }

  /** Writes parts as one. */
  async #send(parts: readonly Uint8Array[]): Promise<void> {
    const { conn, tally } = this.#options;
    let bytes = parts.length === 1 ? parts[0]! : concat(parts);
    this.isWaiting = true;
    while (bytes.length > 0) {
      const count = await conn.write(bytes);
      this.writtenBytes += count;
      tally.sentBytes += count;
      bytes = bytes.subarray(count);
    }
    this.isWaiting = false;
  }
}

/** The content of a file cannot be read; the cause says why. */
class UnreadableError extends Error {}

async function read(content: Content, offset: number, length: number): Promise<Uint8Array> {
  try {
    const bytes = await content.read(offset, length);
    if (bytes.length > 0) return bytes;
  } catch (error) {
    throw new UnreadableError("a file could not be read to its end", { cause: error });
  }
  const cause = new Error(`it ends at byte ${offset}, and should go on`);
  throw new UnreadableError("a file could not be read to its end", { cause });
}
