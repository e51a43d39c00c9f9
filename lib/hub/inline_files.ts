import {
  type AddedFile,
  type Content,
  type FileStore,
  type NewFile,
  NoRoomError,
  type Upload,
} from "../store/file_store.ts";
import { formatBytes } from "../units.ts";
import { RefusalCode } from "../wire/messages.ts";
import type { HubEvent } from "./events.ts";
import type { Denial } from "./gate.ts";
import { type Member, NOT_IN_ROOM, type Said } from "./member.ts";
import type { Peer } from "./peer.ts";

/** Bytes that are written at once of a file that is whole: what holds up nobody. */
const STEP_BYTES = 1024 * 1024;

/** What it takes to keep files that come in the midst of what is said. */
export interface InlineFilesOptions {
  /** Where files are kept. */
  store: FileStore;
  /** The longest file that is kept. */
  maxFileBytes: number;
  /** Is told what happens. */
  onEvent: (event: HubEvent) => void;
  /** Why a peer may not send one now, if so: it cannot chat, or the server stops. */
  deny: (peer: Peer) => Denial | undefined;
}

/** Files of dialects that have no messages for them: they come and go in the midst of what is said. */
export class InlineFiles {
  readonly #options: InlineFilesOptions;

  /** Takes where files are kept, who is told of them, and who may send them. */
  constructor(options: InlineFilesOptions) {
    this.#options = options;
  }

  /**
   * Begins to take a file that a member sends, whose hash only its end will tell, or says why it is
   * not kept. Never rejects.
   */
  async begin(
    { peer, isPresent }: Member,
    { name, size }: { name: string; size: number },
  ): Promise<Upload | Denial> {
    const denial = isPresent ? this.#options.deny(peer) : NOT_IN_ROOM;
    if (denial !== undefined) return denial;
    try {
      return await this.#options.store.openUpload({ size });
    } catch (error) {
      return this.cannot(name, error);
    }
  }

  /**
   * All of a file has come: keeps it and offers it to the room, both or none, as far as can be known
   * before. A server that stops waits for it. Never rejects.
   */
  async offer(member: Member, upload: Upload, file: NewFile): Promise<Said> {
    return await member.offerKept(async () => {
      try {
        const added = await upload.finish(file);
        this.#options.onEvent({ event: "file", peer: member.peer.info, ...added });
        return added.file;
      } catch (error) {
        return this.cannot(file.name, error);
      }
    });
  }

  /**
   * Keeps a file that is whole and offers it to nobody; one that is kept under its id already stays as
   * it is. Whether its sender may was asked before. Never rejects.
   */
  async keep({ info }: Peer, file: NewFile, content: Uint8Array): Promise<AddedFile | Denial> {
    const { store, maxFileBytes, onEvent } = this.#options;
    if (content.length > maxFileBytes) {
      const most = formatBytes(maxFileBytes);
      const text = `It has ${content.length} bytes: this server keeps files of at most ${most}.`;
      return [RefusalCode.tooLarge, text];
    }
    try {
      const before = store.file(file.id);
      const added = before === undefined
        ? await this.#add(file, content)
        : { file: before, duplicate: true };
      onEvent({ event: "file", peer: info, ...added });
      return added;
    } catch (error) {
      return this.cannot(file.name, error);
    }
  }

  async #add(file: NewFile, content: Uint8Array): Promise<AddedFile> {
    const upload = await this.#options.store.openUpload({ size: content.length });
    try {
      for (let at = 0; at < content.length; at += STEP_BYTES) {
        await upload.write(content.subarray(at, at + STEP_BYTES));
      }
      return await upload.finish(file);
    } finally {
      await upload.close();
    }
  }

  /** Opens the content of a file that was offered to the room; `undefined` when there is none. */
  open(id: string): Promise<Content | undefined> {
    return this.#options.store.openContent(id);
  }

  /** Tells the world that a file of that name could not be stored, and makes what its sender is told. */
  cannot(name: string, error: unknown): Denial {
    if (error instanceof NoRoomError) return [RefusalCode.tooLarge, `${error.message}.`];
    this.#options.onEvent({
      event: "fault",
      doing: `store the file ${JSON.stringify(name)}`,
      error,
    });
    return [RefusalCode.failed, "The server could not store the file. Try again later."];
  }
}
