import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A wire between one client and a server that can do harm. */
export class HarmfulWire implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  readonly #port: number;

  private constructor(server: Server, toPort: number) {
    this.#server = server;
    this.#port = toPort;
    server.on("connection", (client) => this.#join(client));
  }

  /** Listens on any port, for a client of a server. */
  static async to(port: number): Promise<HarmfulWire> {
    const server = createServer();
    const wire = new HarmfulWire(server, port);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return wire;
  }

  /** Where it listens. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Sends the server bytes that the client has not sent. */
  inject(bytes: Uint8Array): void {
    this.#sockets[1]!.write(bytes);
  }

  /** Breaks the connection to the server. */
  reset(): void {
    this.#sockets[1]!.resetAndDestroy();
  }

  /** Ends all. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await closed;
  }

  #join(client: Socket): void {
    const server = connect(this.#port, "127.0.0.1");
    this.#sockets.push(client, server);
    client.pipe(server).pipe(client);
    // What the one end suffers the other sees.
    for (const [one, other] of [[client, server], [server, client]] as const) {
      one.on("error", () => other.destroy());
    }
  }
}
