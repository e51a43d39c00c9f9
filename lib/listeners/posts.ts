import type { IncomingMessage } from "node:http";
import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import { MAX_POSTS_PER_SECOND } from "../limits/http.ts";
import type { TokenSeal } from "../token_seal.ts";
import { formatBytes } from "../units.ts";
import { RefusalCode } from "../wire/messages.ts";
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
  /** Pieces of one. */
  readonly maxPieces: number;
  /** What all that are not whole hold. */
  readonly pending: PendingBytes;
}

/** Acts on the body of a request, for its peer. */
export type Act = (body: Uint8Array, peer: Peer) => Reply | Promise<Reply>;

/** Reads what is posted, which is a token, and makes the tokens that answer it. */
export class Posts {
  readonly #hub: Hub;
  readonly #seal: TokenSeal;
  readonly #bounds: PostBounds;
  readonly #paces = new WeakMap<HttpConnection, Pace>();

  /** Takes who is told of refusals, what seals answers, and how long bodies may be. */
  constructor(hub: Hub, seal: TokenSeal, bounds: PostBounds) {
    this.#hub = hub;
    this.#seal = seal;
    this.#bounds = bounds;
  }

  /** How many bytes a body may have. */
  get maxBytes(): number {
    return this.#bounds.maxBytes;
  }

  /**
   * Reads a request and has it acted on, see `Handler`; `undefined` when it was refused, or there is
   * nobody to answer.
   */
  async answer(
    request: IncomingMessage,
    connection: HttpConnection,
    act: Act,
  ): Promise<Reply | undefined> {
    const { pending: all, ...bounds } = this.#bounds;
    const pending = all.of(connection.peer);
    const body = await readBody(request, { ...bounds, pending });
    if (body === "left") return undefined;
    if (body === "tooLong" || body === "noRoom") return this.#refuse(body, request, connection);
    try {
      const delayMs = this.#paceOf(connection).delayMs(performance.now());
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      return await act(body, connection.peer);
    } finally {
      pending.change(body.length, 0);
    }
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

  /** Refuses a body that was not read to its end. */
  #refuse(
    why: "tooLong" | "noRoom",
    request: IncomingMessage,
    connection: HttpConnection,
  ): undefined {
    const { maxBytes, maxPieces } = this.#bounds;
    const [status, code, text, reason] = why === "tooLong"
      ? [
        413,
        RefusalCode.frameTooLarge,
        `A token has at most ${formatBytes(maxBytes)}, in ${maxPieces} pieces.`,
        `sent a body of more than ${maxBytes} bytes, or ${maxPieces} pieces`,
      ] as const
      : [
        503,
        RefusalCode.busy,
        "Too much is coming in at once. Try again later.",
        "there was no room for its body",
      ] as const;
    const hub = this.#hub;
    const refusal = hub.refuse(connection.peer, code, text);
    connection.refuseRest(this.reply(status, hub.tokens.error(refusal)), reason, true);
    // What still comes is thrown away.
    request.resume();
    return undefined;
  }

  /** The answer that carries a message. */
  reply(status: number, message: Parameters<TokenSeal["seal"]>[0]): Reply {
    return { status, type: TOKEN_CONTENT_TYPE, body: this.#seal.seal(message) };
  }
}
