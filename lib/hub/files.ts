/**
 * What a server does with files, without sockets: who may put and read them, and what becomes of
 * it.
 *
 * @module
 */

import type { FileStore } from "../store/file_store.ts";
import type { FileChunk, FindFile, ListFiles, PutFile, ReadFile } from "../wire/file_messages.ts";
import type { Refusal, RefusalCode } from "../wire/messages.ts";
import type { Answer } from "./answer.ts";
import type { HubEvent } from "./events.ts";
import { FileReads } from "./file_reads.ts";
import { FileUploads } from "./file_uploads.ts";
import type { Gate } from "./gate.ts";
import type { Peer } from "./peer.ts";

/** A message that files are put or asked for with. */
export type FileRequest = PutFile | FileChunk | ListFiles | FindFile | ReadFile;

/** What a server needs to serve files, and its bounds. */
export interface FilesOptions {
  /** Where files are kept. */
  store: FileStore;
  /** The longest file that is kept. */
  maxFileBytes: number;
  /** The longest chunk that is taken. */
  maxChunkBytes: number;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string, id?: string) => Refusal;
  /** Is told what happens. */
  onEvent: (event: HubEvent) => void;
}

/** Answers all that peers say of files. */
export class Files {
  readonly #gate: Gate;
  readonly #refuse: FilesOptions["refuse"];
  readonly #uploads: FileUploads;
  readonly #reads: FileReads;

  /** Takes who is trusted, where files are, and the bounds. */
  constructor(gate: Gate, options: FilesOptions) {
    this.#gate = gate;
    this.#refuse = options.refuse;
    this.#uploads = new FileUploads(options);
    this.#reads = new FileReads(options);
  }

  /** Acts on a message. */
  handle(peer: Peer, message: FileRequest): Answer {
    const denial = this.#gate.files(peer);
    if (denial !== undefined) {
      return this.#refuse(peer, ...denial, "id" in message ? message.id : undefined);
    }
    switch (message.kind) {
      case "putFile":
        return this.#uploads.begin(peer, message);
      case "fileChunk":
        return this.#uploads.take(peer, message);
      case "readFile":
        return this.#reads.read(peer, message);
      case "findFile":
        return this.#reads.find(peer, message);
      case "listFiles":
        return this.#reads.list(peer, message);
    }
  }

  /** Resolves when more may be read of a peer; `undefined`: now. */
  whenReady(peer: Peer): Promise<void> | undefined {
    return this.#uploads.whenReady(peer);
  }

  /** A peer has gone: what has come of its files is kept for when they are put again. */
  leave(peer: Peer): void {
    this.#uploads.leave(peer);
    this.#reads.leave(peer);
  }

  /** The server begins to stop: uploads end, but for those that only wait for their receipt. */
  drain(): void {
    this.#uploads.drain();
  }

  /** Resolves when what has come of the uploads that ended is durable. Never rejects. */
  async finished(): Promise<void> {
    await this.#uploads.finished();
  }
}
