import { MAX_CHUNK_BYTES, MAX_LISTED_FILES, MAX_OPEN_CONTENTS } from "../limits/files.ts";
import type { FindFile, ListFiles, ReadFile } from "../wire/file_messages.ts";
import { type Message, type Refusal, RefusalCode } from "../wire/messages.ts";
import type { LazyAnswer } from "./answer.ts";
import type { FilesOptions } from "./files.ts";
import { OpenContents } from "./open_contents.ts";
import type { Peer } from "./peer.ts";

/** What one peer reads. */
interface Reader {
  readonly contents: OpenContents;
  /** Settles with all reads that were begun. Never rejects. */
  reading: Promise<void>;
  hasLeft: boolean;
}

/** Finds files, and reads what is in them. */
export class FileReads {
  readonly #options: Pick<FilesOptions, "store" | "refuse" | "onEvent">;
  readonly #readers = new Map<Peer, Reader>();

  /** Takes where files are, and who is told what happens. */
  constructor(options: Pick<FilesOptions, "store" | "refuse" | "onEvent">) {
    this.#options = options;
  }

  /** What is known of a file. */
  find(peer: Peer, { id }: FindFile): Message {
    try {
      return this.#options.store.file(id) ?? this.#none(peer, id);
    } catch (error) {
      return this.#cannot(`look for the file ${id}`, peer, error, id);
    }
  }

  /** Files in the order of their numbers: half a megabyte for a question of some bytes. */
  list(peer: Peer, request: ListFiles): Refusal | LazyAnswer {
    if (request.limit === 0) {
      const text = "A list of no files was asked for: it would mean that there are no more.";
      return this.#options.refuse(peer, RefusalCode.invalid, text);
    }
    return { kind: "lazy", make: () => Promise.resolve(this.#list(peer, request)) };
  }

  /** A part of a file, when the peer has taken those before it. */
  read(peer: Peer, request: ReadFile): Refusal | LazyAnswer {
    const { id, length } = request;
    if (length < 1 || length > MAX_CHUNK_BYTES) {
      const text = `${length} bytes cannot be read at once: 1 to ${MAX_CHUNK_BYTES} can.`;
      return this.#options.refuse(peer, RefusalCode.invalid, text, id);
    }
    const reader = this.#readerOf(peer);
    const make = () => {
      if (reader.hasLeft) return Promise.resolve(undefined);
      const answer = this.#read(peer, reader, request);
      // Nothing of the answer is held on to.
      reader.reading = Promise.all([reader.reading, answer]).then(() => {});
      return answer;
    };
    return { kind: "lazy", make };
  }

  /** A peer has gone. */
  leave(peer: Peer): void {
    const reader = this.#readers.get(peer);
    if (reader === undefined) return;
    this.#readers.delete(peer);
    reader.hasLeft = true;
    void reader.reading.then(() => reader.contents.closeAll());
  }

  #readerOf(peer: Peer): Reader {
    let reader = this.#readers.get(peer);
    if (reader === undefined) {
      const contents = new OpenContents(this.#options.store, MAX_OPEN_CONTENTS);
      reader = { contents, reading: Promise.resolve(), hasLeft: false };
      this.#readers.set(peer, reader);
    }
    return reader;
  }

  async #read(peer: Peer, { contents }: Reader, request: ReadFile): Promise<Message> {
    const { id, offset, length } = request;
    try {
      const content = await contents.open(id);
      if (content === undefined) return this.#none(peer, id);
      const { size } = content.file;
      if (offset > size) {
        const text = `The file has ${size} bytes: there is nothing at byte ${offset}.`;
        return this.#options.refuse(peer, RefusalCode.invalid, text, id);
      }
      const data = await content.read(offset, length);
      // Most files are read once, from the beginning to the end.
      if (offset + data.length === size) contents.close(id);
      return { kind: "fileChunk", id, offset, data };
    } catch (error) {
      contents.close(id);
      return this.#cannot(`read the file ${id}`, peer, error, id);
    }
  }

  #list(peer: Peer, { after, limit }: ListFiles): Message {
    try {
      const files = this.#options.store.files(after, Math.min(limit, MAX_LISTED_FILES));
      return { kind: "fileList", files };
    } catch (error) {
      return this.#cannot("list the files", peer, error);
    }
  }

  #none(peer: Peer, id: string): Refusal {
    return this.#options.refuse(peer, RefusalCode.notFound, `There is no file ${id}.`, id);
  }

  #cannot(doing: string, peer: Peer, error: unknown, id?: string): Refusal {
    const { onEvent, refuse } = this.#options;
    onEvent({ event: "fault", doing, error });
    return refuse(peer, RefusalCode.failed, `The server cannot ${doing}.`, id);
  }
}
