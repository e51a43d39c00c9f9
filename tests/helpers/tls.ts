import type { Conn } from "../../lib/net/conn.ts";
import { connectTls, type TlsConnectOptions } from "../../lib/net/tls_client.ts";
import {
  listenTls,
  type TlsAccepted,
  type TlsAcceptor,
  type TlsListenOptions,
} from "../../lib/net/tls_server.ts";
import { issue, type Issued } from "./issue.ts";

/** Where both ends of these tests are. */
export const HOST = "127.0.0.1";

/** What a test's server shows, unless the test wants another. */
export const SERVER: Issued = issue("localhost");

/** A connection that was not served. */
export interface Refused {
  /** Of whom. */
  address: string;
  /** Why. */
  why: string;
}

/** A listener by TLS that notes whom it does not serve. */
export class TestAcceptor implements AsyncDisposable {
  readonly #acceptor: TlsAcceptor;
  readonly #refused: Refused[];
  readonly #waiting: ((refused: Refused) => void)[];

  private constructor(
    acceptor: TlsAcceptor,
    refused: Refused[],
    waiting: ((refused: Refused) => void)[],
  ) {
    this.#acceptor = acceptor;
    this.#refused = refused;
    this.#waiting = waiting;
  }

  /** Listens on any port. */
  static async listen(options: Partial<TlsListenOptions> = {}): Promise<TestAcceptor> {
    const refused: Refused[] = [];
    const waiting: ((refused: Refused) => void)[] = [];
    const acceptor = await listenTls({
      hostname: HOST,
      port: 0,
      certPem: SERVER.certPem,
      keyPem: SERVER.keyPem,
      handshakeTimeoutMs: 30_000,
      onRefused: (address, why) => {
        const next = waiting.shift();
        if (next === undefined) refused.push({ address, why });
        else next({ address, why });
      },
      ...options,
    });
    return new TestAcceptor(acceptor, refused, waiting);
  }

  /** Where it listens. */
  get port(): number {
    return this.#acceptor.addr.port;
  }

  /** See {@linkcode TlsAcceptor}. */
  accept(): Promise<TlsAccepted> {
    return this.#acceptor.accept();
  }

  /** The next that is not served. */
  refused(): Promise<Refused> {
    const first = this.#refused.shift();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Connects with a client that trusts {@linkcode SERVER}, unless other options are given. */
  connect(options: Partial<TlsConnectOptions> = {}): Promise<Conn> {
    return connect(this.port, options);
  }

  /** Listens no more. */
  close(): void {
    this.#acceptor.close();
  }

  /** Listens no more, if it does, and waits until all is over. */
  async [Symbol.asyncDispose](): Promise<void> {
    closeIfOpen(this.#acceptor);
    await this.#acceptor.finished;
    await settle();
  }
}

/** Connects with a client that trusts {@linkcode SERVER}, unless other options are given. */
export function connect(port: number, options: Partial<TlsConnectOptions> = {}): Promise<Conn> {
  const trust = options.pin === undefined ? { caPem: SERVER.certPem } : {};
  return connectTls({ hostname: HOST, port }, {
    connectTimeoutMs: 30_000,
    ...trust,
    ...options,
  });
}

/** A server's and a client's end of a connection. */
export class TlsPair implements AsyncDisposable {
  /** The server's end. */
  readonly server: Conn;
  /** The client's end. */
  readonly client: Conn;

  private constructor(server: Conn, client: Conn) {
    this.server = server;
    this.client = client;
  }

  /** Connects. */
  static async open(): Promise<TlsPair> {
    await using acceptor = await TestAcceptor.listen();
    const [{ conn }, client] = await Promise.all([acceptor.accept(), acceptor.connect()]);
    return new TlsPair(conn, client);
  }

  /** Closes both ends, if they are open, and waits until they are. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const conn of [this.server, this.client]) closeIfOpen(conn);
    await settle();
  }
}

/** Closes a connection that may be closed. */
export function closeIfOpen(conn: { close(): void }): void {
  try {
    conn.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

/** Lets what was closed be closed: the runtime does it a turn later. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Writes all of the bytes. */
export async function writeAll(conn: Conn, bytes: Uint8Array): Promise<void> {
  while (bytes.length > 0) bytes = bytes.subarray(await conn.write(bytes));
}

/** Reads until there are so many bytes, or the peer ends. */
export async function readAtLeast(conn: Conn, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const count = await conn.read(bytes.subarray(at));
    if (count === null) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The text of bytes. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
