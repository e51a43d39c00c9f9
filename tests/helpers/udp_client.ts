import { createSocket, type Socket } from "node:dgram";
import { type Endpoint, formatHostPort } from "../../lib/endpoint.ts";
import type { TokenSeal } from "../../lib/token_seal.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";
import { SEAL, token } from "./tokens.ts";

/** Sends datagrams and keeps what comes back. */
export class UdpClient implements AsyncDisposable {
  /** Its own address, as the server's events name it. */
  readonly address: string;
  /** What makes and opens tokens, with the key of the tests' servers. */
  readonly seal: TokenSeal = SEAL;
  readonly #socket: Socket;
  readonly #to: Endpoint;
  readonly #came: Uint8Array[] = [];
  readonly #waiting: ((bytes: Uint8Array) => void)[] = [];

  private constructor(socket: Socket, to: Endpoint) {
    this.#socket = socket;
    this.#to = to;
    const { address, port } = socket.address();
    this.address = formatHostPort(address, port);
    socket.on("message", (bytes) => {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#came.push(bytes);
      else waiting(bytes);
    });
  }

  /** Makes one that sends to an endpoint, from an address of this machine. */
  static async open(to: Endpoint, host?: string): Promise<UdpClient> {
    const isIpv6 = to.host.includes(":");
    const socket = createSocket(isIpv6 ? "udp6" : "udp4");
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.bind({ address: host ?? (isIpv6 ? "::1" : "127.0.0.1"), port: 0 }, resolve);
    });
    return new UdpClient(socket, to);
  }

  /** Sends bytes as they are, or a message as a token. */
  async send(datagram: Uint8Array | string | Partial<TokenMessage>): Promise<void> {
    const isRaw = typeof datagram === "string" || datagram instanceof Uint8Array;
    const bytes = isRaw ? datagram : token(datagram);
    await new Promise<void>((resolve, reject) => {
      const { host, port } = this.#to;
      this.#socket.send(bytes, port, host, (error) => error ? reject(error) : resolve());
    });
  }

  /** The next datagram that comes, as it is. */
  next(): Promise<Uint8Array> {
    const came = this.#came.shift();
    if (came !== undefined) return Promise.resolve(came);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The message in the next one. */
  async nextMessage(): Promise<TokenMessage> {
    return this.seal.open(await this.next()).message;
  }

  /** Sends something; gives the message that comes next. */
  async ask(datagram: Uint8Array | string | Partial<TokenMessage>): Promise<TokenMessage> {
    await this.send(datagram);
    return await this.nextMessage();
  }

  /** Closes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }
}
