import type { Hub } from "../hub/hub.ts";
import type { Member } from "../hub/member.ts";
import { isDenial } from "../hub/gate.ts";
import type { Outlet } from "../hub/outlet.ts";
import type { Peer } from "../hub/peer.ts";
import { LINGER_MS, MAX_FRAME_BYTES } from "../limits/connections.ts";
import { MEMBER_STALL_TIMEOUT_MS } from "../limits/room.ts";
import type { Conn } from "../net/conn.ts";
import { newId } from "../new_id.ts";
import { ChatDecoder, type ChatDecoderOptions, type ChatPart } from "../wire/chat_decoder.ts";
import { type Refusal, RefusalCode } from "../wire/messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { WireError } from "../wire/wire_error.ts";
import type { ChatFrames } from "./chat_frames.ts";
import { ChatOutput, HalfSentError } from "./chat_output.ts";
import { ChatUpload } from "./chat_upload.ts";
import { closeGently, closeQuietly } from "./close_gently.ts";
import { describeLoss } from "./describe_loss.ts";
import type { Served } from "./serve_peers.ts";

/** What a connection reads and is bounded by. */
export interface ChatPeerOptions extends Omit<ChatDecoderOptions, "sender"> {
  /** Time for a text that was begun to be whole, and for each MiB of a file. */
  frameTimeoutMs: number;
  /** Time in which the peer must take some byte of what waits for it. */
  stallTimeoutMs: number;
  /** Time for the peer to say its name. */
  nameTimeoutMs: number;
}

const READ_BYTES = 64 * 1024;
const FIRST_READ_BYTES = 2 * 1024;

/**
 * One peer of the chat dialect: its name brings it into the room, what it says and the files it
 * sends go there, and what others say and send comes back. What one read has brought is done with
 * before the next one: a peer that says more than the store takes is read more slowly.
 */
export class ChatPeer implements Outlet, Served {
  readonly #conn: Conn;
  readonly #peer: Peer;
  readonly #hub: Hub;
  readonly #options: ChatPeerOptions;
  readonly #decoder: ChatDecoder;
  readonly #output: ChatOutput;
  readonly #sinceMs = performance.now();
  #member: Member | undefined;
  #upload: ChatUpload | undefined;
  /** As of the last look at the clock: bytes that the peer has taken, and since when it is that. */
  #seenBytes = NaN;
  #seenSinceMs = NaN;
  /** Since when a part has been begun and not whole; NaN between parts, and while they are acted on. */
  #partialSinceMs = NaN;
  /** Bytes that have come since then. */
  #partialBytes = 0;
  /** Why the connection ends, once it does. */
  #ending: string | undefined;
  /** Nothing can be written any more. */
  #isLost = false;
  #linger: ReturnType<typeof setTimeout> | undefined;

  /** Takes a connection, and the peer that the hub made of it. */
  constructor(conn: Conn, peer: Peer, hub: Hub, frames: ChatFrames, options: ChatPeerOptions) {
    this.#conn = conn;
    this.#peer = peer;
    this.#hub = hub;
    this.#options = options;
    this.#decoder = new ChatDecoder({ ...options, sender: "client" });
    this.#output = new ChatOutput({
      conn,
      tally: peer.tally,
      frames,
      openContent: (id) => hub.inlineFiles.open(id),
      onFault: ({ id }, error) => hub.fault(`send the file ${id} to ${peer.info.address}`, error),
      onFailed: (error) => this.#fail(error),
    });
  }

  /** See {@linkcode Outlet}. */
  offer(event: RoomEvent): boolean {
    return this.#output.add(event);
  }

  /** See {@linkcode Outlet}. */
  expel({ text }: Refusal): void {
    this.#output.drop();
    this.#output.tell(text, Date.now());
    this.end("it was put out of the room");
  }

  /** See {@linkcode Served}. */
  async run(): Promise<void> {
    try {
      await this.#readAll();
      this.#ending ??= this.#decoder.isMidPart || this.#upload !== undefined
        ? "closed the connection in the middle of a part"
        : "closed the connection";
    } catch (error) {
      this.#fail(error);
    }
    await this.#upload?.close();
    this.#hub.leave(this.#peer, this.#ending!);
    this.#output.finish();
    this.#linger ??= setTimeout(() => this.#close(), LINGER_MS);
    await this.#output.idle();
    clearTimeout(this.#linger);
    await closeGently(this.#conn);
  }

  /** See {@linkcode Served}. */
  end(reason: string): void {
    if (this.#ending !== undefined) return;
    this.#ending = reason;
    this.#output.finish();
    this.#linger = setTimeout(() => this.#close(), LINGER_MS);
    this.#output.idle().then(() => this.#conn.closeWrite()).catch(() => {
      // It is closed already; the read loop has seen that too.
    });
  }

  /** See {@linkcode Served}. */
  checkTimes(nowMs: number): void {
    const { frameTimeoutMs, nameTimeoutMs } = this.#options;
    const stallTimeoutMs = Math.min(this.#options.stallTimeoutMs, MEMBER_STALL_TIMEOUT_MS);
    if (!this.#output.isWaiting || this.#output.writtenBytes !== this.#seenBytes) {
      this.#seenBytes = this.#output.writtenBytes;
      this.#seenSinceMs = nowMs;
    }
    if (nowMs - this.#seenSinceMs > stallTimeoutMs) {
      this.#ending ??= `the peer took nothing for ${stallTimeoutMs} ms`;
      this.#member?.dropSlow(`nothing was taken for ${stallTimeoutMs} ms`);
      this.#close();
    } else if (this.#ending !== undefined) {
      return;
    } else if (nowMs - this.#partialSinceMs > frameTimeoutMs) {
      this.#endLate(RefusalCode.frameTimedOut, `a part was not whole after ${frameTimeoutMs} ms`);
    } else if (this.#member === undefined && nowMs - this.#sinceMs > nameTimeoutMs) {
      this.#endLate(RefusalCode.frameTimedOut, `no name was said within ${nameTimeoutMs} ms`);
    }
  }

  #endLate(code: RefusalCode, reason: string): void {
    this.#refuse(code, `${reason[0]!.toUpperCase()}${reason.slice(1)}.`);
    this.end(reason);
  }

  async #readAll(): Promise<void> {
    let buffer = new Uint8Array(FIRST_READ_BYTES);
    while (!this.#isLost) {
      const count = await this.#conn.read(buffer);
      if (count === null) return;
      this.#peer.tally.receivedBytes += count;
      // Once it ends, what still comes is only read so that the peer gets what was sent to it.
      if (this.#ending !== undefined) continue;
      await this.#takeAll(buffer.subarray(0, count));
      if (count === buffer.length && count < READ_BYTES) buffer = new Uint8Array(READ_BYTES);
    }
  }

  /** Acts on all that a read has brought, one after the other. */
  async #takeAll(bytes: Uint8Array): Promise<void> {
    const sinceMs = this.#partialSinceMs;
    // The time that this takes is not the peer's fault.
    this.#partialSinceMs = NaN;
    const parts: ChatPart[] = [];
    let broken: unknown;
    try {
      this.#decoder.decode(bytes, (part) => parts.push(part));
    } catch (error) {
      broken = error;
    }
    // What came before a broken part is as good as if that had come later.
    for (const part of parts) {
      if (this.#ending !== undefined) return;
      await this.#take(part);
    }
    if (broken !== undefined) throw broken;
    this.#watchPart(parts, bytes.length, sinceMs);
  }

  /** Notes since when the part that is not whole has been coming. */
  #watchPart(parts: readonly ChatPart[], bytes: number, sinceMs: number): void {
    if (!this.#decoder.isMidPart) return;
    this.#partialBytes += bytes;
    const isNew = Number.isNaN(sinceMs) || parts.some(({ type }) => type !== "bytes");
    if (isNew || this.#partialBytes >= MAX_FRAME_BYTES) {
      this.#partialBytes = 0;
      this.#partialSinceMs = performance.now();
    } else {
      this.#partialSinceMs = sinceMs;
    }
  }

  #take(part: ChatPart): Promise<void> | void {
    switch (part.type) {
      case "user":
        return this.#enter(part.text);
      case "message":
        return this.#say(part.text);
      case "file":
        return this.#beginFile(part.name, part.size);
      case "bytes":
        return this.#upload!.write(part.bytes);
      case "fileEnd":
        return this.#offerFile();
      case "time":
        throw new Error("A client says no time");
    }
  }

  #enter(name: string): void {
    const entered = this.#hub.room.enter(this.#peer, name, this);
    if (!isDenial(entered)) {
      this.#member = entered;
      return;
    }
    const [code, text] = entered;
    this.#refuse(code, text);
    this.end(`it was not let in: ${text}`);
  }

  async #say(text: string): Promise<void> {
    const said = await this.#member!.say(newId(), text);
    if (isDenial(said)) this.#refuse(...said);
  }

  async #beginFile(name: string, size: number): Promise<void> {
    this.#upload = await ChatUpload.begin(this.#hub.inlineFiles, this.#member!, { name, size });
  }

  async #offerFile(): Promise<void> {
    const upload = this.#upload!;
    this.#upload = undefined;
    const offered = await upload.offer(newId());
    if (isDenial(offered)) this.#refuse(...offered);
  }

  /** Refuses something, and says so as far as the dialect can. */
  #refuse(code: RefusalCode, text: string): void {
    this.#output.tell(this.#hub.refuse(this.#peer, code, text).text, Date.now());
    if (this.#hub.isHopeless(this.#peer)) this.end("too much of it was refused");
  }

  /** Makes an error of reading, of the dialect or of writing the reason why it ends. */
  #fail(error: unknown): void {
    if (error instanceof WireError) {
      if (this.#ending === undefined) this.#refuse(error.code, `${error.message}.`);
      this.#ending ??= error.message;
      return;
    }
    this.#isLost = true;
    const loss = error instanceof HalfSentError ? error.message : describeLoss(error);
    if (loss === undefined) this.#hub.fault(`serve ${this.#peer.info.address}`, error);
    this.#ending ??= loss ?? String(error);
    if (error instanceof HalfSentError) this.#close();
  }

  #close(): void {
    this.#isLost = true;
    closeQuietly(this.#conn);
  }
}
