import { Buffer } from "node:buffer";
import { createSocket, type Socket } from "node:dgram";
import { MAX_FOUND, MAX_HANDSHAKE_BYTES } from "../limits/discovery.ts";
import { pause } from "../pause.ts";
import type { TokenSeal } from "../token_seal.ts";
import { failureOf } from "./ask_http.ts";
import type { Attempts } from "./attempts.ts";
import { readAnswer } from "./handshake.ts";
import type { Sighting, Way } from "./sighting.ts";

/** How to ask by UDP. */
export interface DatagramOptions {
  /** How the servers are found that answer. */
  way: Way;
  /** What to ask. */
  question: string;
  /** Opens the answers; without one nothing does. */
  seal: TokenSeal | undefined;
  /** How long answers are waited for. */
  timeoutMs: number;
  /** Ends the wait. */
  signal: AbortSignal;
  /** Is told of each answer of a server. */
  onSighting: (sighting: Sighting) => void;
}

/**
 * Sends a question from one address of this machine to others by UDP, which may be broadcast
 * addresses, and takes the answers until the time is over. Counts what comes of it. Never rejects.
 *
 * @param from The address to send from, which decides through which interface.
 */
export async function askByUdp(
  from: string,
  targets: readonly { address: string; port: number }[],
  attempts: Attempts,
  options: DatagramOptions,
): Promise<void> {
  const { way, question, seal, timeoutMs, signal, onSighting } = options;
  const socket = createSocket({ type: from.includes(":") ? "udp6" : "udp4" });
  const bytes = Buffer.from(question);
  let begunMs = performance.now();
  let taken = 0;
  socket.on("message", (data, { address, port }) => {
    const roundTripMs = performance.now() - begunMs;
    if (data.length > MAX_HANDSHAKE_BYTES || taken >= MAX_FOUND) {
      return attempts.count("answers too many, or too long");
    }
    taken++;
    const answer = data.toString("latin1");
    const heard = { way, scheme: "udp", address, port, roundTripMs, question, answer } as const;
    const sighting = readAnswer(heard, seal);
    attempts.count(sighting === undefined ? "answers of other programs" : "found");
    if (sighting !== undefined) onSighting(sighting);
  });
  try {
    await bind(socket, from);
    socket.setBroadcast(true);
    // Somebody refused by ICMP; others may answer.
    socket.on("error", (error) => attempts.note(failureOf(error)));
    begunMs = performance.now();
    for (const { address, port } of targets) {
      const error = await send(socket, bytes, address, port);
      if (error !== null) attempts.note(`not sent to ${address}: ${failureOf(error)}`);
    }
    await pause(timeoutMs, signal);
  } catch (error) {
    attempts.note(`cannot send from ${from}: ${failureOf(error)}`);
  } finally {
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}

function bind(socket: Socket, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("error", reject);
  socket.bind(0, address, () => {
    socket.off("error", reject);
    resolve();
  });
  return promise;
}

function send(socket: Socket, bytes: Buffer, address: string, port: number): Promise<Error | null> {
  return new Promise((resolve) =>
    socket.send(bytes, port, address, (error) => resolve(error ?? null))
  );
}
