import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";
// @ts-types="@types/ws"
import type { WebSocket } from "ws";
import { reasonOf } from "../errors.ts";
import { type Denial, isDenial } from "../hub/gate.ts";
import type { Hearer } from "../hub/hearer.ts";
import type { Hub } from "../hub/hub.ts";
import type { Original, Outlet } from "../hub/outlet.ts";
import type { Peer } from "../hub/peer.ts";
import type { RelayEnd } from "../hub/token_relay.ts";
import { checkText } from "../hub/say_rules.ts";
import { senderOf } from "../hub/token_requests.ts";
import { LINGER_MS } from "../limits/connections.ts";
import { MAX_RELAYED_TOKEN_BYTES } from "../limits/tokens.ts";
import type { OpenedMessage } from "../seal/message_token.ts";
import type { TokenSeal } from "../token_seal.ts";
import { type Refusal, RefusalCode } from "../wire/messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { WireError } from "../wire/wire_error.ts";
import type { HttpConnection, Upgraded } from "./http_connection.ts";
import type { PendingBytes } from "./pending_bytes.ts";
import type { WebSocketFrame, WebSocketFrames } from "./websocket_frame.ts";
import {
  CloseCode,
  describeWebSocketError,
  NO_ROOM,
  TOO_MANY_PINGS,
  type WebSocketFault,
} from "./websocket_faults.ts";
import { WebSocketInput } from "./websocket_input.ts";
import { WebSocketOutput } from "./websocket_output.ts";

/** What all peers by WebSocket of a listener have in common. */
export interface WebSocketShared {
  /** The hub. */
  readonly hub: Hub;
  /** Opens tokens. */
  readonly seal: TokenSeal;
  /** Makes what they are sent. */
  readonly frames: WebSocketFrames;
  /** What all messages that are not whole hold. */
  readonly pending: PendingBytes;
  /** Time for a message that was begun to be whole. */
  readonly frameTimeoutMs: number;
  /** Time in which the peer must take some byte of what waits for it. */
  readonly stallTimeoutMs: number;
  /** Time without a byte; after half of it the peer is asked whether it is there. */
  readonly idleTimeoutMs: number;
  /** The ids of texts that are being said: nobody can know yet whether they will have been. */
  readonly saying: Set<string>;
}

/**
 * One peer by WebSocket. It listens to the room from the start, comes into it with its first valid
 * token that has a text, under the name that this says, and is known there by the name of the last
 * one.
 */
export class WebSocketPeer implements Outlet, RelayEnd, Upgraded {
  /** See {@linkcode Outlet}. */
  readonly hearsItself = true;
  readonly #webSocket: WebSocket;
  readonly #connection: HttpConnection;
  readonly #peer: Peer;
  readonly #shared: WebSocketShared;
  readonly #input: WebSocketInput;
  readonly #output: WebSocketOutput;
  #hearer: Hearer | undefined;
  /** The name that its last token wanted; the room may have put a number behind it. */
  #wantedName: string | undefined;
  #isEnding = false;
  #isPinged = false;
  /** As of the last look at the clock: bytes that the peer has taken, and since when it is that. */
  #takenBytes = NaN;
  #takenSinceMs = NaN;
  #linger: ReturnType<typeof setTimeout> | undefined;

  /** Takes a connection that has become a WebSocket, and welcomes its peer. */
  constructor(
    webSocket: WebSocket,
    socket: Socket,
    connection: HttpConnection,
    shared: WebSocketShared,
  ) {
    const { hub, pending } = shared;
    this.#webSocket = webSocket;
    this.#connection = connection;
    this.#peer = connection.peer;
    this.#shared = shared;
    this.#output = new WebSocketOutput(webSocket, socket);
    this.#input = new WebSocketInput({
      webSocket,
      pendingOf: () => pending.of(this.#peer),
      onMessage: (message) => this.#take(message),
      onNoRoom: () => this.#endBad(CloseCode.tryAgainLater, NO_ROOM),
    });
    webSocket.on("error", (error) => this.#broken(error));
    webSocket.on("ping", (data: Buffer) => this.#pinged(data));
    webSocket.on("close", () => this.#closed());
    hub.tally.http.webSocketOpened();
    hub.relay.add(this);
    this.#tell({ userID: this.#peer.info.address, text: "welcome" });
    const hearer = hub.room.listen(this.#peer, this);
    if (isDenial(hearer)) this.#refuse(...hearer);
    else this.#hearer = hearer;
  }

  /** See {@linkcode WebSocketInput.see}. */
  see(bytes: Uint8Array): void {
    this.#isPinged = false;
    this.#input.see(bytes);
  }

  /** See {@linkcode Outlet}. */
  offer(event: RoomEvent, original?: Original): boolean {
    const { frames } = this.#shared;
    const frame = original === undefined ? frames.event(event) : frames.relayed(original);
    return frame === undefined || this.#output.add(frame);
  }

  /** See {@linkcode RelayEnd}. */
  relay(original: Original): void {
    if (this.#output.add(this.#shared.frames.relayed(original))) return;
    this.#hearer?.dropSlow("too many events were waiting");
  }

  /** See {@linkcode Outlet}. */
  expel(refusal: Refusal): void {
    this.#output.drop();
    this.#connection.because("it was put out of the room");
    this.#close(CloseCode.policy, refusal.text);
  }

  /** See {@linkcode Upgraded}. */
  end(reason: string): void {
    this.#connection.because(reason);
    this.#close(CloseCode.goingAway, reason);
  }

  /** See {@linkcode Upgraded}. */
  checkTimes(nowMs: number): void {
    const { frameTimeoutMs, stallTimeoutMs, idleTimeoutMs } = this.#shared;
    const { takenBytes, isWaiting } = this.#output;
    if (!isWaiting || takenBytes !== this.#takenBytes) {
      this.#takenBytes = takenBytes;
      this.#takenSinceMs = nowMs;
    }
    if (nowMs - this.#takenSinceMs > stallTimeoutMs) {
      this.#connection.because(`the peer took nothing for ${stallTimeoutMs} ms`);
      this.#hearer?.dropSlow(`nothing was taken for ${stallTimeoutMs} ms`);
      this.#webSocket.terminate();
    } else if (this.#isEnding || this.#input.isBusy) {
      return;
    } else if (nowMs - this.#input.midSinceMs > frameTimeoutMs) {
      this.#endBad(CloseCode.policy, {
        code: RefusalCode.frameTimedOut,
        text: `A message was not whole after ${frameTimeoutMs} ms.`,
        reason: `a message was not whole after ${frameTimeoutMs} ms`,
      });
    } else if (nowMs - this.#input.heardMs > idleTimeoutMs) {
      this.#connection.because(`answered no ping and sent nothing for ${idleTimeoutMs} ms`);
      this.#webSocket.terminate();
    } else if (!this.#isPinged && nowMs - this.#input.heardMs > idleTimeoutMs / 2) {
      this.#isPinged = true;
      this.#webSocket.ping();
    }
  }

  /** Acts on a message. */
  #take(message: WebSocketFrame): Promise<void> | void {
    const { hub, seal } = this.#shared;
    let opened: OpenedMessage;
    try {
      opened = seal.open(message.data);
    } catch (error) {
      return this.#countJunk(error);
    }
    const { data: { length: bytes }, isBinary } = message;
    const original = { message: opened.message, isBinary, bytes };
    if (!hub.tokens.receive(this.#peer, opened)) {
      return this.#shared.saying.has(opened.id) ? undefined : this.#giveBack(original);
    }
    if (bytes > MAX_RELAYED_TOKEN_BYTES) return this.#refuse(...TOO_LONG);
    if (opened.message.text === "") return hub.relay.relay(original);
    return this.#say(opened, original);
  }

  /** What does not open is not answered: whoever has another key talks to others perhaps. */
  #countJunk(error: unknown): void {
    const { hub } = this.#shared;
    hub.tally.junk.frame++;
    const code = error instanceof WireError ? error.code : RefusalCode.brokenSeal;
    hub.ignore(this.#peer, code, `${reasonOf(error)}.`);
    this.#endIfHopeless();
  }

  async #say({ message, id }: OpenedMessage, original: Original): Promise<void> {
    const { hub: { tokens }, saying } = this.#shared;
    const checked = checkText(message.text);
    // Nobody comes, or takes another name, for what is not said.
    const denial = isDenial(checked) ? checked : this.#takeName(senderOf(this.#peer, message));
    saying.add(id);
    const said = denial ?? await this.#peer.member!.say(id, message.text, original);
    saying.delete(id);
    if (isDenial(said)) {
      tokens.forget(id);
      this.#refuse(...said);
    } else if (said.duplicate) this.#giveBack(original);
  }

  /**
   * What comes again is given back to who has sent it, and to nobody else: after a lost connection
   * that is how its maker learns that all have it. Who has overheard it learns nothing new.
   */
  #giveBack(original: Original): void {
    if (this.#output.add(this.#shared.frames.relayed(original))) return;
    this.#hearer?.dropSlow("too many answers were waiting");
  }

  /** Is known in the room by that name from now on; it comes into it with the first one. */
  #takeName(name: string): readonly [RefusalCode, string] | undefined {
    if (name === this.#wantedName) return undefined;
    const { member } = this.#peer;
    const taken = member === undefined
      ? this.#shared.hub.room.enter(this.#peer, name, this)
      : member.rename(name);
    if (taken !== undefined && isDenial(taken)) return taken;
    this.#wantedName = name;
    return undefined;
  }

  /** Refuses something, and says so by a token. */
  #refuse(code: RefusalCode, text: string): void {
    const { hub } = this.#shared;
    this.#tell(hub.tokens.error(hub.refuse(this.#peer, code, text)));
    this.#endIfHopeless();
  }

  #endIfHopeless(): void {
    if (!this.#shared.hub.isHopeless(this.#peer)) return;
    this.#connection.because("too much of it was refused");
    this.#close(CloseCode.policy, "too much was refused");
  }

  #tell(message: Parameters<TokenSeal["seal"]>[0]): void {
    if (this.#output.add(this.#shared.frames.told(message))) return;
    this.#hearer?.dropSlow("too many answers were waiting");
  }

  #pinged(data: Buffer): void {
    if (this.#isEnding || this.#output.pong(data)) return;
    this.#endBad(CloseCode.policy, TOO_MANY_PINGS);
  }

  /** Ends it over something that it does. */
  #endBad(closeCode: CloseCode, { code, text, reason }: WebSocketFault): void {
    if (this.#isEnding) return;
    this.#shared.hub.refuse(this.#peer, code, text);
    this.#connection.because(reason);
    this.#input.stop();
    this.#close(closeCode, text);
  }

  /** The runtime closes a WebSocket on which something is wrong, and says why. */
  #broken(error: Error): void {
    const fault = describeWebSocketError(error);
    if (fault === undefined) {
      return this.#shared.hub.fault(`serve ${this.#peer.info.address}`, error);
    }
    if (!this.#isEnding) this.#shared.hub.refuse(this.#peer, fault.code, fault.text);
    this.#connection.because(fault.reason);
    this.#isEnding = true;
    // In a turn of its own: what has failed reads on by itself, to throw away what comes.
    setTimeout(() => this.#input.stop());
  }

  /** Sends what waits, and closes. The peer has its time to take that, and to close too. */
  #close(code: CloseCode, reason: string): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#input.close();
    this.#output.finish();
    this.#linger = setTimeout(() => this.#webSocket.terminate(), LINGER_MS);
    this.#output.idle().then(() => this.#webSocket.close(code, reason));
  }

  #closed(): void {
    clearTimeout(this.#linger);
    this.#isEnding = true;
    this.#input.close();
    this.#input.forget();
    this.#output.drop();
    this.#shared.hub.relay.remove(this);
    this.#shared.hub.tally.http.webSocketClosed();
  }
}

const TOO_LONG: Denial = [
  RefusalCode.tooLarge,
  `A token for others has at most ${MAX_RELAYED_TOKEN_BYTES} bytes.`,
];
