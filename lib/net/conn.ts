/**
 * What a byte stream is to those who speak a protocol over it: `Deno.TcpConn` fits it, and so does
 * a connection by TLS.
 *
 * @module
 */

/** A connection whose bytes arrive whole and in order. */
export interface Conn {
  /**
   * Reads what has arrived, at least one byte; waits for it where there is none. One read may wait
   * at a time, while writes go on. Nobody reads: then no more than a bounded amount is taken from
   * the peer.
   *
   * @returns how many bytes are in the buffer now, or null when the peer will send no more.
   * @throws `ConnectionReset` when the peer broke the connection, `Interrupted` when it is closed
   * on this side meanwhile, `BadResource` when it was closed before.
   */
  read(buffer: Uint8Array): Promise<number | null>;
  /**
   * Sends bytes. Resolves when the system has taken them, which it does not while the peer reads
   * too little. The bytes must stay as they are until then.
   *
   * @returns how many of the bytes were taken.
   * @throws `BrokenPipe` or `ConnectionReset` when the peer is gone, `Interrupted` when it is
   * closed on this side meanwhile, `BadResource` when it was closed before.
   */
  write(bytes: Uint8Array): Promise<number>;
  /** Tells the peer that nothing more will come. What the peer sends can still be read. */
  closeWrite(): Promise<void>;
  /**
   * Ends it in both directions at once.
   *
   * @throws `BadResource` when it is closed already.
   */
  close(): void;
}
