/**
 * Servers with tokens that do no more than say who they are.
 *
 * @module
 */

import { createSocket, type Socket } from "node:dgram";
import { TokenSeal } from "../../lib/token_seal.ts";
import { OddServer, writeText } from "./odd_server.ts";

/** What a server answers to a handshake by HTTP. */
export function answerByHttp(token: string, hostname = "127.0.0.1", port = 0): OddServer {
  return new OddServer(
    async (conn) => {
      await conn.read(new Uint8Array(4096));
      await writeText(conn, `HTTP/1.1 200 OK\r\nContent-Length: ${token.length}\r\n\r\n${token}`);
    },
    hostname,
    port,
  );
}

/** The token of an answer to a handshake. */
export function handshakeToken(
  key: Uint8Array,
  identity: { id: string; name: string; listen?: string[] },
): string {
  const { name, listen = [] } = identity;
  const args = JSON.stringify({ ...identity, version: "0.1.0", listen });
  return new TokenSeal(key, { isServer: true }).seal({
    userID: name,
    text: name,
    cmd: "handshake",
    args,
  });
}

/** A server by UDP that answers each datagram with some others. */
export class DatagramAnswers implements AsyncDisposable {
  readonly #socket: Socket = createSocket("udp4");
  #isClosed = false;

  /** Begins to listen; endless answers begin anew when they are sent. */
  static async start(
    answers: (question: string) => string[],
    { hostname = "127.0.0.1", isEndless = false }: { hostname?: string; isEndless?: boolean } = {},
  ): Promise<DatagramAnswers> {
    const server = new DatagramAnswers();
    const socket = server.#socket;
    socket.on("message", (data, { address, port }) => {
      const answer = () => {
        if (server.#isClosed) return;
        const texts = answers(data.toString());
        for (const [i, text] of texts.entries()) {
          const isLast = i === texts.length - 1;
          socket.send(text, port, address, isLast && isEndless ? answer : undefined);
        }
      };
      answer();
    });
    await new Promise<void>((resolve) => socket.bind(0, hostname, () => resolve()));
    return server;
  }

  /** Where it listens. */
  get port(): number {
    return this.#socket.address().port;
  }

  /** Ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }
}
