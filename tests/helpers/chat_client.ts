import type { Endpoint } from "../../lib/endpoint.ts";
import { formatHostPort } from "../../lib/endpoint.ts";
import { ChatDecoder, type ChatPart } from "../../lib/wire/chat_decoder.ts";
import { chatForm } from "../../lib/chat_endpoint.ts";
import { chatOptions, part } from "../wire/chat_arbitraries.ts";
import { concat } from "./raw_client.ts";

/** What a chat's server has sent. */
export interface ChatEvent {
  /** Who. */
  readonly user: string;
  /** The text, or the file's name. */
  readonly text: string;
  /** What is in the file. */
  readonly content?: Uint8Array;
  /** When, as it came. */
  readonly time: string;
}

/** A client of the chat dialect that can be as rude as a test wants it. */
export class ChatClient implements Disposable {
  /** The connection itself. */
  readonly conn: Deno.TcpConn;
  readonly #headerBytes: number;
  readonly #encode: (text: string) => Uint8Array;
  readonly #decoder: ChatDecoder;
  readonly #buffer = new Uint8Array(64 * 1024);
  readonly #parts: ChatPart[] = [];

  private constructor(conn: Deno.TcpConn, endpoint: Endpoint) {
    const { headerBytes, encoding } = chatForm(endpoint);
    this.conn = conn;
    this.#headerBytes = headerBytes;
    this.#encode = (text) => encoding.encode(text);
    this.#decoder = new ChatDecoder(
      chatOptions({ sender: "server", headerBytes, encoding, maxFileBytes: 1024 ** 3 }),
    );
  }

  /** Connects and says nothing. */
  static async connect(endpoint: Endpoint): Promise<ChatClient> {
    const { host, port } = endpoint;
    return new ChatClient(await Deno.connect({ hostname: host, port }), endpoint);
  }

  /** Connects, says a name, and waits until the server has acted on it. */
  static async join(endpoint: Endpoint, name: string): Promise<ChatClient> {
    const client = await ChatClient.connect(endpoint);
    await client.say(name);
    await client.settle();
    return client;
  }

  /** Its own address, as the server's events name it. */
  get address(): string {
    const { hostname, port } = this.conn.localAddr as Deno.NetAddr;
    return formatHostPort(hostname, port);
  }

  /** Sends a text, or bytes, as a part each. */
  async say(...texts: (string | Uint8Array)[]): Promise<void> {
    const bytes = texts.map((text) => typeof text === "string" ? this.#encode(text) : text);
    await this.write(concat(...bytes.map((data) => part(data, this.#headerBytes))));
  }

  /** Sends bytes as they are. */
  async write(bytes: Uint8Array): Promise<void> {
    while (bytes.length > 0) bytes = bytes.subarray(await this.conn.write(bytes));
  }

  /**
   * Waits until the server has acted on all that was said: to an empty text it answers that this
   * cannot be said. What comes before that answer is passed over.
   */
  async settle(): Promise<void> {
    await this.say("");
    while ((await this.next())?.text !== "The text is empty.");
  }

  /** What comes next, or null when the server has closed. Throws when it has reset. */
  async next(): Promise<ChatEvent | null> {
    let [user, text] = ["", ""];
    let content: Uint8Array[] | undefined;
    for (;;) {
      const part = await this.#nextPart();
      if (part === null) return null;
      if (part.type === "user") user = part.text;
      else if (part.type === "message") text = part.text;
      else if (part.type === "file") [text, content] = [part.name, []];
      else if (part.type === "bytes") content!.push(part.bytes);
      else if (part.type === "time") {
        const file = content === undefined ? {} : { content: concat(...content) };
        return { user, text, ...file, time: part.text };
      }
    }
  }

  /** The user and the text of what comes next, with a colon between. */
  async line(): Promise<string | null> {
    const event = await this.next();
    return event === null ? null : `${event.user}: ${event.text}`;
  }

  async #nextPart(): Promise<ChatPart | null> {
    while (this.#parts.length === 0) {
      const count = await this.conn.read(this.#buffer);
      if (count === null) return null;
      this.#decoder.decode(this.#buffer.subarray(0, count), (part) => {
        this.#parts.push(part.type === "bytes" ? { ...part, bytes: part.bytes.slice() } : part);
      });
    }
    return this.#parts.shift()!;
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
