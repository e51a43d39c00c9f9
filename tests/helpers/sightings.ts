/**
 * Answers of servers, for tests.
 *
 * @module
 */

import type { Sighting } from "../../lib/discovery/sighting.ts";

/** An answer by HTTP of a server that our key opens, but for what is given. */
export function sighting(given: Partial<Sighting> = {}): Sighting {
  const { way = "http", address = "10.0.0.5", port = 7118 } = given;
  return {
    way,
    transport: way === "broadcast" ? "udp" : "tcp",
    address,
    port,
    name: "yard",
    endpoints: [{ scheme: "http", host: address, port }],
    key: "opens",
    ...given,
  };
}
