import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { MAX_CHAT_SPOOL_BYTES } from "../limits/chat.ts";
import { showable } from "../ui.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { saveFile } from "./save_file.ts";
import { SpoolFolder } from "./spool_folder.ts";
import type { TransferOptions } from "./room_link.ts";

const READ_BYTES = 1024 * 1024;

/** Where files are kept that nobody has asked for, and how much of them. */
export interface ChatSpoolOptions {
  /** A folder for temporary files; a folder of its own is made in there when the first file comes. */
  folder: string;
  /** Bytes of files: when there are more, the oldest ones are removed. Default: {@linkcode MAX_CHAT_SPOOL_BYTES}. */
  maxBytes?: number;
}

/**
 * The files that came with the messages of a chat, over as many connections as it takes. They lie
 * in a folder of their own until they are pushed out by newer ones, or the chat ends.
 */
export class ChatSpool implements Disposable {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** Its own folder, which is made but once. */
  #making: Promise<SpoolFolder> | undefined;
  #own: SpoolFolder | undefined;
  /** Sizes by the ids of the files, the oldest first. */
  readonly #sizes = new Map<string, number>();
  #bytes = 0;
  #hasEnded = false;

  private constructor({ folder, maxBytes = MAX_CHAT_SPOOL_BYTES }: ChatSpoolOptions) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** Makes one, and removes what those have left whose processes have died. */
  static async open(options: ChatSpoolOptions): Promise<ChatSpool> {
    await SpoolFolder.removeStale(options.folder);
    return new ChatSpool(options);
  }

  /**
   * Begins to keep a file. Older ones make room for it.
   *
   * @throws the system's error when it cannot be kept, or the chat has ended meanwhile.
   */
  async begin(id: string, size: number): Promise<SpooledFile> {
    const { path } = await (this.#making ??= this.#make());
    while (this.#sizes.size > 0 && this.#bytes + size > this.#maxBytes) {
      const [oldest] = this.#sizes.keys();
      this.#forget(oldest!);
      await Deno.remove(join(path, oldest!));
    }
    const file = await Deno.open(join(path, id), { write: true, createNew: true });
    const spooled = new SpooledFile(file, () => {
      if (!this.#forget(id)) return;
      Deno.removeSync(join(path, id));
    });
    if (this.#hasEnded) {
      spooled[Symbol.dispose]();
      throw ended();
    }
    this.#sizes.set(id, size);
    this.#bytes += size;
    return spooled;
  }

  /**
   * Copies a file into a folder, under a safe and new name; gives its path.
   *
   * @throws {UsageError} when it is not kept any more, or cannot be written there.
   */
  async save(file: FileInfo, folder: string, options: TransferOptions): Promise<string> {
    if (!this.#sizes.has(file.id)) {
      throw new UsageError(`${showable(file.name)} is not kept any more`, {
        hint: "Newer files have taken its place: ask for it to be sent again, and save it sooner.",
      });
    }
    using spooled = await Deno.open(join(this.#own!.path, file.id));
    return await saveFile(file, { folder }, async (from, take) => {
      await spooled.seek(from, Deno.SeekMode.Start);
      const buffer = new Uint8Array(READ_BYTES);
      for (;;) {
        options.signal?.throwIfAborted();
        const count = await spooled.read(buffer);
        if (count === null) return;
        await take(buffer.subarray(0, count));
      }
    }, options);
  }

  /** The chat has ended: removes all that is kept. */
  [Symbol.dispose](): void {
    this.#hasEnded = true;
    this.#sizes.clear();
    this.#own?.remove();
    this.#own = undefined;
  }

  async #make(): Promise<SpoolFolder> {
    const own = await SpoolFolder.make(this.#folder);
    if (this.#hasEnded) {
      own.remove();
      throw ended();
    }
    return this.#own = own;
  }

  /** Whether it was kept. */
  #forget(id: string): boolean {
    this.#bytes -= this.#sizes.get(id) ?? 0;
    return this.#sizes.delete(id);
  }
}

/** A file that is coming. */
export class SpooledFile implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #onGivenUp: () => void;
  #isOpen = true;

  /** Takes where it is written to, and what removes it when it does not come to its end. */
  constructor(file: Deno.FsFile, onGivenUp: () => void) {
    this.#file = file;
    this.#onGivenUp = onGivenUp;
  }

  /** Adds the next bytes. */
  async write(bytes: Uint8Array): Promise<void> {
    while (bytes.length > 0) bytes = bytes.subarray(await this.#file.write(bytes));
  }

  /** All has come. */
  finish(): void {
    this.#isOpen = false;
    this.#file.close();
  }

  /** Gives it up, if it is not finished. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.finish();
    this.#onGivenUp();
  }
}

function ended(): Error {
  return new Error("The chat has ended");
}
