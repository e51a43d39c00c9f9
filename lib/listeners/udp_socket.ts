/**
 * Sockets of UDP. Those of the runtime need a flag that a compiled program has not; node's do not.
 *
 * @module
 */

import { createSocket, type Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { cannotListen } from "./listener.ts";

/** Where a datagram came from. */
export interface Sender {
  /** The address; one of IPv4 is mapped to IPv6 when the socket is of IPv6. */
  readonly host: string;
  /** The port; 0 where there is none to answer to. */
  readonly port: number;
}

/** Who is told what comes. */
export interface UdpSocketOptions {
  /** Takes a datagram, which is its own, before the next one is read; must not throw. */
  onDatagram: (bytes: Uint8Array, sender: Sender) => void;
  /** Is told that something could not be received; the socket goes on. */
  onError: (error: Error) => void;
}

/**
 * A socket that is bound. It holds one datagram at a time: what comes meanwhile waits in the system,
 * which drops what its buffer has no room for (208 KiB on Linux, some 270 short ones). What node calls
 * the size of the receive buffer is here the memory for that one datagram, and is left as it is: 64
 * KiB.
 */
export class UdpSocket {
  readonly #socket: Socket;
  /** With the address and the port that were bound. */
  readonly bound: Endpoint;

  private constructor(socket: Socket, bound: Endpoint) {
    this.#socket = socket;
    this.bound = bound;
  }

  /**
   * Binds one, and begins to receive.
   *
   * @throws {UsageError} when it cannot be bound there.
   */
  static async bind(endpoint: Endpoint, options: UdpSocketOptions): Promise<UdpSocket> {
    try {
      const { address, family } = await lookup(endpoint.host);
      const socket = createSocket(family === 6 ? "udp6" : "udp4");
      await bindTo(socket, address, endpoint.port);
      socket.on("error", options.onError);
      socket.on("message", (bytes, { address, port }) => {
        options.onDatagram(bytes, { host: address, port });
      });
      const { address: host, port } = socket.address();
      return new UdpSocket(socket, { ...endpoint, host, port });
    } catch (error) {
      throw cannotListen(formatEndpoint(endpoint), error);
    }
  }

  /** Sends a datagram: gives why it could not be sent, if so. Whether it comes nobody knows. */
  send(text: string, { host, port }: Sender): Promise<Error | undefined> {
    return new Promise((resolve) => {
      this.#socket.send(text, port, host, (error) => resolve(error ?? undefined));
    });
  }

  /** Closes it. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(resolve));
  }
}

function bindTo(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners("error");
      resolve();
    });
  });
}
