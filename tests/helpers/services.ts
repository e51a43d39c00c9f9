/**
 * Servers as mDNS knows them, for tests.
 *
 * @module
 */

import type { Link } from "../../lib/discovery/links.ts";
import type { Service } from "../../lib/discovery/mdns_records.ts";
import { parseSubnet } from "../../lib/discovery/subnet.ts";
import { sampleId } from "./samples.ts";

/** An interface of a machine. */
export const LINK: Link = {
  name: "eth0",
  address: "10.0.0.1",
  subnet: parseSubnet("10.0.0.0/24"),
};

/** A server whose id and address only depend on `number`, with what is wanted otherwise. */
export function sampleService(number: number, wanted: Partial<Service> = {}): Service {
  return {
    id: sampleId(number),
    name: "yard",
    version: "0.1.0",
    address: `10.0.0.${number}`,
    ports: [{ scheme: "http", port: 7118 }, { scheme: "tcp", port: 7117 }],
    ...wanted,
  };
}
