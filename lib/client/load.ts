/**
 * Load for a server of fast responses: many connections, each with a number of requests in flight.
 *
 * @module
 */

import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { InterruptedError, RefusedError, TimedOutError, UnreachableError } from "../errors.ts";
import { MAX_FRAME_BYTES } from "../limits/connections.ts";
import { decodeBody } from "../wire/codec.ts";
import { FrameDecoder } from "../wire/frame_decoder.ts";
import { encodeFrame } from "../wire/frame_encoder.ts";
import { WireError } from "../wire/wire_error.ts";
import type { Conn } from "../net/conn.ts";
import { dial, type DialOptions } from "./dial.ts";
import { Histogram } from "./histogram.ts";
import { pause } from "../pause.ts";
import { notTheProtocol } from "./failures.ts";

/** How much load, and for how long. */
export interface LoadOptions extends Pick<DialOptions, "tls"> {
  /** Connections at once. */
  connections: number;
  /** Requests that are sent before the answer to the first is there, on each connection. */
  inFlight: number;
  /** How long is measured. */
  durationMs: number;
  /** How long is run before that, for just-in-time compilers and caches. */
  warmUpMs: number;
  /** Ends it early: what was measured until then is given. */
  signal: AbortSignal;
}

/** What was measured. */
export interface LoadResult {
  /** Answers that came in the measured time. */
  readonly answers: number;
  /** The measured time. */
  readonly durationMs: number;
  /** From the write that a request was in to the read that its answer was in. */
  readonly latency: Histogram;
}

/** A server that gives no answer at all for so long is called dead. */
const SILENCE_MS = 10_000;
const READ_BYTES = 64 * 1024;

/**
 * Puts load on a server of fast responses: when k answers are read from a connection, k requests
 * are written to it.
 *
 * @throws {InterruptedError} when it is ended before the measuring began,
 * {@linkcode UnreachableError} when a connection cannot be made or is lost, {@linkcode RefusedError}
 * for an answer that is no FastResponse, {@linkcode TimedOutError} when nothing comes for 10 s.
 */
export async function runLoad(endpoint: Endpoint, options: LoadOptions): Promise<LoadResult> {
  const { signal, tls } = options;
  const connections: LoadConnection[] = [];
  const url = formatEndpoint(endpoint);
  try {
    for (let i = 0; i < options.connections; i++) {
      const conn = await dial(endpoint, { signal, ...(tls === undefined ? {} : { tls }) });
      connections.push(new LoadConnection(conn, endpoint, options.inFlight));
    }
    const runs = Promise.all(connections.map((connection) => connection.run()));
    const measured = measure(connections, options);
    await Promise.race([measured, runs]);
    for (const connection of connections) connection.stop();
    await runs;
    return await measured;
  } catch (error) {
    if (signal.aborted) throw new InterruptedError(`Interrupted before ${url} was measured`);
    if (error instanceof WireError) throw notTheProtocol(url, error);
    throw error;
  } finally {
    for (const connection of connections) connection.stop();
  }
}

async function measure(
  connections: readonly LoadConnection[],
  { durationMs, warmUpMs, signal }: LoadOptions,
): Promise<LoadResult> {
  await pause(warmUpMs, signal);
  signal.throwIfAborted();
  for (const connection of connections) connection.latency = new Histogram();
  const startMs = performance.now();
  await pause(durationMs, signal);
  const latency = new Histogram();
  for (const connection of connections) latency.add(connection.latency);
  return { answers: latency.count, durationMs: performance.now() - startMs, latency };
}

class LoadConnection {
  latency = new Histogram();
  readonly #conn: Conn;
  readonly #url: string;
  readonly #requests: Uint8Array;
  readonly #requestBytes: number;
  /** When requests were written and how many at a time, oldest first, in pairs. */
  readonly #written: number[] = [];
  #isStopped = false;
  #isSilent = false;

  constructor(conn: Conn, endpoint: Endpoint, inFlight: number) {
    this.#conn = conn;
    this.#url = formatEndpoint(endpoint);
    const request = encodeFrame({ kind: "fastRequest" });
    this.#requestBytes = request.length;
    this.#requests = new Uint8Array(inFlight * request.length);
    for (let i = 0; i < inFlight; i++) this.#requests.set(request, i * request.length);
  }

  async run(): Promise<void> {
    const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
    const buffer = new Uint8Array(READ_BYTES);
    const watch = setInterval(() => this.#checkSilence(), SILENCE_MS / 4);
    try {
      await this.#write(this.#requests.length / this.#requestBytes);
      while (!this.#isStopped) {
        const length = await this.#conn.read(buffer);
        if (length === null) throw new UnreachableError(`${this.#url} closed a connection`);
        let answers = 0;
        decoder.decode(buffer.subarray(0, length), (bytes, start, end) => {
          answers++;
          // Field 1: a FastResponse. To decode each would measure this side, not the server.
          if (bytes[start] !== 0x0a) throw this.#unexpected(bytes, start, end);
        });
        this.#record(answers);
        await this.#write(answers);
      }
    } catch (error) {
      if (this.#isSilent) {
        throw new TimedOutError(`${this.#url} gave no answer for ${SILENCE_MS / 1000} s`);
      }
      if (!this.#isStopped) throw error;
    } finally {
      clearInterval(watch);
    }
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#conn.close();
  }

  async #write(requests: number): Promise<void> {
    if (requests === 0) return;
    this.#written.push(performance.now(), requests);
    let bytes = this.#requests.subarray(0, requests * this.#requestBytes);
    while (bytes.length > 0) bytes = bytes.subarray(await this.#conn.write(bytes));
  }

  #record(answers: number): void {
    const nowMs = performance.now();
    while (answers > 0) {
      const writtenMs = this.#written[0]!;
      const taken = Math.min(answers, this.#written[1]!);
      this.latency.record(nowMs - writtenMs, taken);
      answers -= taken;
      if (taken === this.#written[1]!) this.#written.splice(0, 2);
      else this.#written[1]! -= taken;
    }
  }

  #checkSilence(): void {
    const oldestMs = this.#written[0];
    if (oldestMs === undefined || performance.now() - oldestMs < SILENCE_MS) return;
    this.#isSilent = true;
    this.stop();
  }

  #unexpected(bytes: Uint8Array, start: number, end: number): RefusedError {
    const message = decodeBody(bytes, start, end);
    const what = message.kind === "refusal" ? `refuses: ${message.text}` : `sent a ${message.kind}`;
    return new RefusedError(`${this.#url} ${what}`);
  }
}
