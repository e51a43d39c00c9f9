import { type Endpoint, formatHostPort } from "../../lib/endpoint.ts";
import { concat } from "./raw_client.ts";

/** An answer as it came. */
export interface HttpAnswer {
  /** The status code. */
  readonly status: number;
  /** The headers, by their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  /** What is behind them. */
  readonly body: string;
}

const CRLF = [13, 10];

/** A client of HTTP/1.1 over a bare connection, which can be as rude as a test wants it. */
export class HttpClient implements Disposable {
  /** The connection itself. */
  readonly conn: Deno.TcpConn;
  #bytes: Uint8Array = new Uint8Array();
  readonly #buffer = new Uint8Array(64 * 1024);

  /** Takes a connection. */
  constructor(conn: Deno.TcpConn) {
    this.conn = conn;
  }

  /** Connects. */
  static async connect({ host, port }: Endpoint): Promise<HttpClient> {
    const conn = await Deno.connect({ hostname: host, port });
    conn.setNoDelay();
    return new HttpClient(conn);
  }

  /** Its own address, as the server's events name it. */
  get address(): string {
    const { hostname, port } = this.conn.localAddr as Deno.NetAddr;
    return formatHostPort(hostname, port);
  }

  /** Sends bytes, or a text of ASCII, as they are. */
  async write(data: Uint8Array | string): Promise<void> {
    let bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    while (bytes.length > 0) bytes = bytes.subarray(await this.conn.write(bytes));
  }

  /** Asks for something and gives the answer, or null when the server has closed. */
  async ask(method: string, path: string, body?: string): Promise<HttpAnswer | null> {
    await this.write(requestOf(method, path, body));
    return await this.answer(method === "HEAD");
  }

  /** The next answer, or null when the server has closed. Throws when it has reset. */
  async answer(isHead = false): Promise<HttpAnswer | null> {
    const head = await this.#until([...CRLF, ...CRLF]);
    if (head === null) return null;
    const [first, ...lines] = new TextDecoder().decode(head).trimEnd().split("\r\n");
    const headers = new Map(lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }));
    const status = Number(first!.split(" ")[1]);
    const length = isHead || status === 101 ? 0 : Number(headers.get("content-length"));
    const body = await this.#take(length);
    return { status, headers, body: new TextDecoder().decode(body) };
  }

  /** Reads, and throws away, until the server closes. Throws when it has reset. */
  async end(): Promise<void> {
    while (await this.conn.read(this.#buffer) !== null);
  }

  /** What has come and was not read, and all further reads are the caller's. */
  rest(): Uint8Array {
    return this.#bytes;
  }

  async #until(mark: readonly number[]): Promise<Uint8Array | null> {
    for (let from = 0;;) {
      for (let at = from; at + mark.length <= this.#bytes.length; at++) {
        if (mark.every((byte, i) => this.#bytes[at + i] === byte)) {
          return await this.#take(at + mark.length);
        }
      }
      from = Math.max(0, this.#bytes.length - mark.length);
      if (!await this.#read()) return null;
    }
  }

  async #take(count: number): Promise<Uint8Array> {
    while (this.#bytes.length < count) {
      if (!await this.#read()) throw new Error("The server has closed in the middle of an answer");
    }
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  async #read(): Promise<boolean> {
    const count = await this.conn.read(this.#buffer);
    if (count === null) return false;
    this.#bytes = concat(this.#bytes, this.#buffer.slice(0, count));
    return true;
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

/** A request as it is sent. */
export function requestOf(method: string, path: string, body?: string): string {
  const length = body === undefined
    ? ""
    : `Content-Length: ${new TextEncoder().encode(body).length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: yard\r\n${length}\r\n${body ?? ""}`;
}
