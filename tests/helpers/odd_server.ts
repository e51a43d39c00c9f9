/** A server on the loopback that does with each connection what a test wants. */
export class OddServer implements AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
  readonly #listener: Deno.TcpListener;
  readonly #finished: Promise<void>;
  readonly #conns = new Set<Deno.TcpConn>();

  /** Begins to listen. What `serve` throws because the other side has gone is passed over. */
  constructor(serve: (conn: Deno.TcpConn) => Promise<void>, hostname = "127.0.0.1", port = 0) {
    this.#listener = Deno.listen({ hostname, port });
    this.port = this.#listener.addr.port;
    this.#finished = this.#acceptAll(serve);
  }

  async #acceptAll(serve: (conn: Deno.TcpConn) => Promise<void>): Promise<void> {
    const served: Promise<void>[] = [];
    try {
      for await (const conn of this.#listener) {
        this.#conns.add(conn);
        served.push(
          serve(conn).catch(ignoreGone).finally(() => {
            if (this.#conns.delete(conn)) conn.close();
          }),
        );
      }
    } finally {
      await Promise.all(served);
    }
  }

  /** Cuts off who is there and ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of this.#conns) conn.close();
    this.#conns.clear();
    await this.#finished;
  }
}

function ignoreGone(error: unknown): void {
  const { BadResource, BrokenPipe, ConnectionReset, Interrupted } = Deno.errors;
  for (const gone of [BadResource, BrokenPipe, ConnectionReset, Interrupted]) {
    if (error instanceof gone) return;
  }
  throw error;
}

/** Writes a text whole. */
export async function writeText(conn: Deno.TcpConn, text: string): Promise<void> {
  let bytes: Uint8Array = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await conn.write(bytes));
}

/** Reads until there is nothing more to come. */
export async function readToEnd(conn: Deno.TcpConn): Promise<void> {
  const buffer = new Uint8Array(4096);
  while (await conn.read(buffer) !== null);
}
