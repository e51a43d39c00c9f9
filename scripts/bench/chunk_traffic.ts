import type { WireConnection } from "../../lib/client/wire_connection.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";

/** Chunks without an answer at once. */
const IN_FLIGHT = 8;
/** Of the one file. */
const ID = makeUuidV7(1, new Uint8Array(10));

/**
 * Sends chunks of a file that are thrown away.
 *
 * @returns bytes for each second.
 */
export async function sentBytesPerSecond(
  connection: WireConnection,
  chunkBytes: number,
  chunks: number,
): Promise<number> {
  const data = new Uint8Array(chunkBytes).fill(7);
  const startMs = performance.now();
  const sending: Promise<void>[] = [];
  for (let i = 0; i < chunks; i++) {
    if (i >= IN_FLIGHT) await sending[i - IN_FLIGHT];
    sending.push(connection.send({ kind: "fileChunk", id: ID, offset: i * chunkBytes, data }));
  }
  // What is answered behind them tells that they have come.
  await connection.request({ kind: "fastRequest" }, "fastResponse");
  return chunks * chunkBytes / (performance.now() - startMs) * 1000;
}

/**
 * Asks for chunks of a file that are made up.
 *
 * @returns bytes for each second.
 */
export async function readBytesPerSecond(
  connection: WireConnection,
  chunkBytes: number,
  chunks: number,
): Promise<number> {
  const ask = (i: number) =>
    connection.send({ kind: "readFile", id: ID, offset: i * chunkBytes, length: chunkBytes });
  const startMs = performance.now();
  for (let i = 0; i < IN_FLIGHT; i++) await ask(i);
  for (let i = IN_FLIGHT; i < chunks + IN_FLIGHT; i++) {
    const answer = await connection.receive();
    if (answer.kind !== "fileChunk") throw new Error(`The answer is a ${answer.kind}`);
    if (i < chunks) await ask(i);
  }
  return chunks * chunkBytes / (performance.now() - startMs) * 1000;
}
