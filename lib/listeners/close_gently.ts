import { LINGER_MS } from "../limits/connections.ts";
import type { Conn } from "../net/conn.ts";

const SCRATCH_BYTES = 16 * 1024;

/**
 * Ends a connection so that the peer gets what was written last. A plain close with requests
 * unread makes the system send a reset, which can overtake the data (RFC 2525, section 2.17); so
 * the write side is closed first, and what still comes is read and thrown away until the peer
 * closes too, for {@linkcode LINGER_MS} at most. Never rejects.
 */
export async function closeGently(conn: Conn): Promise<void> {
  const timer = setTimeout(() => closeQuietly(conn), LINGER_MS);
  try {
    await conn.closeWrite();
    const scratch = new Uint8Array(SCRATCH_BYTES);
    while (await conn.read(scratch) !== null);
  } catch {
    // The peer reset the connection, or the timer closed it: it is over either way.
  } finally {
    clearTimeout(timer);
    closeQuietly(conn);
  }
}

/** Closes a connection that may be closed already. */
export function closeQuietly(conn: Conn): void {
  try {
    conn.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
