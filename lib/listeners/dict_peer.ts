import { reasonOf } from "../errors.ts";
import { FormatError } from "../formats/format_error.ts";
import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import { TOKEN_NOT_TAKEN } from "../hub/token_dictionaries.ts";
import { LINGER_MS } from "../limits/connections.ts";
import { DICT_STEP_BYTES } from "../limits/dict.ts";
import type { Conn } from "../net/conn.ts";
import type { OpenedData } from "../seal/data_token.ts";
import { SealError } from "../seal/seal_error.ts";
import { type Refusal, RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { closeQuietly } from "./close_gently.ts";
import { describeLoss } from "./describe_loss.ts";
import { DictInput, type DictParts } from "./dict_input.ts";
import { keptLine, refusedLine } from "./dict_lines.ts";
import type { DictTokenOptions } from "./dict_token.ts";
import type { Served } from "./serve_peers.ts";

/** What a connection is bounded by. */
export interface DictPeerOptions extends DictTokenOptions {
  /** Time for the first byte. */
  readonly firstTimeoutMs: number;
  /** Time for the rest, and for each {@linkcode DICT_STEP_BYTES} of it. */
  readonly stepTimeoutMs: number;
}

const READ_BYTES = 64 * 1024;
const FIRST_READ_BYTES = 2 * 1024;

/**
 * One peer of the dict dialect: all that it sends until it ends its side is one dictionary with a file
 * behind it or none. It is answered with one line, and the connection closed.
 */
export class DictPeer implements Served {
  readonly #conn: Conn;
  readonly #peer: Peer;
  readonly #hub: Hub;
  readonly #options: DictPeerOptions;
  readonly #input: DictInput;
  /** Since when the peer has been to send the next step. */
  #sinceMs = performance.now();
  /** Bytes that have come since then. */
  #stepBytes = 0;
  /** All has come, and is acted on. */
  #isActing = false;
  /** Why the connection ends, once it does: what still comes is thrown away. */
  #ending: string | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;

  /** Takes a connection, and the peer that the hub made of it. */
  constructor(conn: Conn, peer: Peer, hub: Hub, options: DictPeerOptions) {
    this.#conn = conn;
    this.#peer = peer;
    this.#hub = hub;
    this.#options = options;
    this.#input = new DictInput(options);
  }

  /** See {@linkcode Served}. */
  async run(): Promise<void> {
    try {
      await this.#readAll();
      // Who connects and closes wants to know whether somebody listens, or wakes who waits.
      if (this.#ending === undefined && !this.#input.isEmpty) await this.#write(await this.#act());
    } catch (error) {
      this.#fail(error);
    }
    this.#input.release();
    this.#hub.leave(this.#peer, this.#ending ?? "closed the connection");
    clearTimeout(this.#linger);
    closeQuietly(this.#conn);
  }

  /** See {@linkcode Served}. */
  end(reason: string): void {
    if (this.#ending !== undefined || this.#isActing) return;
    // A server that stops denies everybody.
    this.#end(reason, this.#hub.parcels.deny(this.#peer)!.text);
  }

  /** See {@linkcode Served}. */
  checkTimes(nowMs: number): void {
    if (this.#ending !== undefined || this.#isActing) return;
    const { firstTimeoutMs, stepTimeoutMs } = this.#options;
    const isFirst = this.#input.isEmpty;
    const timeoutMs = isFirst ? firstTimeoutMs : stepTimeoutMs;
    if (nowMs - this.#sinceMs <= timeoutMs) return;
    const reason = `${isFirst ? "nothing" : "too little"} came within ${timeoutMs} ms`;
    const text = `${reason[0]!.toUpperCase()}${reason.slice(1)}.`;
    this.#end(reason, this.#hub.refuse(this.#peer, RefusalCode.frameTimedOut, text).text);
  }

  async #readAll(): Promise<void> {
    let buffer = new Uint8Array(FIRST_READ_BYTES);
    while (true) {
      const count = await this.#conn.read(buffer);
      if (count === null) return;
      this.#peer.tally.receivedBytes += count;
      // What still comes is only read so that the peer gets what was sent to it.
      if (this.#ending !== undefined) continue;
      this.#take(buffer.subarray(0, count));
      if (count === buffer.length && count < READ_BYTES) buffer = new Uint8Array(READ_BYTES);
    }
  }

  #take(bytes: Uint8Array): void {
    const isFirst = this.#input.isEmpty;
    try {
      if (isFirst) this.#checkStranger();
      this.#input.push(bytes);
    } catch (error) {
      const { text } = this.#refuse(error);
      return this.#end(reasonOf(error), text);
    }
    this.#stepBytes += bytes.length;
    if (!isFirst && this.#stepBytes < DICT_STEP_BYTES) return;
    this.#stepBytes = 0;
    this.#sinceMs = performance.now();
  }

  /** Where no token can help there is no need to wait for one. */
  #checkStranger(): void {
    const { gate, seal } = this.#hub;
    const denial = seal === undefined ? gate.parcel(this.#peer) : undefined;
    if (denial !== undefined) throw new WireError(denial[0], denial[1].replace(/\.$/, ""));
  }

  /** All has come: keeps it, and gives the answer. */
  async #act(): Promise<Uint8Array> {
    this.#isActing = true;
    try {
      const parts = this.#input.finish();
      this.#hub.tokens.tellDictionary(this.#peer);
      const { dictionary, token } = parts;
      const bytes = dictionary.bytes.length + (token?.length ?? 0);
      return await this.#hub.dictionaryTurns.run(bytes, () => this.#keep(parts));
    } catch (error) {
      return refusedLine(this.#refuse(error).text);
    } finally {
      this.#input.release();
    }
  }

  async #keep({ dictionary, hasToken, token }: DictParts): Promise<Uint8Array> {
    const opened = token && this.#open(token, dictionary.bytes);
    // Before the dictionary is read: that takes time and memory.
    const refusal = opened !== undefined && "kind" in opened
      ? opened
      : this.#hub.parcels.deny(this.#peer);
    if (refusal !== undefined) return refusedLine(refusal.text);
    const parcel = { dictionary: dictionary.read(), file: opened as OpenedData | undefined };
    const kept = await this.#hub.parcels.keep(this.#peer, parcel);
    return "kind" in kept ? refusedLine(kept.text) : keptLine(kept, hasToken);
  }

  /**
   * Opens the token, which is good for these bytes of a dictionary alone; a stranger is told that it is
   * not taken, and the log why.
   */
  #open(token: Uint8Array, dictionary: Uint8Array): OpenedData | Refusal {
    try {
      const opened = this.#hub.seal!.openData(token);
      this.#hub.tokens.receiveData(this.#peer, opened, dictionary);
      return opened;
    } catch (error) {
      if (!(error instanceof SealError || error instanceof WireError)) throw error;
      const code = error instanceof WireError ? error.code : RefusalCode.brokenSeal;
      return { ...this.#hub.refuse(this.#peer, code, `${error.message}.`), text: TOKEN_NOT_TAKEN };
    }
  }

  /** Refuses what is no dictionary, or no token. */
  #refuse(error: unknown): Refusal {
    if (error instanceof WireError) {
      return this.#hub.refuse(this.#peer, error.code, `${error.message}.`);
    }
    if (!(error instanceof FormatError)) throw error;
    const text = `This is no dictionary that is taken: ${error.message}.`;
    return this.#hub.refuse(this.#peer, RefusalCode.invalid, text);
  }

  /** Says why nothing is kept, and ends, for a reason that is part of a sentence. */
  #end(reason: string, text: string): void {
    this.#ending = reason;
    this.#input.release();
    this.#linger = setTimeout(() => closeQuietly(this.#conn), LINGER_MS);
    // A plain close with something unread would reset the connection, and overtake the line.
    this.#write(refusedLine(text)).then(() => this.#conn.closeWrite()).catch((error) =>
      this.#fail(error)
    );
  }

  /** Writes a line. What has left, as system E's clients have, is told nothing. */
  async #write(line: Uint8Array): Promise<void> {
    for (let at = 0; at < line.length;) {
      const count = await this.#conn.write(line.subarray(at));
      this.#peer.tally.sentBytes += count;
      at += count;
    }
  }

  /** Makes an error of reading or writing the reason why it ends. */
  #fail(error: unknown): void {
    const loss = describeLoss(error);
    if (loss === undefined) this.#hub.fault(`serve ${this.#peer.info.address}`, error);
    this.#ending ??= loss ?? String(error);
  }
}
