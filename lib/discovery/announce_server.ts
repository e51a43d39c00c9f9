import { type Endpoint, isLoopback } from "../endpoint.ts";
import { reasonOf } from "../errors.ts";
import type { Identity } from "../hub/identity.ts";
import { LINKS_INTERVAL_MS } from "../limits/discovery.ts";
import { pause } from "../pause.ts";
import { isWildcard } from "./handshake.ts";
import { formatLink, type Link } from "./links.ts";
import { announce } from "./mdns_announce.ts";
import type { MdnsLink } from "./mdns_link.ts";
import type { Service } from "./mdns_records.ts";

/** How a server is announced. */
export interface AnnounceServerOptions {
  /** Ends it: the server says goodbye on every interface. */
  signal: AbortSignal;
  /** Gives the addresses of this machine. */
  readLinks: () => Link[];
  /** Takes part in mDNS on one of them. */
  openLink: (link: Link) => Promise<MdnsLink>;
  /** How often it looks for new addresses. Default: {@linkcode LINKS_INTERVAL_MS}. */
  linksIntervalMs?: number;
  /** Is told where the server is announced, and under which label. */
  onNamed: (link: Link, label: string) => void;
  /** Is told once of each thing that does not work. It is tried again. */
  onFault: (what: string) => void;
}

/** Whether other machines can reach who listens there. */
export function isReachable({ host }: Endpoint): boolean {
  return !isLoopback(host);
}

/** What is announced of a server on one interface; `undefined` when nothing listens there. */
export function serviceOn(
  { address }: Pick<Link, "address">,
  { id, name, version, endpoints }: Identity,
): Service | undefined {
  const ports = endpoints.filter(({ host }) => isWildcard(host) || host === address)
    .map(({ scheme, port }) => ({ scheme, port }));
  return ports.length === 0 ? undefined : { id, name, version, address, ports };
}

/**
 * Announces a server by mDNS on each interface where others can reach it, also on those that come
 * later, until the signal is aborted. Never rejects: what does not work is told, and tried again.
 */
export async function announceServer(
  identity: Identity,
  options: AnnounceServerOptions,
): Promise<void> {
  const { signal, readLinks, linksIntervalMs = LINKS_INTERVAL_MS } = options;
  const announced = new Map<string, { stop: AbortController; finished: Promise<void> }>();
  const told = new Set<string>();
  const tell = (what: string) => {
    if (told.has(what)) return;
    told.add(what);
    options.onFault(what);
  };
  while (!signal.aborted) {
    const links = new Map(linksOf(readLinks, tell).map((link) => [formatLink(link), link]));
    for (const [place, { stop }] of announced) if (!links.has(place)) stop.abort();
    for (const [place, link] of links) {
      const service = serviceOn(link, identity);
      if (service === undefined || announced.has(place)) continue;
      const stop = new AbortController();
      const finished = announceOn(link, service, {
        ...options,
        signal: AbortSignal.any([signal, stop.signal]),
        onFault: tell,
      }).finally(() => announced.delete(place));
      announced.set(place, { stop, finished });
    }
    await pause(linksIntervalMs, signal);
  }
  await Promise.all(Array.from(announced.values(), ({ finished }) => finished));
}

function linksOf(readLinks: () => Link[], tell: (what: string) => void): Link[] {
  try {
    return readLinks();
  } catch (error) {
    tell(`this machine does not tell its addresses: ${reasonOf(error)}`);
    return [];
  }
}

async function announceOn(
  link: Link,
  service: Service,
  { signal, openLink, onNamed, onFault }: AnnounceServerOptions,
): Promise<void> {
  const tell = (error: unknown) => onFault(`${formatLink(link)}: ${reasonOf(error)}`);
  try {
    const mdns = await openLink(link);
    try {
      await announce(mdns, service, {
        signal,
        onNamed: (label) => onNamed(link, label),
        onFault: tell,
      });
    } finally {
      await mdns.close();
    }
  } catch (error) {
    tell(error);
  }
}
