import { announceServer, isReachable } from "../discovery/announce_server.ts";
import { readLinks } from "../discovery/links.ts";
import { openMdnsLink } from "../discovery/mdns_link.ts";
import type { Hub } from "../hub/hub.ts";
import type { ServeOutput } from "./serve_output.ts";

/**
 * Lets a server be found by mDNS until it stops. Never rejects, for a server is of use without it: what
 * does not work is a warning.
 */
export async function announceByMdns(hub: Hub, output: ServeOutput): Promise<void> {
  if (!hub.identity.endpoints.some(isReachable)) {
    return output.unannounced(
      "it listens for programs of this machine alone (--listen tcp://0.0.0.0:7117 is for others)",
    );
  }
  await announceServer(hub.identity, {
    signal: hub.draining,
    readLinks,
    openLink: openMdnsLink,
    onNamed: (link, label) => output.announced(link, label),
    onFault: (what) => output.unannounced(what),
  });
}
