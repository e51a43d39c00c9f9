import { isSameBytes } from "../bytes.ts";
import { CHUNK_MEMORY_BYTES, MAX_UPLOADS, MAX_WRITING_BYTES } from "../limits/files.ts";
import {
  type AddedFile,
  BusyContentError,
  NoRoomError,
  WrongContentError,
} from "../store/file_store.ts";
import { ConflictError } from "../store/store.ts";
import { formatBytes } from "../units.ts";
import type { FileChunk, FileProgress, PutFile } from "../wire/file_messages.ts";
import { type Message, type Refusal, RefusalCode } from "../wire/messages.ts";
import { fileProblem } from "./file_rules.ts";
import type { FilesOptions } from "./files.ts";
import type { Denial } from "./gate.ts";
import { IncomingFile } from "./incoming_file.ts";
import { type Member, NOT_IN_ROOM } from "./member.ts";
import type { Peer } from "./peer.ts";
import { STOPPING } from "./stopping.ts";

/** The file was refused: what still comes of it was sent before that was known. */
const ENDED = "ended";

/** What one peer puts. */
interface Sender {
  readonly peer: Peer;
  /**
   * By the ids of the files. While it is looked how much of one is there already: what ends that.
   */
  readonly uploads: Map<string, IncomingFile | AbortController | typeof ENDED>;
  /** How many are being looked up, also such as nobody waits for any more. */
  opening: number;
  /** Memory of chunks that are on their way to the disk. */
  writingBytes: number;
  /** Wakes who waits until there are fewer. */
  onRoom: (() => void) | undefined;
  hasLeft: boolean;
}

/** Files on their way into the store. */
export class FileUploads {
  readonly #options: FilesOptions;
  readonly #senders = new Map<Peer, Sender>();
  /** Uploads that end. They never reject. */
  readonly #closing = new Map<IncomingFile, Promise<void>>();
  #isDraining = false;

  /** Takes where files go, and the bounds. */
  constructor(options: FilesOptions) {
    this.#options = options;
  }

  /** A peer begins to put a file, or goes on with one. */
  async begin(peer: Peer, put: PutFile): Promise<Message | undefined> {
    const { id } = put;
    const sender = this.#senderOf(peer);
    this.#end(sender, id);
    const offerer = put.toRoom ? peer.member : undefined;
    const problem = this.#problem(put, sender, offerer);
    if (problem !== undefined) return this.#endWith(sender, id, ...problem);
    const opening = new AbortController();
    sender.uploads.set(id, opening);
    sender.opening++;
    let file: IncomingFile | undefined;
    try {
      file = await this.#open(put, offerer, opening.signal).finally(() => sender.opening--);
      if (opening.signal.aborted) {
        this.#close(file);
        return this.#notOpened(sender, id);
      }
      sender.uploads.set(id, file);
      if (file.isWhole) return await this.#keep(sender, file, await file.finish());
      return this.#progress(id, file.durableBytes);
    } catch (error) {
      if (opening.signal.aborted) return this.#notOpened(sender, id);
      return this.#fail(sender, id, file ?? opening, error);
    }
  }

  async #open(
    put: PutFile,
    offerer: Member | undefined,
    signal: AbortSignal,
  ): Promise<IncomingFile> {
    const { size, sha256 } = put;
    await this.#closed(sha256);
    const upload = await this.#options.store.openUpload({ size, sha256 }, signal);
    return new IncomingFile(put, upload, offerer);
  }

  /** What is said of a file that was ended before it was known how much of it is there. */
  #notOpened(sender: Sender, id: string): Refusal | undefined {
    if (this.#isDraining && !sender.hasLeft) return this.#endWith(sender, id, ...STOPPING);
    // Who has begun it anew, or sent a chunk too early, has an answer to that.
    return undefined;
  }

  /** The next chunk of a file has come. */
  take(
    peer: Peer,
    { id, offset, data }: FileChunk,
  ): Message | Promise<Message | undefined> | undefined {
    const sender = this.#senderOf(peer);
    const file = sender.uploads.get(id);
    if (file === ENDED) return undefined;
    if (this.#isDraining && file === undefined) return this.#endWith(sender, id, ...STOPPING);
    if (!(file instanceof IncomingFile)) {
      const text = "A chunk came, and no PutFile before it that was answered.";
      return this.#endWith(sender, id, RefusalCode.invalid, text);
    }
    if (data.length === 0) {
      this.#end(sender, id);
      return undefined;
    }
    const problem = file.chunkProblem(offset, data.length);
    if (problem !== undefined) return this.#endWith(sender, id, RefusalCode.invalid, problem);
    return this.#write(sender, file, data);
  }

  /** Resolves when more may be read of a peer; `undefined`: now. */
  whenReady(peer: Peer): Promise<void> | undefined {
    const sender = this.#senders.get(peer);
    if (sender === undefined || sender.writingBytes < MAX_WRITING_BYTES) return undefined;
    return new Promise((resolve) => sender.onRoom = resolve);
  }

  /** A peer has gone. */
  leave(peer: Peer): void {
    const sender = this.#senders.get(peer);
    if (sender === undefined) return;
    this.#senders.delete(peer);
    sender.hasLeft = true;
    for (const id of [...sender.uploads.keys()]) this.#end(sender, id);
  }

  /** Ends all uploads but those that are whole: these are waited for, as other requests are. */
  drain(): void {
    this.#isDraining = true;
    for (const sender of this.#senders.values()) {
      for (const [id, file] of [...sender.uploads]) {
        if (!(file instanceof IncomingFile && file.isWhole)) this.#end(sender, id);
      }
    }
  }

  /** Resolves when what has come of the uploads that ended is durable. Never rejects. */
  async finished(): Promise<void> {
    while (this.#closing.size > 0) await Promise.all(this.#closing.values());
  }

  #senderOf(peer: Peer): Sender {
    let sender = this.#senders.get(peer);
    if (sender === undefined) {
      sender = {
        peer,
        uploads: new Map(),
        opening: 0,
        writingBytes: 0,
        onRoom: undefined,
        hasLeft: false,
      };
      this.#senders.set(peer, sender);
    }
    return sender;
  }

  #problem(put: PutFile, sender: Sender, offerer: Member | undefined): Denial | undefined {
    const problem = fileProblem(put);
    if (problem !== undefined) return [RefusalCode.invalid, problem];
    const { maxFileBytes } = this.#options;
    if (put.size > maxFileBytes) {
      const most = formatBytes(maxFileBytes);
      const text = `The file has ${put.size} bytes: this server keeps files of at most ${most}.`;
      return [RefusalCode.tooLarge, text];
    }
    if (put.toRoom && !offerer?.isPresent) return NOT_IN_ROOM;
    const running = sender.opening +
      Array.from(sender.uploads.values()).filter((it) => it instanceof IncomingFile).length;
    if (running < MAX_UPLOADS) return undefined;
    return [RefusalCode.failed, `${running} files of this connection are being put already.`];
  }

  async #write(
    sender: Sender,
    file: IncomingFile,
    data: Uint8Array,
  ): Promise<Message | undefined> {
    const bytes = data.length + CHUNK_MEMORY_BYTES;
    sender.writingBytes += bytes;
    const onWritten = () => {
      sender.writingBytes -= bytes;
      if (sender.writingBytes < MAX_WRITING_BYTES) sender.onRoom?.();
    };
    try {
      const result = await file.write(data, onWritten);
      if (result === undefined) return undefined;
      if ("file" in result) return await this.#keep(sender, file, result);
      return this.#progress(file.put.id, result.durableBytes);
    } catch (error) {
      return this.#fail(sender, file.put.id, file, error);
    }
  }

  #progress(id: string, durableBytes: number): FileProgress {
    const { maxChunkBytes } = this.#options;
    return { kind: "fileProgress", id, durableBytes, maxChunkBytes };
  }

  /** Tells of a file that is kept, and offers it. */
  async #keep(
    sender: Sender,
    { put: { id }, offerer }: IncomingFile,
    { file, duplicate }: AddedFile,
  ): Promise<Message> {
    this.#end(sender, id);
    this.#options.onEvent({ event: "file", peer: sender.peer.info, file, duplicate });
    // Before the receipt: a sender that gets none puts it again, and then it is offered.
    const offered = await offerer?.offer(file);
    if (offered !== undefined && !("kind" in offered)) {
      return this.#options.refuse(sender.peer, ...offered, id);
    }
    return { kind: "receipt", id, storedAtMs: file.storedAtMs, duplicate };
  }

  #fail(
    sender: Sender,
    id: string,
    file: IncomingFile | AbortController,
    error: unknown,
  ): Message | undefined {
    // Of several chunks that failed together the first has told it.
    if (sender.uploads.get(id) !== file) return undefined;
    if (file instanceof IncomingFile && file.isTakenOver) {
      const text = "Somebody else has begun to put the same content, and goes on with it.";
      return this.#endWith(sender, id, RefusalCode.busy, text);
    }
    if (error instanceof BusyContentError) {
      return this.#endWith(sender, id, RefusalCode.busy, `${error.message}.`);
    }
    if (error instanceof WrongContentError) {
      const text = `${error.message}. Nothing of it was kept.`;
      return this.#endWith(sender, id, RefusalCode.invalid, text);
    }
    if (error instanceof NoRoomError) {
      return this.#endWith(sender, id, RefusalCode.tooLarge, `${error.message}.`);
    }
    if (error instanceof ConflictError) {
      return this.#endWith(sender, id, RefusalCode.invalid, `${error.message}.`);
    }
    this.#options.onEvent({ event: "fault", doing: `store the file ${id}`, error });
    const text = "The server could not store the file. Try again later.";
    return this.#endWith(sender, id, RefusalCode.failed, text);
  }

  #endWith(sender: Sender, id: string, ...[code, text]: Denial): Refusal {
    this.#end(sender, id);
    // More chunks of it may be on their way, and each of them would be refused.
    sender.uploads.set(id, ENDED);
    forgetOldest(sender.uploads);
    return this.#options.refuse(sender.peer, code, text, id);
  }

  #end({ uploads }: Sender, id: string): void {
    const file = uploads.get(id);
    uploads.delete(id);
    if (file instanceof IncomingFile) this.#close(file);
    else if (file !== ENDED) file?.abort();
  }

  #close(file: IncomingFile): void {
    const doing = `end the upload of the file ${file.put.id}`;
    const closed = file.close()
      .catch((error) => this.#options.onEvent({ event: "fault", doing, error }))
      .finally(() => this.#closing.delete(file));
    this.#closing.set(file, closed);
  }

  /** Resolves when no upload of that content is ending. */
  async #closed(sha256: Uint8Array): Promise<void> {
    for (const [{ put }, closed] of [...this.#closing]) {
      if (isSameBytes(put.sha256, sha256)) await closed;
    }
  }
}

/** Of the files that were refused only as many are remembered as could be put at once. */
function forgetOldest(uploads: Sender["uploads"]): void {
  const ended = Array.from(uploads).filter(([, upload]) => upload === ENDED);
  if (ended.length > MAX_UPLOADS) uploads.delete(ended[0]![0]);
}
