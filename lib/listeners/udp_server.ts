/**
 * What comes by UDP: tokens are acted on and answered, and what does not open is nothing.
 *
 * @module
 */

import { type Endpoint, formatEndpoint, formatHostPort } from "../endpoint.ts";
import { reasonOf } from "../errors.ts";
import type { Hub } from "../hub/hub.ts";
import type { DialectTally } from "../hub/tally.ts";
import type { TokenAnswer } from "../hub/token_requests.ts";
import { Throttle } from "../hub/throttle.ts";
import { MAX_TOLD_DROPPED_PER_MINUTE } from "../limits/connections.ts";
import { MAX_UDP_ACTING, UDP_PEER_IDLE_MS } from "../limits/udp.ts";
import type { OpenedMessage } from "../seal/message_token.ts";
import { SealError } from "../seal/seal_error.ts";
import type { TokenSeal } from "../token_seal.ts";
import { DECODE_ERROR, DECODE_OK, TokenCommand, type TokenMessage } from "../wire/token_message.ts";
import { WireError } from "../wire/wire_error.ts";
import type { Bound, ListenerOptions } from "./listener.ts";
import { isUdpAnswer, maxAnswerBytes, sealWithin } from "./udp_answer.ts";
import { JunkAnswers, looksLikeToken } from "./udp_junk.ts";
import { UdpPeer, UdpPeers } from "./udp_peers.ts";
import { type Sender, UdpSocket } from "./udp_socket.ts";

/** How often peers who were silent for long are looked for. */
const SWEEP_MS = UDP_PEER_IDLE_MS / 60;

/**
 * Listens until the hub has stopped and the last answer is sent.
 *
 * @throws {UsageError} when it cannot listen there.
 */
export async function listenUdp(
  endpoint: Endpoint,
  seal: TokenSeal,
  hub: Hub,
  { answersJunk = false }: ListenerOptions,
): Promise<Bound> {
  const server = new UdpServer({ endpoint, hub, seal, answersJunk });
  return await server.listen();
}

/** What a {@linkcode UdpServer} is made of. */
interface UdpServerOptions {
  /** Where it listens. */
  endpoint: Endpoint;
  /** Who acts on what comes. */
  hub: Hub;
  /** Opens and seals. */
  seal: TokenSeal;
  /** Some of what does not open is answered too. */
  answersJunk: boolean;
}

class UdpServer {
  readonly #options: UdpServerOptions;
  readonly #peers: UdpPeers;
  readonly #tally: DialectTally;
  readonly #junkAnswers = new JunkAnswers();
  readonly #faults = new Throttle(MAX_TOLD_DROPPED_PER_MINUTE, 60_000);
  /** What is acted on, until its answer is sent. None rejects. */
  readonly #acting = new Set<Promise<void>>();
  #socket: UdpSocket | undefined;
  #hasStopped = false;

  constructor(options: UdpServerOptions) {
    this.#options = options;
    const { hub, endpoint: { scheme } } = options;
    this.#peers = new UdpPeers(hub, scheme);
    this.#tally = hub.tally.of(scheme);
  }

  async listen(): Promise<Bound> {
    const { endpoint, hub } = this.#options;
    const socket = await UdpSocket.bind(endpoint, {
      onDatagram: (bytes, sender) => this.#receive(bytes, sender),
      onError: (error) => this.#fault(`receive on ${formatEndpoint(endpoint)}`, error),
    });
    this.#socket = socket;
    const sweep = setInterval(() => this.#peers.checkTimes(performance.now()), SWEEP_MS);
    const finished = stopped(hub).then(async () => {
      this.#hasStopped = true;
      clearInterval(sweep);
      await Promise.all(this.#acting);
      this.#peers.leaveAll("the server stopped");
      await socket.close();
    });
    return { endpoint: socket.bound, finished };
  }

  /** Never throws: node would swallow it. */
  #receive(bytes: Uint8Array, sender: Sender): void {
    // What comes without a port to answer to is made up.
    if (this.#hasStopped || sender.port === 0) return;
    this.#tally.receivedBytes += bytes.length;
    try {
      this.#take(bytes, sender);
    } catch (error) {
      this.#fault(`act on what ${addressOf(sender)} has sent`, error);
    }
  }

  #take(bytes: Uint8Array, sender: Sender): void {
    if (!looksLikeToken(bytes)) {
      return this.#takeJunk(bytes, sender, `${bytes.length} bytes are no token`);
    }
    // Before it is opened: then those who only pretend to have the key take less time from others.
    if (this.#acting.size >= MAX_UDP_ACTING) {
      return this.#drop(sender, `${MAX_UDP_ACTING} messages were being acted on`);
    }
    const opened = this.#open(bytes);
    if (opened instanceof Error) return this.#takeJunk(bytes, sender, opened.message);
    if (isUdpAnswer(opened.message)) {
      return this.#drop(sender, "it is an answer, and nobody answers those");
    }
    this.#takeMessage(opened, bytes.length, sender);
  }

  #open(bytes: Uint8Array): OpenedMessage | Error {
    try {
      return this.#options.seal.open(bytes);
    } catch (error) {
      if (error instanceof SealError || error instanceof WireError) return error;
      throw error;
    }
  }

  #takeMessage(opened: OpenedMessage, datagramBytes: number, sender: Sender): void {
    const { hub } = this.#options;
    const nowMs = performance.now();
    const from = this.#peers.of(sender, nowMs);
    if (from === undefined) return this.#drop(sender, "too many new peers came at once");
    if (!(from instanceof UdpPeer)) {
      return this.#answer(hub.tokens.error(from), datagramBytes, sender);
    }
    const { peer } = from;
    const why = from.dropWhy(nowMs);
    if (why !== undefined) return this.#drop(sender, why);
    const answer = hub.tokens.handle(peer, opened, { saysTexts: true });
    this.#answer(answer, datagramBytes, sender, from);
  }

  /** Sends an answer when it is there, to a peer or to somebody who could not become one. */
  #answer(answer: TokenAnswer, datagramBytes: number, sender: Sender, from?: UdpPeer): void {
    if (from !== undefined) from.acting++;
    const send = async () => {
      const { userID: _, timestamp, cmd, args, text } = await answer;
      const message = {
        userID: addressOf(sender),
        timestamp,
        text: DECODE_OK,
        cmd,
        args: cmd === TokenCommand.error ? text : args,
      };
      await this.#send(message, datagramBytes, sender);
      if (from !== undefined) from.acting--;
    };
    this.#track(send());
  }

  #takeJunk(bytes: Uint8Array, sender: Sender, why: string): void {
    const { hub, answersJunk, endpoint } = this.#options;
    hub.tally.junk.datagram++;
    const isAnswered = answersJunk && !hub.draining.aborted && this.#acting.size < MAX_UDP_ACTING &&
      this.#junkAnswers.admit(bytes.length, addressOf(sender), performance.now());
    hub.dropped(endpoint.scheme, addressOf(sender), why, isAnswered);
    if (isAnswered) this.#track(this.#transmit(DECODE_ERROR, sender));
  }

  /** Sends what fits. Never rejects. */
  async #send(
    message: Partial<TokenMessage>,
    datagramBytes: number,
    sender: Sender,
  ): Promise<void> {
    const { seal } = this.#options;
    const token = sealWithin(message, maxAnswerBytes(datagramBytes), (it) => seal.seal(it));
    if (token === undefined) {
      return this.#drop(sender, `an answer to its ${datagramBytes} bytes would be too long`);
    }
    await this.#transmit(token, sender);
  }

  /** The same of what is to be sent as it is, in ASCII. */
  async #transmit(answer: string, sender: Sender): Promise<void> {
    const error = await this.#socket!.send(answer, sender);
    if (error === undefined) this.#tally.sentBytes += answer.length;
    // Its network may be gone by now; that concerns nobody else.
    else this.#drop(sender, `an answer could not be sent: ${reasonOf(error)}`);
  }

  #track(work: Promise<unknown>): void {
    const tracked = work.then(() => {}, (error) => this.#fault("answer a datagram", error));
    this.#acting.add(tracked);
    tracked.finally(() => this.#acting.delete(tracked));
  }

  #drop(sender: Sender, why: string): void {
    const { hub, endpoint } = this.#options;
    hub.dropped(endpoint.scheme, addressOf(sender), why);
  }

  /** A socket that fails does so for each datagram. */
  #fault(doing: string, error: unknown): void {
    if (this.#faults.admit(performance.now()) === undefined) return;
    this.#options.hub.fault(doing, error);
  }
}

function addressOf({ host, port }: Sender): string {
  return formatHostPort(host, port);
}

/** Resolves when a hub has stopped. */
function stopped({ stopped }: Hub): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) resolve();
    else stopped.addEventListener("abort", () => resolve(), { once: true });
  });
}
