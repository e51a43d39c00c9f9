import { ProtocolError, RefusedError, TimedOutError, UnreachableError } from "../errors.ts";
import {
  BUSY_RETRY_MS,
  CHUNK_BYTES,
  CHUNKS_AHEAD,
  TRANSFER_STALL_TIMEOUT_MS,
} from "../limits/files.ts";
import { pause } from "../pause.ts";
import type { FileProgress, PutFile } from "../wire/file_messages.ts";
import { type Receipt, RefusalCode } from "../wire/messages.ts";
import { ServerRefusedError } from "./failures.ts";
import { FileAnswers, type FileChannel } from "./file_channel.ts";
import { changed, checkUnchanged, type LocalFile, openFile } from "./local_file.ts";
import type { TransferOptions } from "./room_link.ts";

/** How a file is to be kept. */
export type PutWish = Pick<PutFile, "id" | "name" | "source" | "toRoom">;

/** How to put a file. */
export interface PutOptions extends TransferOptions {
  /** The time in which something has to go on. Default: {@linkcode TRANSFER_STALL_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
  /** Is told how many bytes of the file, from the beginning on, are on the server's disk. */
  readonly onDurable?: (bytes: number) => void;
  /** Is told that the server cannot take it now, and that it is asked again after so long. */
  readonly onBusy?: (error: ServerRefusedError, waitMs: number) => void;
  /** That time. Default: {@linkcode BUSY_RETRY_MS}. */
  readonly busyRetryMs?: number;
}

/**
 * Puts a file on a server, or goes on where another try has ended. Resolves when it is on the
 * server's disk. When it fails, what has come there stays for the next try. It waits while somebody
 * else puts the same content, and while the server reads what it has of it.
 *
 * @throws {ServerRefusedError} when the server refuses it, {@linkcode BadInputError} when the file
 * is not any more what was hashed, {@linkcode TimedOutError} when nothing goes on, the signal's
 * reason when it is aborted, and what the channel throws.
 */
export async function putFile(
  channel: FileChannel,
  local: LocalFile,
  wish: PutWish,
  options: PutOptions = {},
): Promise<Receipt> {
  const { signal, onBusy, busyRetryMs = BUSY_RETRY_MS } = options;
  while (true) {
    try {
      return await putOnce(channel, local, wish, options);
    } catch (error) {
      if (!(error instanceof ServerRefusedError && error.code === RefusalCode.busy)) throw error;
      onBusy?.(error, busyRetryMs);
      await pause(busyRetryMs, signal ?? new AbortController().signal);
      signal?.throwIfAborted();
    }
  }
}

async function putOnce(
  channel: FileChannel,
  local: LocalFile,
  wish: PutWish,
  options: PutOptions,
): Promise<Receipt> {
  using file = await openFile(local.path);
  await checkUnchanged(file, local);
  const { timeoutMs = TRANSFER_STALL_TIMEOUT_MS, signal } = options;
  const answers = new FileAnswers(channel, { timeoutMs, signal });
  const { size, sha256 } = local;
  const { id, name, source, toRoom } = wish;
  await channel.send({ kind: "putFile", id, name, size, sha256, source, toRoom });
  const first = await answers.next("fileProgress", "receipt");
  if (first.kind === "receipt") return first;
  const { durableBytes, maxChunkBytes } = first;
  options.onDurable?.(durableBytes);
  if (durableBytes >= size || maxChunkBytes === 0) {
    const terms = `${durableBytes} of ${size} bytes, chunks of ${maxChunkBytes}`;
    throw new ProtocolError(`${channel.url} takes no file on such terms: ${terms}`);
  }
  const chunks = new ChunkSender(channel, id, options);
  const sending = chunks.send(file, local, first, () => answers.touch());
  const receipt = receiptOf(answers, options);
  try {
    return await Promise.race([receipt, sending.then(() => receipt)]);
  } catch (error) {
    // What the server has said before the connection was lost is worth more than that it is lost.
    if (error instanceof UnreachableError) return await receipt;
    const isOver = error instanceof RefusedError || error instanceof TimedOutError;
    if (!isOver) chunks.giveUp();
    throw error;
  } finally {
    receipt.catch(ignore);
    sending.catch(ignore);
    await chunks.stop();
  }
}

/** Waits for the receipt of a file whose chunks are on their way. */
async function receiptOf(answers: FileAnswers, { onDurable }: PutOptions): Promise<Receipt> {
  while (true) {
    const answer = await answers.next("fileProgress", "receipt");
    if (answer.kind === "receipt") return answer;
    onDurable?.(answer.durableBytes);
  }
}

/** Reads a file and sends its chunks, as fast as the channel takes them. */
class ChunkSender {
  readonly #channel: FileChannel;
  readonly #id: string;
  readonly #options: PutOptions;
  #reading: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(channel: FileChannel, id: string, options: PutOptions) {
    this.#channel = channel;
    this.#id = id;
    this.#options = options;
  }

  /** Sends all that the server does not have. `onSent` is called for each chunk. */
  async send(
    file: Deno.FsFile,
    local: LocalFile,
    { durableBytes: from, maxChunkBytes }: FileProgress,
    onSent: () => void,
  ): Promise<void> {
    const { onProgress } = this.#options;
    const bytes = Math.min(CHUNK_BYTES, maxChunkBytes);
    // They take turns: each is filled again when what was in it is on its way.
    const buffers = Array.from({ length: CHUNKS_AHEAD }, () => new Uint8Array(bytes));
    const sent = new Array<Promise<void>>(CHUNKS_AHEAD).fill(Promise.resolve());
    const totalBytes = local.size;
    await file.seek(from, Deno.SeekMode.Start);
    onProgress?.({ doneBytes: from, totalBytes });
    for (let [offset, turn] = [from, 0]; offset < totalBytes; turn = (turn + 1) % CHUNKS_AHEAD) {
      await sent[turn];
      const wanted = Math.min(bytes, totalBytes - offset);
      const data = buffers[turn]!.subarray(0, wanted);
      this.#reading = readFull(file, data);
      if (await this.#reading !== wanted) throw changed(local.path);
      if (this.#isStopped) return;
      const end = offset + wanted;
      sent[turn] = this.#channel.send({ kind: "fileChunk", id: this.#id, offset, data })
        .then(() => {
          onSent();
          onProgress?.({ doneBytes: end, totalBytes });
        });
      // It is waited for in its turn.
      sent[turn]!.catch(ignore);
      offset = end;
    }
    await Promise.all(sent);
    await checkUnchanged(file, local);
  }

  /** Tells the server that no more of it comes. */
  giveUp(): void {
    this.#isStopped = true;
    const data = new Uint8Array(0);
    // If the connection is lost, the server knows it from that.
    this.#channel.send({ kind: "fileChunk", id: this.#id, offset: 0, data }).catch(ignore);
  }

  /** Sends no more. Resolves when the file is not read any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#reading.catch(ignore);
  }
}

async function readFull(file: Deno.FsFile, buffer: Uint8Array): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const count = await file.read(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  return length;
}

function ignore(): void {}
