import type { Endpoint } from "../../lib/endpoint.ts";
import { concat } from "./raw_client.ts";

/** Somebody on the way between clients and a server who hears all, and understands what it can. */
export class Relay implements AsyncDisposable {
  /** Where clients connect to. */
  readonly endpoint: Endpoint;
  readonly #heard: Uint8Array[] = [];
  readonly #listener: Deno.TcpListener;
  readonly #target: Endpoint;
  readonly #conns = new Set<Deno.TcpConn>();
  readonly #running: Promise<void>;

  /** Stands before a server. */
  constructor(target: Endpoint) {
    this.#target = target;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.endpoint = { scheme: "tcp", host: "127.0.0.1", port: this.#listener.addr.port };
    this.#running = this.#run();
  }

  /** All that was said so far, in both directions. */
  get heard(): Uint8Array {
    return concat(...this.#heard);
  }

  /**
   * What goes on of what a client has said. Here it is all, as it was said.
   *
   * @param _connection The number of the connection, from 0.
   */
  protected changer(_connection: number): (chunk: Uint8Array) => Uint8Array {
    return (chunk) => chunk;
  }

  async #run(): Promise<void> {
    const relays: Promise<void>[] = [];
    try {
      for await (const client of this.#listener) {
        const server = await this.#connect();
        if (server === undefined) {
          client.close();
          continue;
        }
        this.#conns.add(client).add(server);
        relays.push(this.#pump(client, server, this.changer(relays.length / 2)));
        relays.push(this.#pump(server, client, (chunk) => chunk));
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
    await Promise.all(relays);
  }

  /** The server, if it is there: a test may have killed it. */
  async #connect(): Promise<Deno.TcpConn | undefined> {
    const { host, port } = this.#target;
    try {
      return await Deno.connect({ hostname: host, port });
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused) return undefined;
      throw error;
    }
  }

  async #pump(
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    change: (chunk: Uint8Array) => Uint8Array,
  ): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let count; (count = await from.read(buffer)) !== null;) {
        const chunk = buffer.slice(0, count);
        this.#heard.push(chunk);
        let on = change(chunk);
        while (on.length > 0) on = on.subarray(await to.write(on));
      }
      await to.closeWrite();
    } catch {
      // One side has gone: the other is told so when both are closed, which the test waits for.
      this.#close(from);
      this.#close(to);
    }
  }

  #close(conn: Deno.TcpConn): void {
    if (this.#conns.delete(conn)) conn.close();
  }

  /** Ends all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of [...this.#conns]) this.#close(conn);
    await this.#running;
  }
}
