import {
  MAX_CONNECTIONS_PER_ADDRESS,
  MAX_UNTRUSTED_FRAME_BYTES,
  PROOF_BLOCK_MS,
  PROOF_FIRST_DELAY_MS,
  PROOF_FORGET_MS,
  PROOF_MAX_ADDRESSES,
  PROOF_MAX_DELAY_MS,
  PROOF_MAX_FAILURES,
} from "../limits/connections.ts";
import { RefusalCode } from "../wire/messages.ts";
import { networksOf } from "./network_of.ts";
import type { Peer, PeerInfo } from "./peer.ts";
import { ProofLimiter, type ProofLimits } from "./proof_limiter.ts";

/** Whom a server trusts, and what one address may do to the others. */
export interface GateOptions {
  /**
   * The key of sealed sessions, 32 bytes: who does not prove to have it too gets fast and slow
   * responses only. Default: none.
   */
  key?: Uint8Array;
  /** Serve peers that prove nothing everything but a shutdown. Default: false. */
  isOpen?: boolean;
  /**
   * Peers at once of one address of another machine. Default:
   * {@linkcode MAX_CONNECTIONS_PER_ADDRESS}.
   */
  maxConnectionsPerAddress?: number;
  /** What failed proofs lead to. Default: the bounds in limits/connections.ts. */
  proofLimits?: ProofLimits;
}

/**
 * How many times what one host may a network around it may: its /64 and its /48, where there are
 * such. A machine with a wrong key does not shut its neighbours out, and a site cannot go on for
 * ever by changing its hosts.
 */
const CONNECTION_SHARES = [1, 2, 4];
const FAILURE_SHARES = [1, 16, 64];

/** Why a peer does not get what it wants: the code and the text of the Refusal. */
export type Denial = readonly [code: RefusalCode, text: string];

/** Tells a denial from what was wanted. */
export function isDenial(answer: object): answer is Denial {
  return Array.isArray(answer);
}

/** Decides who comes in and who is trusted. Each question is answered with nothing, or a denial. */
export class Gate {
  /** See {@linkcode GateOptions}. */
  readonly key: Uint8Array | undefined;
  readonly #isOpen: boolean;
  readonly #maxPerAddress: number;
  readonly #proofs: ProofLimiter;
  /** How many peers there are of each address of another machine. */
  readonly #present = new Map<string, number>();

  /** Takes the bounds. */
  constructor(options: GateOptions) {
    this.key = options.key;
    this.#isOpen = options.isOpen ?? false;
    this.#maxPerAddress = options.maxConnectionsPerAddress ?? MAX_CONNECTIONS_PER_ADDRESS;
    this.#proofs = new ProofLimiter(
      options.proofLimits ?? {
        firstDelayMs: PROOF_FIRST_DELAY_MS,
        maxDelayMs: PROOF_MAX_DELAY_MS,
        maxFailures: PROOF_MAX_FAILURES,
        blockMs: PROOF_BLOCK_MS,
        forgetMs: PROOF_FORGET_MS,
        maxAddresses: PROOF_MAX_ADDRESSES,
      },
    );
  }

  /** A peer wants to come in. When it may, it counts until {@linkcode leave}. */
  enter({ host, isLoopback }: PeerInfo): Denial | undefined {
    if (isLoopback) return undefined;
    const networks = networksOf(host);
    for (const [i, network] of networks.entries()) {
      const present = this.#present.get(network) ?? 0;
      if (present < this.#maxPerAddress * CONNECTION_SHARES[i]!) continue;
      return [
        RefusalCode.tooManyConnections,
        `This server serves ${present} connections of ${
          i === 0 ? "one address" : network
        } at once. ` +
        "Try again later.",
      ];
    }
    for (const network of networks) {
      this.#present.set(network, (this.#present.get(network) ?? 0) + 1);
    }
    return undefined;
  }

  /** A peer that had come in has gone. */
  leave({ host, isLoopback }: PeerInfo): void {
    if (isLoopback) return;
    for (const network of networksOf(host)) {
      const present = this.#present.get(network)! - 1;
      if (present > 0) this.#present.set(network, present);
      else this.#present.delete(network);
    }
  }

  /** A peer wants to begin a sealed session: gives the key for it. */
  greet({ info }: Peer, nowMs: number): Uint8Array | Denial {
    if (this.key === undefined) {
      return [RefusalCode.noKey, "This server has no key and cannot open a sealed session."];
    }
    // All programs of this machine have one address: one of them would keep the others out.
    if (info.isLoopback) return this.key;
    const blockedMs = Math.max(
      ...networksOf(info.host).map((network, i) =>
        this.#proofs.blockedMs(network, nowMs, FAILURE_SHARES[i]!)
      ),
    );
    if (blockedMs === 0) return this.key;
    return [
      RefusalCode.tooManyFailedProofs,
      `Too many sessions were begun from your address without the key. ` +
      `Try again in ${Math.ceil(blockedMs / 1000)} s.`,
    ];
  }

  /** A peer has proved that it has the key. */
  prove(peer: Peer): void {
    peer.isProven = true;
    for (const network of networksOf(peer.info.host)) this.#proofs.succeed(network);
  }

  /**
   * A peer has begun a session and not proved that it has the key. Gives how long the answer has to
   * wait, in milliseconds.
   */
  failProof({ info }: Peer, nowMs: number): number {
    const [host, ...larger] = networksOf(info.host);
    for (const network of larger) this.#proofs.fail(network, nowMs);
    return this.#proofs.fail(host, nowMs);
  }

  /** A peer sends a frame of more than {@linkcode MAX_UNTRUSTED_FRAME_BYTES}. */
  denyLong(peer: Peer): Denial | undefined {
    if (this.#isOpen) return undefined;
    return this.#distrust(peer, `takes frames of more than ${MAX_UNTRUSTED_FRAME_BYTES} bytes`);
  }

  /** A peer wants a manifest or a document kept. */
  keep(peer: Peer, kind: "manifest" | "document"): Denial | undefined {
    if (this.#isOpen || peer.hasToken) return undefined;
    return this.#distrust(peer, `takes ${kind}s`);
  }

  /** A peer has sent a dictionary in a dialect without sessions, and no token that has opened. */
  parcel(peer: Peer): Denial | undefined {
    if (this.#isOpen || peer.hasToken || peer.isProven) return undefined;
    if (this.key !== undefined) {
      return [
        RefusalCode.sealRequired,
        "This server has a key: it takes a dictionary with a file behind it that is sealed with that " +
        "key, and no other. Send one too, with wagons send --file.",
      ];
    }
    return this.#distrust(peer, "takes dictionaries");
  }

  /** A peer wants to put or to read a file. */
  files(peer: Peer): Denial | undefined {
    return this.#isOpen ? undefined : this.#distrust(peer, "takes and gives files");
  }

  /** A peer wants to be in the room, or to know what is said there. */
  chat(peer: Peer): Denial | undefined {
    if (this.#isOpen || peer.hasToken) return undefined;
    return this.#distrust(peer, "opens its room");
  }

  /**
   * A peer wants to listen to the room without being a member. Where all that it gets is sealed with
   * the key, it learns what anyone learns who watches the line of a member: how much is said, and
   * when. What it gets is sealed as a server's own, which no server acts on. So it need not have
   * proved anything; what it costs is bounded like any connection.
   */
  listen(peer: Peer): Denial | undefined {
    const isSealed = this.key !== undefined && peer.info.isSealed === true;
    return isSealed ? undefined : this.chat(peer);
  }

  /** A peer wants the server to stop. */
  shutDown(peer: Peer): Denial | undefined {
    return this.#distrust(peer, "is shut down");
  }

  #distrust(peer: Peer, what: string): Denial | undefined {
    if (peer.isProven) return undefined;
    if (this.key !== undefined) {
      const text = `This server has a key and ${what} in a sealed session only.`;
      return [RefusalCode.sealRequired, text];
    }
    if (peer.info.isLoopback) return undefined;
    return [RefusalCode.forbidden, `This server has no key and ${what} from its own machine only.`];
  }
}
