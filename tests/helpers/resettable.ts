import { connect, type Socket } from "node:net";
import type { Endpoint } from "../../lib/endpoint.ts";

/** A client that can end with a reset, which connections of Deno's own cannot. */
export class ResettableClient {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Connects. */
  static connect({ host, port }: Endpoint): Promise<ResettableClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host);
      socket.once("connect", () => resolve(new ResettableClient(socket)));
      socket.once("error", reject);
    });
  }

  /** Sends bytes; resolves when the system has taken them. */
  send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => error ? reject(error) : resolve());
    });
  }

  /** Ends the connection with a reset. */
  reset(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
      this.#socket.resetAndDestroy();
    });
  }
}
