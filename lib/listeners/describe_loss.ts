/** What a peer that goes without a word makes reads and writes throw; else `undefined`. */
export function describeLoss(error: unknown): string | undefined {
  if (error instanceof Deno.errors.ConnectionReset) return "reset by the peer";
  if (error instanceof Deno.errors.BrokenPipe) return "reset by the peer";
  if (error instanceof Deno.errors.TimedOut) return "the peer is not reachable any more";
  if (error instanceof Deno.errors.NotConnected) return "reset by the peer";
  // Our own close, while a read or a write was under way.
  if (error instanceof Deno.errors.Interrupted || error instanceof Deno.errors.BadResource) {
    return "closed";
  }
  return undefined;
}
