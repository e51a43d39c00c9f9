import type { Endpoint } from "../../lib/endpoint.ts";
import { decodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import type { Message, Received } from "../../lib/wire/messages.ts";
import { issue, type Issued } from "./issue.ts";

/** The certificate that servers of the tests show, for the addresses that they listen on. */
export const SERVER: Issued = issue("localhost", { hosts: ["localhost", "127.0.0.1", "::1"] });

/** A client of the `tcp` protocol that can be as rude as a test wants it. */
export class RawClient implements Disposable {
  /** The connection itself. */
  readonly conn: Deno.TcpConn | Deno.TlsConn;
  readonly #decoder = new FrameDecoder({ maxFrameBytes: 1024 * 1024 });
  readonly #buffer = new Uint8Array(64 * 1024);
  readonly #received: Received[] = [];

  private constructor(conn: Deno.TcpConn | Deno.TlsConn) {
    this.conn = conn;
  }

  /** Connects; by `tls://` with a client that is not ours, which trusts {@linkcode SERVER}. */
  static async connect({ scheme, host, port }: Endpoint): Promise<RawClient> {
    const where = { hostname: host, port };
    if (scheme === "tcp") return new RawClient(await Deno.connect(where));
    const conn = await Deno.connectTls({ ...where, caCerts: [SERVER.certPem] });
    await conn.handshake();
    return new RawClient(conn);
  }

  /** Its own address, as the server's events name it. */
  get address(): string {
    const { hostname, port } = this.conn.localAddr as Deno.NetAddr;
    return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
  }

  /** Sends messages in one write. */
  async send(...messages: Message[]): Promise<void> {
    await this.write(frames(...messages));
  }

  /** Sends bytes as they are. */
  async write(bytes: Uint8Array): Promise<void> {
    while (bytes.length > 0) bytes = bytes.subarray(await this.conn.write(bytes));
  }

  /** The next message, or null when the server has closed. Throws when it has reset. */
  async receive(): Promise<Received | null> {
    while (this.#received.length === 0) {
      const count = await this.conn.read(this.#buffer);
      if (count === null) return null;
      this.#decoder.decode(this.#buffer.subarray(0, count), (bytes, start, end) => {
        this.#received.push(decodeBody(bytes, start, end));
      });
    }
    return this.#received.shift()!;
  }

  /** The next messages, fewer when the server closes before. */
  async receiveMany(count: number): Promise<Received[]> {
    const messages: Received[] = [];
    while (messages.length < count) {
      const message = await this.receive();
      if (message === null) break;
      messages.push(message);
    }
    return messages;
  }

  /** All messages until the server closes. */
  async receiveToEnd(): Promise<Received[]> {
    return await this.receiveMany(Infinity);
  }

  /** Sends messages and gives the kinds of as many answers. */
  async kindsOfAnswers(...messages: Message[]): Promise<string[]> {
    await this.send(...messages);
    return (await this.receiveMany(messages.length)).map(({ kind }) => kind);
  }

  /** Closes; it may be closed already. */
  close(): void {
    try {
      this.conn.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  /** The same as {@linkcode close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** The frames of messages, one behind the other. */
export function frames(...messages: Message[]): Uint8Array {
  return concat(...messages.map(encodeFrame));
}

/** Bytes, one behind the other. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The same bytes so many times. */
export function repeat(part: Uint8Array, times: number): Uint8Array {
  const bytes = new Uint8Array(part.length * times);
  for (let i = 0; i < times; i++) bytes.set(part, i * part.length);
  return bytes;
}
