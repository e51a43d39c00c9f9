import { Buffer } from "node:buffer";
import { type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { type Endpoint, formatEndpoint, formatHostPort } from "../endpoint.ts";
import { ProtocolError, TimedOutError, UnreachableError, WagonsError } from "../errors.ts";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { MAX_TOKEN_BYTES } from "../limits/tokens.ts";
import { directAgent } from "../net/direct_agent.ts";
import { formatBytes, formatDuration } from "../units.ts";
import { cannotReach, noConnection } from "./node_failures.ts";
import { Patience } from "./patience.ts";

/** Where tokens are posted to where no path is named. */
const DEFAULT_PATH = "/message";

/** How to post. */
export interface PostOptions {
  /** Default: {@linkcode CONNECT_TIMEOUT_MS}. */
  connectTimeoutMs?: number;
  /** How long the answer may take, to its last byte. Default: {@linkcode ANSWER_TIMEOUT_MS}. */
  timeoutMs?: number;
  /** Gives up. */
  signal?: AbortSignal;
}

/** A server's answer, whatever it is. */
export interface PostAnswer {
  /** The status. */
  readonly status: number;
  /** What stands beside the status. */
  readonly words: string;
  /** The body. */
  readonly body: string;
}

/**
 * Posts a token to an `http://` server: a request on a connection of its own, past any proxy.
 * Redirects are not followed.
 *
 * @throws {UnreachableError} when nobody is there or the connection breaks, {@linkcode TimedOutError}
 * when the answer takes too long, {@linkcode ProtocolError} when it is no HTTP or is too long; and
 * the signal's reason when it is aborted.
 */
export async function postToken(
  endpoint: Endpoint,
  token: string,
  options: PostOptions = {},
): Promise<PostAnswer> {
  const { connectTimeoutMs = CONNECT_TIMEOUT_MS, timeoutMs = ANSWER_TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  const url = formatEndpoint(endpoint);
  const { host, port, path = DEFAULT_PATH } = endpoint;
  const request = httpRequest({
    host,
    port,
    path,
    method: "POST",
    agent: directAgent(),
    headers: {
      host: formatHostPort(host, port),
      "content-type": "text/plain",
      "content-length": Buffer.byteLength(token),
    },
  });
  using patience = new Patience(signal);
  patience.last(connectTimeoutMs, () => noConnection(url, connectTimeoutMs));
  request.once("socket", (socket) => {
    socket.once("connect", () => patience.last(timeoutMs, () => noAnswer(url, timeoutMs)));
  });
  try {
    const response = await patience.wait(responseTo(request, token, url));
    const body = await patience.wait(readBody(response, url));
    return { status: response.statusCode ?? 0, words: response.statusMessage ?? "", body };
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof WagonsError ? error : cannotReach(url, error);
  } finally {
    request.destroy();
  }
}

function responseTo(request: ClientRequest, token: string, url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    // Whoever listens to it has the connection, and nothing else comes of the request.
    request.once("upgrade", (_response, socket) => {
      socket.destroy();
      reject(
        new ProtocolError(`${url} answers 101: it wants to speak something else`, {
          hint: "Is that a server for messages? By ws:// its WebSockets are spoken to.",
        }),
      );
    });
    // On, not once: an error that comes when it is over must not end the program.
    request.on("error", reject);
    request.once(
      "close",
      () => reject(new UnreachableError(`${url} has closed without an answer`)),
    );
    request.end(token);
  });
}

async function readBody(response: IncomingMessage, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > MAX_TOKEN_BYTES) {
      throw new ProtocolError(`${url} answers with more than ${formatBytes(MAX_TOKEN_BYTES)}`, {
        hint: "No token is that long: is that a server for messages?",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function noAnswer(url: string, timeoutMs: number): TimedOutError {
  return new TimedOutError(`${url} has not answered within ${formatDuration(timeoutMs)}`, {
    hint: "It may have acted on it all the same. Give it longer with --timeout.",
  });
}
