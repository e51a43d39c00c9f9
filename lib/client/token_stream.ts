/**
 * How tokens come and go where they come by themselves too.
 *
 * @module
 */

import type { Manners } from "./manners.ts";

/** Something that has come. */
export interface Arrival {
  /** It may be a token. */
  readonly text: string;
  /** Who has sent it: see {@linkcode TokenStream.peer}. */
  readonly from: string;
}

/** A way for tokens, to and from others. When it is lost, everything on it fails. */
export interface TokenStream extends AsyncDisposable {
  /** The server's URL. */
  readonly url: string;
  /**
   * Where that what is sent goes to: the URL of a connection's other end, or `host:port` for
   * datagrams, which others may answer too.
   */
  readonly peer: string;
  /** How one knows here that something has arrived. */
  readonly manners: Manners;
  /** Sends a token. When that cannot be done, the stream is lost. */
  send(token: string): void;
  /**
   * The next thing that comes, in order.
   *
   * @throws {UnreachableError} when the stream is closed or lost, and {@linkcode RefusedError} when the
   * other end has closed it because of what was sent.
   */
  next(): Promise<Arrival>;
  /** Ends it: what waits for it fails at once. */
  close(): void;
}
