import { formatHostPort } from "../endpoint.ts";
import { reasonOf } from "../errors.ts";
import { MAX_HANDSHAKE_BYTES } from "../limits/discovery.ts";
import { systemFault } from "../net/system_faults.ts";
import { formatHttpPost, type HttpReply, parseHttpReply } from "./http_reply.ts";

/** What came of a question. */
export type Asked =
  | { readonly reply: HttpReply; readonly roundTripMs: number }
  /** Why there is no answer, in a few words. */
  | { readonly failure: string };

/** How to ask. */
export interface AskOptions {
  /** Time for the connection and the answer together. */
  timeoutMs: number;
  /** Gives up at once. */
  signal: AbortSignal;
}

const READ_BYTES = 4 * 1024;

/**
 * Posts a text to `/message` of whoever listens at an address, through no proxy. Never rejects; when
 * it resolves, nothing of it is left open.
 */
export async function askHttp(
  address: string,
  port: number,
  question: string,
  { timeoutMs, signal }: AskOptions,
): Promise<Asked> {
  const giveUp = new AbortController();
  let conn: Deno.TcpConn | undefined;
  let isConnected = false;
  // What waits for the connection ends with it.
  const end = () => {
    conn?.close();
    conn = undefined;
  };
  const abort = () => {
    giveUp.abort();
    end();
  };
  const timer = setTimeout(abort, timeoutMs);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    conn = await Deno.connect({ hostname: address, port, signal: giveUp.signal });
    isConnected = true;
    return await exchange(
      conn,
      formatHttpPost(formatHostPort(address, port), "/message", question),
    );
  } catch (error) {
    if (signal.aborted) return { failure: "interrupted" };
    if (!giveUp.signal.aborted) return { failure: failureOf(error) };
    return { failure: isConnected ? "connected, and then silent" : "silent" };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    end();
  }
}

async function exchange(conn: Deno.TcpConn, request: string): Promise<Asked> {
  const begunMs = performance.now();
  let bytes: Uint8Array = new TextEncoder().encode(request);
  while (bytes.length > 0) bytes = bytes.subarray(await conn.write(bytes));
  const decoder = new TextDecoder("latin1");
  const buffer = new Uint8Array(READ_BYTES);
  let text = "";
  while (text.length <= MAX_HANDSHAKE_BYTES) {
    const count = await conn.read(buffer);
    if (count !== null) text += decoder.decode(buffer.subarray(0, count));
    const reply = parseHttpReply(text, count === null);
    if (reply !== undefined) return { reply, roundTripMs: performance.now() - begunMs };
  }
  return { failure: "an answer that is too long" };
}

/** In words that are the same for all that fail alike. */
export function failureOf(error: unknown): string {
  return systemFault(error)?.outcome ?? reasonOf(error);
}
