import { MDNS_ANSWER_INTERVAL_MS } from "../limits/discovery.ts";
import { pause } from "../pause.ts";
import type { Link } from "./links.ts";
import { MdnsFound } from "./mdns_found.ts";
import type { MdnsLink } from "./mdns_link.ts";
import type { Sighting } from "./sighting.ts";

/** How to look for servers by mDNS. */
export interface BrowseOptions {
  /** Ends it. */
  signal: AbortSignal;
  /** Is told of each server once for each of its addresses. */
  onSighting: (sighting: Sighting) => void;
  /** Is told what the system says when something cannot be heard. */
  onFault: (error: unknown) => void;
}

/**
 * Looks for servers by mDNS on one interface until the signal is aborted. Asks at once, and again after a
 * second, two, four: servers answer all who ask in a second together.
 *
 * @returns how many servers were left out because there were too many.
 * @throws what the system says when a question cannot be sent.
 */
export async function browse(
  link: Link,
  mdns: MdnsLink,
  { signal, onSighting, onFault }: BrowseOptions,
): Promise<number> {
  const found = new MdnsFound(link);
  const told = new Set<string>();
  mdns.onFault = onFault;
  mdns.onPacket = (packet) => {
    if (!found.take(packet)) return;
    for (const sighting of found.sightings()) {
      const place = `${sighting.name} ${sighting.address} ${sighting.port} ${sighting.id}`;
      if (told.has(place)) continue;
      told.add(place);
      onSighting(sighting);
    }
  };
  let waitMs = MDNS_ANSWER_INTERVAL_MS;
  while (!signal.aborted) {
    await mdns.send({ type: "query", questions: found.questions() });
    await pause(waitMs, signal);
    waitMs *= 2;
  }
  return found.left;
}
