/**
 * Tokens that are posted by HTTP, and the tokens that answer them.
 *
 * @module
 */

import type { IncomingMessage } from "node:http";
import { reasonOf } from "../errors.ts";
import type { Hub } from "../hub/hub.ts";
import { MAX_POSTS_PER_SECOND, MAX_TOKEN_PIECES } from "../limits/http.ts";
import type { OpenedMessage } from "../seal/message_token.ts";
import type { TokenSeal } from "../token_seal.ts";
import { formatBytes } from "../units.ts";
import { RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { readBody } from "./http_body.ts";
import type { HttpConnection } from "./http_connection.ts";
import type { Reply } from "./http_reply.ts";
import { Pace } from "./pace.ts";
import type { PendingBytes } from "./pending_bytes.ts";

/** What system B's servers call a token. */
const TOKEN_CONTENT_TYPE = "application/octet-stream";

/** What all bodies are bounded by. */
export interface PostBounds {
  /** Bytes of one. */
  readonly maxBytes: number;
  /** What all that are not whole hold. */
  readonly pending: PendingBytes;
}

/** Answers `POST /message`: the body is a token, and so is what is answered. */
export class TokenPosts {
  readonly #hub: Hub;
  readonly #seal: TokenSeal;
  readonly #bounds: PostBounds;
  readonly #paces = new WeakMap<HttpConnection, Pace>();

  /** Takes who acts on messages, what opens and seals them, and how long they may be. */
  constructor(hub: Hub, seal: TokenSeal, bounds: PostBounds) {
    this.#hub = hub;
    this.#seal = seal;
    this.#bounds = bounds;
  }

  /** Reads and answers a request; see `Handler`. */
  async answer(request: IncomingMessage, connection: HttpConnection): Promise<Reply | undefined> {
    const { maxBytes, pending } = this.#bounds;
    const body = await readBody(request, { maxBytes, pending: pending.of(connection.peer) });
    if (body === "left") return undefined;
    if (body === "tooLong" || body === "noRoom") return this.#refuse(body, request, connection);
    const delayMs = this.#paceOf(connection).delayMs(performance.now());
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return this.#act(body, connection);
  }

  /** See {@linkcode MAX_POSTS_PER_SECOND}. */
  #paceOf(connection: HttpConnection): Pace {
    let pace = this.#paces.get(connection);
    if (pace === undefined) {
      pace = new Pace(MAX_POSTS_PER_SECOND);
      this.#paces.set(connection, pace);
    }
    return pace;
  }

  #act(body: Uint8Array, { peer }: HttpConnection): Reply | Promise<Reply> {
    const hub = this.#hub;
    let opened: OpenedMessage;
    try {
      opened = this.#seal.open(body);
    } catch (error) {
      hub.tally.junk.body++;
      const code = error instanceof WireError ? error.code : RefusalCode.brokenSeal;
      return this.#reply(400, hub.tokens.error(hub.refuse(peer, code, `${reasonOf(error)}.`)));
    }
    const status = hub.draining.aborted ? 503 : 200;
    const answer = hub.tokens.handle(peer, opened);
    return answer instanceof Promise
      ? answer.then((message) => this.#reply(status, message))
      : this.#reply(status, answer);
  }

  /** Refuses a body that was not read to its end. */
  #refuse(
    why: "tooLong" | "noRoom",
    request: IncomingMessage,
    connection: HttpConnection,
  ): undefined {
    const { maxBytes } = this.#bounds;
    const [status, code, text, reason] = why === "tooLong"
      ? [
        413,
        RefusalCode.frameTooLarge,
        `A token has at most ${formatBytes(maxBytes)}, in ${MAX_TOKEN_PIECES} pieces.`,
        `sent a body of more than ${maxBytes} bytes, or ${MAX_TOKEN_PIECES} pieces`,
      ] as const
      : [
        503,
        RefusalCode.busy,
        "Too much is coming in at once. Try again later.",
        "there was no room for its body",
      ] as const;
    const hub = this.#hub;
    const refusal = hub.refuse(connection.peer, code, text);
    connection.refuseRest(this.#reply(status, hub.tokens.error(refusal)), reason, true);
    // What still comes is thrown away.
    request.resume();
    return undefined;
  }

  #reply(status: number, message: Parameters<TokenSeal["seal"]>[0]): Reply {
    return { status, type: TOKEN_CONTENT_TYPE, body: this.#seal.seal(message) };
  }
}
