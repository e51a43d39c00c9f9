/**
 * Small servers of system B's dialect that are not ours, and behave as a test wants it.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { type Endpoint, formatHostPort } from "../../lib/endpoint.ts";
import { SealError } from "../../lib/seal/seal_error.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";

/** The key of both sides. */
export const KEY: Uint8Array = new Uint8Array(32).fill(7);

/** Another one. */
export const OTHER_KEY: Uint8Array = new Uint8Array(32).fill(8);

/** Seals with {@linkcode KEY}. */
export const SEAL: TokenSeal = new TokenSeal(KEY);

/** A message with these fields, and the others empty. */
export function messageOf(fields: Partial<TokenMessage>): TokenMessage {
  return { userID: "", timestamp: "", text: "", cmd: "", args: "", ...fields };
}

/** A message with these fields, and its token. */
export function sealedOf(fields: Partial<TokenMessage>): { message: TokenMessage; token: string } {
  const message = messageOf({ userID: "yard", timestamp: "2026-11-26T10:15:00.123456", ...fields });
  return { message, token: SEAL.seal(message) };
}

/** A server by HTTP that answers each POST as the test says. */
export class PostServer implements AsyncDisposable {
  /** Where it listens. */
  readonly endpoint: Endpoint;
  /** The requests that came. */
  readonly requests: { path: string; headers: Headers; body: string }[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /** Starts one. */
  constructor(answer: (token: string) => Response | Promise<Response>) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        const body = await request.text();
        const { pathname: path } = new URL(request.url);
        this.requests.push({ path, headers: request.headers, body });
        return await answer(body);
      },
    );
    this.endpoint = { scheme: "http", host: "127.0.0.1", port: this.#server.addr.port };
  }

  /** Stops it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** A connection to a {@linkcode RawServer}. */
export interface RawPeer {
  /** What it has sent at first. */
  readonly request: string;
  /** Sends it bytes, or a text. */
  write(data: string | Uint8Array): Promise<void>;
  /** The bytes of the next read; none when it has closed. */
  read(): Promise<Uint8Array>;
}

/** A TCP server that does with each connection what the test says, once something has come. */
export class RawServer implements AsyncDisposable {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** How many connections have come. */
  connections = 0;
  readonly #listener: Deno.TcpListener;
  readonly #conns = new Set<Deno.TcpConn>();
  readonly #act: (peer: RawPeer) => Promise<"close" | "keep">;
  readonly #running: Promise<void>;

  /** Starts one. It closes a connection as `act` says, or else when the client or the test does. */
  constructor(act: (peer: RawPeer) => Promise<"close" | "keep">) {
    this.#act = act;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.port = this.#listener.addr.port;
    this.#running = this.#accept();
  }

  /** One that writes this, and then does so. */
  static writing(text: string, then: "close" | "keep"): RawServer {
    return new RawServer(async (peer) => {
      await peer.write(text);
      return then;
    });
  }

  async #accept(): Promise<void> {
    const serving: Promise<void>[] = [];
    for await (const conn of this.#listener) {
      this.connections++;
      this.#conns.add(conn);
      serving.push(this.#serve(conn));
    }
    await Promise.all(serving);
  }

  async #serve(conn: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    const read = async () => buffer.slice(0, await conn.read(buffer) ?? 0);
    const write = async (data: string | Uint8Array) => {
      let rest = typeof data === "string" ? new TextEncoder().encode(data) : data;
      while (rest.length > 0) rest = rest.subarray(await conn.write(rest));
    };
    try {
      const request = new TextDecoder().decode(await read());
      if (await this.#act({ request, read, write }) === "keep") await read();
    } catch {
      // The client or the test has closed.
    }
    this.#close(conn);
  }

  #close(conn: Deno.TcpConn): void {
    if (this.#conns.delete(conn)) conn.close();
  }

  /** Closes all. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of this.#conns) this.#close(conn);
    await this.#running;
  }
}

/** Opens a WebSocket by hand, as RFC 6455 has it. */
export async function upgrade({ request, write }: RawPeer): Promise<void> {
  const key = /^sec-websocket-key: (\S+)/im.exec(request)![1]!;
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  await write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
}

/** How a {@linkcode RoomServer} behaves. */
export interface RoomServerOptions {
  /** What it greets with. Default: a token that says welcome. */
  greeting?: string | null;
  /** What it does with what comes. Default: all that opens goes to all, as it came. */
  onToken?: (token: string, room: RoomServer, from: WebSocket) => void;
}

/** A WebSocket server as system B has it, made of Deno's own WebSockets. */
export class RoomServer implements AsyncDisposable {
  /** Where it listens. */
  readonly endpoint: Endpoint;
  /** Who is there. */
  readonly sockets: Set<WebSocket> = new Set();
  /** The tokens that came, in order. */
  readonly tokens: string[] = [];
  /** The paths that were asked for. */
  readonly paths: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #closed: Promise<void>[] = [];

  /** Starts one, on any free port unless one is named. */
  constructor(options: RoomServerOptions = {}, port = 0) {
    const { greeting = SEAL.seal({ userID: "127.0.0.1:1", text: "Welcome" }) } = options;
    const onToken = options.onToken ?? ((token) => this.relay(token));
    this.#server = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, (request) => {
      this.paths.push(new URL(request.url).pathname);
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onopen = () => {
        this.sockets.add(socket);
        if (greeting !== null) socket.send(greeting);
      };
      socket.onmessage = ({ data }) => {
        this.tokens.push(data);
        onToken(data, this, socket);
      };
      this.#closed.push(
        new Promise((resolve) => {
          socket.onclose = () => {
            this.sockets.delete(socket);
            resolve();
          };
        }),
      );
      return response;
    });
    this.endpoint = { scheme: "ws", host: "127.0.0.1", port: this.#server.addr.port };
  }

  /** Sends a token to all, if it is one. */
  relay(token: string): void {
    try {
      SEAL.open(token);
    } catch (error) {
      if (error instanceof SealError) return;
      throw error;
    }
    this.broadcast(token);
  }

  /** Sends anything to all. */
  broadcast(text: string): void {
    for (const socket of this.sockets) socket.send(text);
  }

  /** Stops it. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.close();
    await Promise.all(this.#closed);
    await this.#server.shutdown();
  }
}

/** A UDP server on a loopback address. */
export class DatagramServer implements AsyncDisposable {
  /** Where it hears. */
  readonly endpoint: Endpoint;
  /** What came, in order. */
  readonly tokens: string[] = [];
  readonly #socket: Socket;

  private constructor(socket: Socket, onToken: (token: string, reply: Reply) => void) {
    this.#socket = socket;
    const { address: host, port } = socket.address();
    this.endpoint = { scheme: "udp", host, port };
    socket.on("message", (bytes: Uint8Array, { address, port }: RemoteInfo) => {
      const token = new TextDecoder().decode(bytes);
      this.tokens.push(token);
      const reply = (text: string) => void socket.send(text, port, address);
      onToken(token, Object.assign(reply, { to: formatHostPort(address, port) }));
    });
  }

  /** Starts one. Default: what opens is answered as system B does. */
  static async start(
    onToken: (token: string, reply: Reply) => void = answerOk,
    where: { host?: string; port?: number } = {},
  ): Promise<DatagramServer> {
    const { host = "127.0.0.1", port = 0 } = where;
    const socket = createSocket({
      type: host.includes(":") ? "udp6" : "udp4",
      reuseAddr: port !== 0,
    });
    socket.bind(port, host);
    await once(socket, "listening");
    return new DatagramServer(socket, onToken);
  }

  /** Stops it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#socket, "close");
    this.#socket.close();
    await closed;
  }
}

/** Answers a datagram. */
export type Reply = ((text: string) => void) & {
  /** Who has sent it. */
  readonly to: string;
};

/** Answers as system B does. */
export function answerOk(token: string, reply: Reply): void {
  let opens = true;
  try {
    SEAL.open(token);
  } catch {
    opens = false;
  }
  reply(SEAL.seal({ userID: reply.to, text: opens ? "decode ok" : "decode error" }));
}
