import { tmpdir } from "node:os";
import type { Endpoint } from "../endpoint.ts";
import { RoomConnection } from "./room_connection.ts";
import type { ChatSpool } from "./chat_spool.ts";
import type { RoomLink } from "./room_link.ts";
import type { WireConnectionOptions } from "./wire_connection.ts";

/** How to connect to a room. */
export interface OpenRoomOptions {
  /** How to connect, and with which key. */
  connection: Omit<WireConnectionOptions, "signal">;
  /** How long an answer may take. */
  answerTimeoutMs: number;
  /**
   * Whether somebody may save files. The chat dialect sends them to everybody at once: they are
   * kept on this machine as long as this is used, or else only their names are told.
   */
  keepsFiles: boolean;
}

/** Connects to the room of a server, whichever dialect it speaks, and joins, over and over. */
export class RoomOpener implements Disposable {
  readonly #endpoint: Endpoint;
  readonly #options: OpenRoomOptions;
  #spool: ChatSpool | undefined;

  /** Takes the server, and how to connect. */
  constructor(endpoint: Endpoint, options: OpenRoomOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
  }

  /**
   * Connects and joins, under that name or one that is made of it.
   *
   * @throws what the connection of that dialect throws.
   */
  async open(name: string, signal: AbortSignal): Promise<RoomLink> {
    const { connection, answerTimeoutMs } = this.#options;
    if (this.#endpoint.scheme === "chat") return await this.#openChat(name, signal);
    const options = { ...connection, answerTimeoutMs, name, signal };
    return await RoomConnection.join(this.#endpoint, options);
  }

  async #openChat(name: string, signal: AbortSignal): Promise<RoomLink> {
    // Loaded here: who talks with a wagons server starts sooner.
    const [{ ChatConnection }, { ChatSpool }] = await Promise.all([
      import("./chat_connection.ts"),
      import("./chat_spool.ts"),
    ]);
    const { connection: { connectTimeoutMs }, keepsFiles } = this.#options;
    if (keepsFiles) this.#spool ??= await ChatSpool.open({ folder: tmpdir() });
    return await ChatConnection.connect(this.#endpoint, {
      name,
      spool: this.#spool,
      signal,
      ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
    });
  }

  /** Files that were not saved are gone. All connections have to be closed. */
  [Symbol.dispose](): void {
    this.#spool?.[Symbol.dispose]();
  }
}
