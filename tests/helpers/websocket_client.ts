import type { Endpoint } from "../../lib/endpoint.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";
import { HttpClient } from "./http_client.ts";
import { concat } from "./raw_client.ts";
import { opened, token } from "./tokens.ts";

/** What kind of frame it is (RFC 6455, section 5.2). */
export const Opcode = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame that the server has sent. */
export interface ReceivedFrame {
  /** One of {@linkcode Opcode}. */
  readonly opcode: number;
  /** What is in it. */
  readonly data: Uint8Array;
}

/** A client by WebSocket over a bare connection, which can be as rude as a test wants it. */
export class WebSocketClient implements Disposable {
  readonly #http: HttpClient;
  #bytes: Uint8Array;
  readonly #buffer = new Uint8Array(64 * 1024);

  private constructor(http: HttpClient) {
    this.#http = http;
    this.#bytes = http.rest();
  }

  /** Connects, and reads nothing of what the server sends then. */
  static async connect(endpoint: Endpoint, path = "/ws"): Promise<WebSocketClient> {
    const http = await HttpClient.connect(endpoint);
    await http.write(upgradeRequest(path));
    return await WebSocketClient.over(http);
  }

  /** Takes a connection on which a WebSocket was asked for. */
  static async over(http: HttpClient): Promise<WebSocketClient> {
    const answer = await http.answer();
    if (answer?.status === 101) return new WebSocketClient(http);
    http.close();
    throw new Error(`The server has answered ${JSON.stringify(answer)}`);
  }

  /** Connects, reads the welcome, and comes into the room under that name by saying something. */
  static async join(endpoint: Endpoint, userID: string): Promise<WebSocketClient> {
    const client = await WebSocketClient.connect(endpoint);
    await client.message();
    await client.say({ userID, text: `${userID} is here` });
    await client.message();
    return client;
  }

  /** Its own address, as the server's events name it. */
  get address(): string {
    return this.#http.address;
  }

  /** Sends a message as a token; gives the token. */
  async say(message: Partial<TokenMessage>): Promise<string> {
    const text = token(message);
    await this.send(text);
    return text;
  }

  /** Sends a text, or bytes, as a message. */
  async send(data: string | Uint8Array): Promise<void> {
    const isText = typeof data === "string";
    const bytes = isText ? new TextEncoder().encode(data) : data;
    await this.write(frame(isText ? Opcode.text : Opcode.binary, bytes));
  }

  /** Sends bytes as they are. */
  async write(bytes: Uint8Array): Promise<void> {
    await this.#http.write(bytes);
  }

  /** The next frame, or null when the server has closed. Throws when it has reset. */
  async frame(): Promise<ReceivedFrame | null> {
    while (true) {
      const [first, second] = this.#bytes;
      const short = (second ?? 0) & 127;
      const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
      const at = 2 + lengthBytes;
      if (this.#bytes.length >= at) {
        const length = lengthBytes === 0
          ? short
          : this.#bytes.subarray(2, at).reduce((sum, byte) => sum * 256 + byte, 0);
        if (this.#bytes.length >= at + length) {
          const data = this.#bytes.slice(at, at + length);
          this.#bytes = this.#bytes.subarray(at + length);
          return { opcode: first! & 15, data };
        }
      }
      const count = await this.#http.conn.read(this.#buffer);
      if (count === null) return null;
      this.#bytes = concat(this.#bytes, this.#buffer.slice(0, count));
    }
  }

  /** The text of the next message; control frames before it are passed over, null is the end. */
  async text(): Promise<string | null> {
    for (let next = await this.frame(); next !== null; next = await this.frame()) {
      if (next.opcode === Opcode.text || next.opcode === Opcode.binary) {
        return new TextDecoder().decode(next.data);
      }
    }
    return null;
  }

  /** The next message, opened. */
  async message(): Promise<TokenMessage> {
    const text = await this.text();
    if (text === null) throw new Error("The server has closed");
    return opened(text);
  }

  /** Who says what in the next message, with a colon between. */
  async line(): Promise<string> {
    const { userID, text } = await this.message();
    return `${userID}: ${text}`;
  }

  /** Reads until the server closes; gives the code that it closes with, or undefined without one. */
  async closeCode(): Promise<number | undefined> {
    let code: number | undefined;
    for (let next = await this.frame(); next !== null; next = await this.frame()) {
      if (next.opcode === Opcode.close) code = next.data[0]! * 256 + next.data[1]!;
    }
    return code;
  }

  /** Closes the connection without a word; it may be closed already. */
  close(): void {
    this.#http.close();
  }

  /** The same as {@linkcode close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** The request that opens a WebSocket. */
export function upgradeRequest(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: yard\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

/** A frame as clients send it, with a mask that changes nothing. */
export function frame(opcode: number, data: Uint8Array, isLast = true): Uint8Array {
  return concat(frameHeader(opcode, data.length, isLast), data);
}

/** What is before the data of such a frame. */
export function frameHeader(opcode: number, length: number, isLast = true): Uint8Array {
  const first = (isLast ? 0x80 : 0) | opcode;
  const header = length < 126
    ? [first, 0x80 | length]
    : length < 65536
    ? [first, 0x80 | 126, length >> 8, length & 255]
    : [first, 0x80 | 127, 0, 0, 0, 0, length >>> 24, length >> 16, length >> 8, length];
  return Uint8Array.from([...header, 0, 0, 0, 0]);
}
