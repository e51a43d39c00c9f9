import { type Endpoint, formatHostPort } from "../../lib/endpoint.ts";

/** A client of the dict dialect that can be as rude as a test wants it. */
export class DictClient implements Disposable {
  /** The connection itself. */
  readonly conn: Deno.TcpConn;

  private constructor(conn: Deno.TcpConn) {
    this.conn = conn;
  }

  /** Connects and says nothing. */
  static async connect({ host, port }: Endpoint): Promise<DictClient> {
    const conn = await Deno.connect({ hostname: host, port });
    conn.setNoDelay();
    return new DictClient(conn);
  }

  /** Its own address, as the server's events name it. */
  get address(): string {
    const { hostname, port } = this.conn.localAddr as Deno.NetAddr;
    return formatHostPort(hostname, port);
  }

  /** Sends bytes, or a text of UTF-8, as they are. */
  async write(data: Uint8Array | string): Promise<void> {
    let bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    while (bytes.length > 0) bytes = bytes.subarray(await this.conn.write(bytes));
  }

  /** Sends all of these, ends its side, and gives what the server says. */
  async send(...parts: (Uint8Array | string)[]): Promise<string> {
    for (const part of parts) await this.write(part);
    await this.conn.closeWrite();
    return await this.answer();
  }

  /** All that the server says until it closes. Throws when it has reset. */
  async answer(): Promise<string> {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(1024);
    let text = "";
    for (let count = await this.conn.read(buffer); count !== null;) {
      text += decoder.decode(buffer.subarray(0, count), { stream: true });
      count = await this.conn.read(buffer);
    }
    return text;
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

/** Sends these in a connection of their own and gives what the server says. */
export async function sendByDict(
  endpoint: Endpoint,
  ...parts: (Uint8Array | string)[]
): Promise<string> {
  using client = await DictClient.connect(endpoint);
  return await client.send(...parts);
}
