/**
 * Dictionaries that are posted by HTTP, sealed.
 *
 * @module
 */

import type { IncomingMessage } from "node:http";
import { readDictionary } from "../formats/detect.ts";
import { FormatError } from "../formats/format_error.ts";
import type { Dictionary } from "../formats/value.ts";
import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import { TOKEN_NOT_TAKEN } from "../hub/token_dictionaries.ts";
import type { OpenedData } from "../seal/data_token.ts";
import { SealError } from "../seal/seal_error.ts";
import type { TokenSeal } from "../token_seal.ts";
import { type Refusal, RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import type { HttpConnection } from "./http_connection.ts";
import type { Reply } from "./http_reply.ts";
import { type PostBounds, Posts } from "./posts.ts";

/** The status of an answer that refuses; 400 where there is none. */
const STATUSES: ReadonlyMap<RefusalCode, number> = new Map([
  [RefusalCode.forbidden, 403],
  [RefusalCode.shuttingDown, 503],
  [RefusalCode.failed, 503],
]);

/**
 * Answers `POST /dictionary`: the body is a token of a dictionary in any format, and what is answered
 * is a token of a message.
 */
export class DictionaryPosts {
  readonly #hub: Hub;
  readonly #seal: TokenSeal;
  readonly #posts: Posts;

  /** Takes who keeps dictionaries, what opens them and seals answers, and how long they may be. */
  constructor(hub: Hub, seal: TokenSeal, bounds: PostBounds) {
    this.#hub = hub;
    this.#seal = seal;
    this.#posts = new Posts(hub, seal, bounds);
  }

  /** How many bytes a body may have. */
  get maxBytes(): number {
    return this.#posts.maxBytes;
  }

  /** Reads and answers a request; see `Handler`. */
  answer(request: IncomingMessage, connection: HttpConnection): Promise<Reply | undefined> {
    const { dictionaryTurns } = this.#hub;
    return this.#posts.answer(request, connection, (body, peer) =>
      // Opened only then too: what is in it takes as much memory again.
      dictionaryTurns.run(body.length, () => this.#act(body, peer)));
  }

  async #act(body: Uint8Array, peer: Peer): Promise<Reply> {
    const { tokens, tokenDictionaries, parcels } = this.#hub;
    const opened = this.#open(peer, body);
    if ("kind" in opened) return this.#refuse(opened);
    const denial = parcels.deny(peer);
    if (denial !== undefined) return this.#refuse(denial);
    const dictionary = this.#read(peer, opened);
    if ("kind" in dictionary) return this.#refuse(dictionary);
    const { id, madeAtMs } = opened;
    // For a person to read: a dictionary does not say whose it is.
    const source = peer.info.host;
    const { of, answer } = await tokenDictionaries.keep(peer, { id, source, madeAtMs, dictionary });
    if (answer.kind === "refusal") return this.#refuse(answer);
    return this.#posts.reply(200, tokens.stored(of, answer));
  }

  #open(peer: Peer, body: Uint8Array): OpenedData | Refusal {
    try {
      const opened = this.#seal.openData(body);
      this.#hub.tokens.tellDictionary(peer);
      this.#hub.tokens.receiveData(peer, opened);
      return opened;
    } catch (error) {
      if (!(error instanceof SealError || error instanceof WireError)) throw error;
      this.#hub.tally.junk.body++;
      const code = error instanceof WireError ? error.code : RefusalCode.brokenSeal;
      const refusal = this.#hub.refuse(peer, code, `${error.message}.`);
      return code === RefusalCode.forbidden ? { ...refusal, text: TOKEN_NOT_TAKEN } : refusal;
    }
  }

  #read(peer: Peer, { id, data }: OpenedData): Dictionary | Refusal {
    try {
      return readDictionary(data).dictionary;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const text = `In the token is no dictionary that is taken: ${error.message}.`;
      return this.#hub.refuse(peer, RefusalCode.invalid, text, id);
    }
  }

  #refuse(refusal: Refusal): Reply {
    return this.#posts.reply(STATUSES.get(refusal.code) ?? 400, this.#hub.tokens.error(refusal));
  }
}
