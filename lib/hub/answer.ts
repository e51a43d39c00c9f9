import type { Message } from "../wire/messages.ts";

/** An answer that takes memory: it is made when the peer has taken those before it. */
export interface LazyAnswer {
  /** Tells it from messages. */
  readonly kind: "lazy";
  /** Makes it, once. It is nothing when the peer has left. */
  make(): Promise<Message | undefined>;
}

/**
 * A message, a promise of one, one that is to be made when there is room for it, or nothing. A
 * promise gives nothing when the peer has left, or when there is nothing to say.
 */
export type Answer = Message | Promise<Message | undefined> | LazyAnswer | undefined;
