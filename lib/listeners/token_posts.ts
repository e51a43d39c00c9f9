/**
 * Tokens that are posted by HTTP, and the tokens that answer them.
 *
 * @module
 */

import type { IncomingMessage } from "node:http";
import { reasonOf } from "../errors.ts";
import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import type { OpenedMessage } from "../seal/message_token.ts";
import type { TokenSeal } from "../token_seal.ts";
import { RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import type { HttpConnection } from "./http_connection.ts";
import type { Reply } from "./http_reply.ts";
import { type PostBounds, Posts } from "./posts.ts";

/** Answers `POST /message`: the body is a token, and so is what is answered. */
export class TokenPosts {
  readonly #hub: Hub;
  readonly #seal: TokenSeal;
  readonly #posts: Posts;

  /** Takes who acts on messages, what opens and seals them, and how long they may be. */
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
    return this.#posts.answer(request, connection, (body, peer) => this.#act(body, peer));
  }

  #act(body: Uint8Array, peer: Peer): Reply | Promise<Reply> {
    const hub = this.#hub;
    let opened: OpenedMessage;
    try {
      opened = this.#seal.open(body);
    } catch (error) {
      hub.tally.junk.body++;
      const code = error instanceof WireError ? error.code : RefusalCode.brokenSeal;
      const refusal = hub.refuse(peer, code, `${reasonOf(error)}.`);
      return this.#posts.reply(400, hub.tokens.error(refusal));
    }
    const status = hub.draining.aborted ? 503 : 200;
    const answer = hub.tokens.handle(peer, opened);
    return answer instanceof Promise
      ? answer.then((message) => this.#posts.reply(status, message))
      : this.#posts.reply(status, answer);
  }
}
