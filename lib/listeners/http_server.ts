/**
 * Serves HTTP: connections, their requests, and WebSockets.
 *
 * @module
 */

import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Endpoint, formatEndpoint, formatHostPort, isLoopback } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { Peer } from "../hub/peer.ts";
import {
  FRAME_TIMEOUT_MS,
  HANDSHAKE_TIMEOUT_MS,
  LINGER_MS,
  MAX_FRAME_BYTES,
  STALL_TIMEOUT_MS,
} from "../limits/connections.ts";
import {
  MAX_DICTIONARIES_PENDING_BYTES,
  MAX_DICTIONARY_PIECES,
  MAX_DICTIONARY_TOKEN_BYTES,
} from "../limits/dict.ts";
import { IDLE_TIMEOUT_MS, MAX_HTTP_HEADER_BYTES, MAX_TOKEN_PIECES } from "../limits/http.ts";
import { MEMBER_STALL_TIMEOUT_MS } from "../limits/room.ts";
import { MAX_TOKEN_BYTES } from "../limits/tokens.ts";
import { DictionaryPosts } from "./dictionary_posts.ts";
import { saysTooLong } from "./http_body.ts";
import { HttpConnection } from "./http_connection.ts";
import { lastReply, plain, type Reply } from "./http_reply.ts";
import { type Found, pathOf, type Routes } from "./http_routes.ts";
import { type HttpPosts, httpRoutes } from "./http_table.ts";
import { type Bound, cannotListen, type ListenerOptions, neededKey } from "./listener.ts";
import { PendingBytes } from "./pending_bytes.ts";
import { TokenPosts } from "./token_posts.ts";
import { WebSocketFrames } from "./websocket_frame.ts";
import { WebSocketUpgrades } from "./websocket_upgrades.ts";

/**
 * Begins to listen; see `Listener`.
 *
 * @throws {UsageError} when it cannot listen there.
 */
export async function listenHttp(
  endpoint: Endpoint,
  hub: Hub,
  options: ListenerOptions,
): Promise<Bound> {
  const server = new HttpServer(endpoint, hub, options);
  const { address, port } = await server.listen();
  const bound = { ...endpoint, host: address, port };
  return { endpoint: bound, finished: server.run() };
}

class HttpServer {
  readonly #endpoint: Endpoint;
  readonly #hub: Hub;
  readonly #http: Server;
  readonly #upgrades: WebSocketUpgrades;
  readonly #routes: Routes;
  readonly #posts: HttpPosts;
  readonly #times: { idleTimeoutMs: number; stallTimeoutMs: number };
  readonly #checkMs: number;
  readonly #connections = new Map<Socket, HttpConnection>();
  /** Connections until they are closed, also of those who were turned away. */
  readonly #open = new Set<Promise<void>>();

  constructor(endpoint: Endpoint, hub: Hub, options: ListenerOptions) {
    this.#endpoint = endpoint;
    this.#hub = hub;
    const {
      frameTimeoutMs = FRAME_TIMEOUT_MS,
      stallTimeoutMs = STALL_TIMEOUT_MS,
      handshakeTimeoutMs = HANDSHAKE_TIMEOUT_MS,
      idleTimeoutMs = IDLE_TIMEOUT_MS,
      maxFrameBytes = MAX_FRAME_BYTES,
    } = options;
    const seal = neededKey(endpoint, hub.seal);
    const pending = new PendingBytes();
    const maxTokenBytes = Math.min(MAX_TOKEN_BYTES, maxFrameBytes);
    this.#times = { idleTimeoutMs, stallTimeoutMs };
    this.#checkMs = Math.min(
      1000,
      Math.min(frameTimeoutMs, stallTimeoutMs, handshakeTimeoutMs, idleTimeoutMs) / 4,
    );
    this.#upgrades = new WebSocketUpgrades({
      hub,
      seal,
      frames: new WebSocketFrames(seal),
      pending,
      frameTimeoutMs,
      stallTimeoutMs: Math.min(stallTimeoutMs, MEMBER_STALL_TIMEOUT_MS),
      idleTimeoutMs,
      saying: new Set(),
    }, maxTokenBytes);
    this.#posts = {
      messages: new TokenPosts(hub, seal, {
        maxBytes: maxTokenBytes,
        maxPieces: MAX_TOKEN_PIECES,
        pending,
      }),
      dictionaries: new DictionaryPosts(hub, seal, {
        maxBytes: MAX_DICTIONARY_TOKEN_BYTES,
        maxPieces: MAX_DICTIONARY_PIECES,
        // Of its own: long dictionaries leave the room of messages alone.
        pending: new PendingBytes(MAX_DICTIONARIES_PENDING_BYTES),
      }),
    };
    this.#routes = httpRoutes(hub, this.#posts, {
      isMetricsPublic: options.isMetricsPublic ?? false,
    });
    this.#http = this.#createHttp(frameTimeoutMs, handshakeTimeoutMs);
  }

  #createHttp(frameTimeoutMs: number, handshakeTimeoutMs: number): Server {
    const http = createHttpServer({
      headersTimeout: Math.min(handshakeTimeoutMs, frameTimeoutMs),
      requestTimeout: frameTimeoutMs,
      connectionsCheckingInterval: this.#checkMs,
      // The time between requests is kept for each connection, by one timer for all.
      keepAliveTimeout: 0,
      maxHeaderSize: MAX_HTTP_HEADER_BYTES,
      noDelay: true,
      keepAlive: true,
      // Programs that offer HTTP/2 ask for an upgrade too, and are answered by HTTP/1.1.
      ...{ shouldUpgradeCallback: wantsWebSocket },
    });
    http.on("request", (request, response) => this.#answer(request, response));
    http.on("checkContinue", (request, response) => {
      // Who asks before it sends a body need not send one that is too long.
      const { messages, dictionaries } = this.#posts;
      const { maxBytes } = pathOf(request.url) === "/dictionary" ? dictionaries : messages;
      if (!saysTooLong(request, maxBytes)) response.writeContinue();
      this.#answer(request, response);
    });
    http.on("checkExpectation", (request, response) => {
      const handle = () => plain(417, "Nothing can be expected here but 100-continue.");
      this.#answer(request, response, { name: "other", handle });
    });
    http.on("connect", (_request, socket) => {
      const reply = plain(405, "This is no proxy.", ["Allow", "GET, HEAD, POST"]);
      this.#connections.get(socket as Socket)?.refuseRest(reply, "took it for a proxy");
    });
    http.on("clientError", (error, socket) => {
      this.#connections.get(socket as Socket)?.broken(error);
    });
    http.on("upgrade", (request, socket: Socket, head) => {
      this.#upgrades.open(request, socket, head, this.#connections.get(socket)!);
    });
    // Who has sent all that it wants, and closed its side, gets the answers to it.
    Object.assign(http, { httpAllowHalfOpen: true });
    // Who is turned away never comes to what reads requests: that could not be told to stop reading.
    const serve = http.listeners("connection");
    http.removeAllListeners("connection");
    http.on("connection", (socket) => {
      if (this.#welcome(socket)) { for (const listener of serve) listener.call(http, socket); }
    });
    return http;
  }

  /** Binds the port; gives what was bound. */
  async listen(): Promise<AddressInfo> {
    const { host, port } = this.#endpoint;
    const listening = Promise.withResolvers<void>();
    this.#http.once("error", listening.reject);
    this.#http.listen({ host, port }, listening.resolve);
    try {
      await listening.promise;
    } catch (error) {
      this.#http.close();
      throw cannotListen(formatEndpoint(this.#endpoint), error);
    }
    this.#http.off("error", listening.reject);
    this.#http.on("error", (error) => {
      this.#hub.fault(`accept a connection on ${formatEndpoint(this.#endpoint)}`, error);
    });
    return this.#http.address() as AddressInfo;
  }

  /** Serves until the hub has stopped and the last connection is closed. Never rejects. */
  async run(): Promise<void> {
    const sweep = setInterval(() => {
      const nowMs = performance.now();
      for (const connection of this.#connections.values()) connection.checkTimes(nowMs);
    }, this.#checkMs);
    // Until then who comes is told that the server stops: those who ask how it is want to know.
    await aborted(this.#hub.stopped);
    for (const connection of this.#connections.values()) connection.end("the server stopped");
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
    while (this.#open.size > 0) await Promise.all(this.#open);
    clearInterval(sweep);
  }

  /** Takes a connection, or turns it away. */
  #welcome(socket: Socket): boolean {
    const { remoteAddress: host, remotePort: port } = socket;
    if (host === undefined || port === undefined) {
      // It has left already.
      socket.destroy();
      return false;
    }
    const peer = this.#hub.connect({
      dialect: this.#endpoint.scheme,
      address: formatHostPort(host, port),
      host,
      isLoopback: isLoopback(host),
      isSealed: true,
    });
    if (!(peer instanceof Peer)) {
      this.#hub.tally.http.refused(503);
      this.#track(turnAway(socket, peer.text));
      return false;
    }
    const connection = new HttpConnection(socket, peer, this.#hub, this.#times);
    this.#connections.set(socket, connection);
    this.#track(connection.closed.then(() => void this.#connections.delete(socket)));
    return true;
  }

  #track(work: Promise<void>): void {
    this.#open.add(work);
    work.then(() => this.#open.delete(work));
  }

  /** Answers a request; by what its route says unless something else is given. */
  #answer(
    request: IncomingMessage,
    response: ServerResponse,
    { name, handle }: Found = this.#routes.find(request),
  ): void {
    const connection = this.#connections.get(request.socket);
    if (connection === undefined || !connection.take(request, response)) return;
    const sinceMs = performance.now();
    const send = (reply: Reply) => {
      this.#hub.tally.http.answered(name, reply.status, performance.now() - sinceMs);
      connection.answer(request, response, reply);
    };
    const reply = handle(request, connection);
    if (!(reply instanceof Promise)) return send(reply);
    const fail = (error: unknown) => {
      this.#hub.fault(
        `answer ${request.method} ${request.url} of ${connection.peer.info.address}`,
        error,
      );
      return plain(500, "This server has failed. Its log says why.");
    };
    reply.catch(fail).then((reply) => reply === undefined || send(reply));
  }
}

function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === "websocket";
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Tells a peer why it is not served. Resolves when the connection is closed; never rejects. */
function turnAway(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve) => {
    const linger = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      clearTimeout(linger);
      resolve();
    });
    socket.end(lastReply(plain(503, text)));
    // What it sends is thrown away: a close with something unread could overtake what was written.
    socket.resume();
  });
}
