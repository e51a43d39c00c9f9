import { basename } from "node:path";
import { UsageError } from "../errors.ts";
import { CHAT_FILE_STEP_BYTES, CHAT_WHOLE_FILE_BYTES } from "../limits/chat.ts";
import { showable } from "../ui.ts";
import type { ChatEncoder } from "../wire/chat_encoder.ts";
import { openFile } from "./local_file.ts";
import type { TransferOptions } from "./room_link.ts";

/** Where what is sent goes. */
export interface ChatSenderOptions {
  /** How parts are written. */
  encoder: ChatEncoder;
  /** Sends bytes; rejects when the connection is lost. */
  write: (bytes: Uint8Array) => Promise<void>;
  /** A file was given up in the middle: whatever is said now would be taken for bytes of it. */
  onCut: (error: unknown) => void;
}

/** What a client of the chat dialect sends: one thing after the other. */
export class ChatSender {
  readonly #options: ChatSenderOptions;
  /** Resolves when what is being sent is sent. Never rejects. */
  #sending: Promise<unknown> = Promise.resolve();

  /** Takes where it goes. */
  constructor(options: ChatSenderOptions) {
    this.#options = options;
  }

  /** Says the name, which comes first. */
  async introduce(name: string): Promise<void> {
    const { encoder, write } = this.#options;
    await this.#inTurn(() => write(encoder.user(name)));
  }

  /** Says something. */
  async say(text: string): Promise<void> {
    const { encoder, write } = this.#options;
    await this.#inTurn(() => write(encoder.said(text)));
  }

  /**
   * Sends a file.
   *
   * @throws {UsageError} when it cannot be read or is too long for the dialect, the signal's reason
   * when it is aborted, and what `write` throws.
   */
  async offer(id: string, path: string, options: TransferOptions): Promise<void> {
    await this.#inTurn(async () => {
      using file = await openFile(path);
      const { size } = await file.stat();
      const { maxFileBytes } = this.#options.encoder;
      if (size > maxFileBytes) {
        throw new UsageError(
          `Cannot offer ${showable(path)}: it has ${size} bytes, and at most ${maxFileBytes} ` +
            "go through a chat:// server",
          { hint: "Put it on a wagons server, and tell the others its id: wagons put FILE." },
        );
      }
      await this.#sendFile(id, path, file, size, options);
    });
  }

  /** Resolves when all is sent, or has failed. */
  async idle(): Promise<void> {
    await this.#sending;
  }

  async #sendFile(
    id: string,
    path: string,
    file: Deno.FsFile,
    size: number,
    { onProgress, signal }: TransferOptions,
  ): Promise<void> {
    signal?.throwIfAborted();
    const { encoder, write, onCut } = this.#options;
    const head = encoder.fileSaid(basename(path), id, size);
    const first = new Uint8Array(head.length + Math.min(size, CHAT_WHOLE_FILE_BYTES));
    first.set(head);
    let bytes = await fill(file, path, first, head.length);
    let doneBytes = bytes.length - head.length;
    try {
      for (;;) {
        await write(bytes);
        onProgress?.({ doneBytes, totalBytes: size });
        if (doneBytes === size) return;
        signal?.throwIfAborted();
        const step = new Uint8Array(Math.min(CHAT_FILE_STEP_BYTES, size - doneBytes));
        bytes = await fill(file, path, step, 0);
        doneBytes += bytes.length;
      }
    } catch (error) {
      onCut(error);
      throw error;
    }
  }

  /** Does something that writes, after all that was begun before. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#sending.then(work);
    this.#sending = done.catch(() => {
      // Its own caller is told.
    });
    await done;
  }
}

/** Reads on until a buffer is full from that offset on. */
async function fill(
  file: Deno.FsFile,
  path: string,
  buffer: Uint8Array,
  offset: number,
): Promise<Uint8Array> {
  while (offset < buffer.length) {
    const count = await file.read(buffer.subarray(offset));
    if (count === null) throw new UsageError(`${showable(path)} became shorter while it was sent`);
    offset += count;
  }
  return buffer;
}
