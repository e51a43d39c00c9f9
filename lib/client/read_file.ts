import { ProtocolError } from "../errors.ts";
import { CHUNK_BYTES, READ_AHEAD_BYTES, TRANSFER_STALL_TIMEOUT_MS } from "../limits/files.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { FileAnswers, type FileChannel } from "./file_channel.ts";

/** How to read a file. */
export interface ReadOptions {
  /** The time in which something has to go on. Default: {@linkcode TRANSFER_STALL_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
  /** Gives up. */
  readonly signal?: AbortSignal;
}

/**
 * The bytes of a file of a server from an offset on, in order. Several parts are asked for at once.
 *
 * @throws {ServerRefusedError} when the server refuses it, {@linkcode ProtocolError} for a part
 * that was not asked for, {@linkcode TimedOutError} when nothing goes on, the signal's reason when
 * it is aborted, and what the channel throws.
 */
export async function* readFile(
  channel: FileChannel,
  { id, size }: FileInfo,
  from: number,
  { timeoutMs = TRANSFER_STALL_TIMEOUT_MS, signal }: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  const answers = new FileAnswers(channel, { timeoutMs, signal });
  const lengthAt = (offset: number) => Math.min(CHUNK_BYTES, size - offset);
  let asked = from;
  for (let at = from; at < size;) {
    while (asked < size && asked - at < READ_AHEAD_BYTES) {
      const length = lengthAt(asked);
      // Whether it is lost is told by what is received.
      channel.send({ kind: "readFile", id, offset: asked, length }).catch(() => {});
      asked += length;
    }
    const { offset, data } = await answers.next("fileChunk");
    if (offset !== at || data.length !== lengthAt(at)) {
      const [came, wanted] = [[offset, data.length], [at, lengthAt(at)]]
        .map(([offset, length]) => `${length} bytes at ${offset}`);
      throw new ProtocolError(`${channel.url} sent ${came} of a file, not ${wanted}`);
    }
    yield data;
    at += data.length;
  }
}
