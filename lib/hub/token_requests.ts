/**
 * Acts on the messages of system B, for all listeners that take tokens.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { formatEndpoint } from "../endpoint.ts";
import { localIsoTime } from "../local_time.ts";
import { readCounts } from "../manifest/counts.ts";
import type { OpenedData } from "../seal/data_token.ts";
import type { OpenedMessage } from "../seal/message_token.ts";
import { type Receipt, type Refusal, RefusalCode, refusalName } from "../wire/messages.ts";
import { TokenCommand, type TokenMessage } from "../wire/token_message.ts";
import { uuidTimeMs } from "../wire/uuid.ts";
import { WireError } from "../wire/wire_error.ts";
import type { DictionaryKind } from "./dictionaries.ts";
import type { Denial } from "./gate.ts";
import type { Identity } from "./identity.ts";
import type { ManifestRequests } from "./manifest_requests.ts";
import type { Said } from "./member.ts";
import type { Peer } from "./peer.ts";
import type { Room } from "./room.ts";
import { TokenMemory } from "./token_memory.ts";

/** The answer to a message of a token. It is always given; an error is one too. */
export type TokenAnswer = TokenMessage | Promise<TokenMessage>;

/**
 * What a message of system B is called where requests are told: its command, where it is known; and
 * what a dictionary is called that came otherwise.
 */
export type TokenKind = "token" | `token ${keyof typeof TokenCommand}` | "dictionary";

/** What the requests need of the hub. */
export interface TokenRequestsOptions {
  /** Who the server is. */
  identity: Identity;
  /** Where texts are said. */
  room: Room;
  /** Keeps manifests. */
  manifests: ManifestRequests;
  /** The time, in milliseconds since the Unix epoch. */
  nowMs: () => number;
  /** Why nothing is done any more, if so. */
  stopping: () => Denial | undefined;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string, id?: string) => Refusal;
  /** For how long a token can come again after it has come, in milliseconds. */
  goodForMs: number;
  /** A peer has proved that it has the key. */
  prove: (peer: Peer) => void;
  /** Is told of each request. */
  onRequest: (peer: Peer, kind: TokenKind) => void;
}

/** Answers the messages that came as tokens: `hub.tokens`. */
export class TokenRequests {
  readonly #options: TokenRequestsOptions;
  readonly #memory: TokenMemory;

  /** Takes what it needs of the hub. */
  constructor(options: TokenRequestsOptions) {
    this.#options = options;
    this.#memory = new TokenMemory(options);
  }

  /**
   * A token of a peer has opened: it is counted and told, and proves that the peer has the key, unless
   * it has come before, from whomever. Who has overheard it could send it too.
   *
   * @returns false when it has come before.
   */
  receive(peer: Peer, { message: { cmd }, id }: OpenedMessage): boolean {
    peer.tally.tokens.count(cmd);
    this.#options.onRequest(
      peer,
      Object.hasOwn(TokenCommand, cmd) ? `token ${cmd as keyof typeof TokenCommand}` : "token",
    );
    const isNew = this.#memory.use(id, ALONE, performance.now()) === "new";
    this.#judge(peer, isNew);
    return isNew;
  }

  /** A dictionary of a peer has come, with a token beside it or in one: it is counted and told. */
  tellDictionary(peer: Peer): void {
    peer.tally.tokens.count(TokenCommand.dictionary);
    this.#options.onRequest(peer, "dictionary");
  }

  /**
   * A token of data of a peer has opened, with a dictionary in it, or with these bytes of one beside it:
   * its sender is heard. Whatever becomes of them, from now on it is good for the same bytes alone.
   *
   * @throws {WireError} when it has come before with others, or without any, from whomever.
   */
  receiveData(peer: Peer, { id }: OpenedData, beside?: Uint8Array): void {
    const wanted = beside === undefined ? ALONE : hashOf(beside);
    const use = this.#memory.use(id, wanted, performance.now());
    if (use === "other") {
      peer.tally.tokens.repeated++;
      const why = "A token came that was used before, with another dictionary or elsewhere";
      throw new WireError(RefusalCode.forbidden, why);
    }
    peer.hasToken = true;
    this.#judge(peer, use === "new");
  }

  /** A token has opened where messages are taken, and is none: it is good for no dictionary beside it. */
  useUp(id: string): void {
    this.#memory.use(id, ALONE, performance.now());
  }

  #judge(peer: Peer, isNew: boolean): void {
    if (!isNew) peer.tally.tokens.repeated++;
    else if (!peer.isProven) this.#options.prove(peer);
  }

  /** What a token asked for was refused: when it comes again, that is the first time. */
  forget(id: string): void {
    this.#memory.forget(id);
  }

  /**
   * Receives a token and acts on its message: `handshake` is answered with who the server is, `ping`
   * with a ping, `manifest` and `say` with what became of it, anything else with an error. Never
   * throws, never rejects. What has the id of something that was done before is not done once more:
   * whoever has lost the answer gets another one.
   *
   * @param saysTexts A text without a command is said too.
   */
  handle(peer: Peer, opened: OpenedMessage, { saysTexts = false } = {}): TokenAnswer {
    const { identity, stopping } = this.#options;
    const { message, id } = opened;
    const { args } = message;
    this.receive(peer, opened);
    peer.hasToken = true;
    const cmd = saysTexts && message.cmd === "" && message.text !== ""
      ? TokenCommand.say
      : message.cmd;
    const denial = stopping();
    if (denial !== undefined) return this.#refuse(peer, id, denial);
    switch (cmd) {
      case TokenCommand.handshake:
        return this.#answer(cmd, identity.name, describe(identity));
      case TokenCommand.ping:
        return this.#answer(cmd, "pong", args);
      case TokenCommand.manifest:
        return this.#keep(peer, message, id);
      case TokenCommand.say:
        return this.#say(peer, message, id);
      default:
        return this.#refuse(peer, id, [RefusalCode.unsupported, unknownCommand(cmd)]);
    }
  }

  /** The message of an error: why something is refused, in words and as the name of its code. */
  error({ code, text }: Pick<Refusal, "code" | "text">): TokenMessage {
    return this.#answer(TokenCommand.error, text, refusalName(code));
  }

  /** The message about a dictionary that came as a token of its own, and is on the disk. */
  stored(of: DictionaryKind, { id, storedAtMs, duplicate }: Receipt): TokenMessage {
    const storedAt = new Date(storedAtMs).toISOString();
    const args = JSON.stringify({ id, storedAt, duplicate, kind: of });
    return this.#answer(TokenCommand.dictionary, "stored", args);
  }

  #keep(peer: Peer, message: TokenMessage, id: string): TokenAnswer {
    const entries = readCounts(message.args);
    if (typeof entries === "string") {
      return this.#refuse(peer, id, [RefusalCode.invalid, entries]);
    }
    const kept = this.#options.manifests.keep(peer, {
      kind: "manifest",
      id,
      // Not the peer's address: a token says the same wherever it comes from.
      source: message.userID === "" ? UNNAMED : message.userID,
      madeAtMs: uuidTimeMs(id),
      entries,
    });
    const answer = (kept: Receipt | Refusal) =>
      kept.kind === "refusal"
        ? this.error(kept)
        : this.#done(TokenCommand.manifest, "stored", kept);
    return kept instanceof Promise ? kept.then(answer) : answer(kept);
  }

  #say(peer: Peer, message: TokenMessage, id: string): TokenAnswer {
    const post = { name: senderOf(peer, message), id, text: message.text };
    const said = this.#options.room.post(peer, post);
    const answer = (said: Said) =>
      "kind" in said ? this.#done(TokenCommand.say, "said", said) : this.#refuse(peer, id, said);
    return said instanceof Promise ? said.then(answer) : answer(said);
  }

  #refuse(peer: Peer, id: string, denial: Denial): TokenMessage {
    return this.error(this.#options.refuse(peer, ...denial, id));
  }

  #done(cmd: string, text: string, { id, storedAtMs, duplicate }: Receipt): TokenMessage {
    const storedAt = new Date(storedAtMs).toISOString();
    return this.#answer(cmd, text, JSON.stringify({ id, storedAt, duplicate }));
  }

  #answer(cmd: string, text: string, args: string): TokenMessage {
    const { identity, nowMs } = this.#options;
    return { userID: identity.name, timestamp: localIsoTime(nowMs()), text, cmd, args };
  }
}

/** Who a message is from: its address when it says nothing else. */
export function senderOf(peer: Peer, { userID }: TokenMessage): string {
  return userID === "" ? peer.info.address : userID;
}

/** What a token is used for that says all by itself. */
const ALONE = "";

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

/** The source of a manifest that names none. */
const UNNAMED = "unnamed";

function describe({ id, name, version, endpoints }: Identity): string {
  return JSON.stringify({ id, name, version, listen: endpoints.map(formatEndpoint) });
}

/** What comes in answers only: a dictionary is asked for by other ways than a command. */
const ANSWERS: ReadonlySet<string> = new Set([TokenCommand.error, TokenCommand.dictionary]);

const SHOWN_CHARS = 40;

function unknownCommand(cmd: string): string {
  const known = Object.values(TokenCommand).filter((one) => !ANSWERS.has(one)).join(", ");
  const shown = cmd.length > SHOWN_CHARS ? `${cmd.slice(0, SHOWN_CHARS - 1)}…` : cmd;
  return `This server knows no command ${JSON.stringify(shown)}: it knows ${known}.`;
}
