/**
 * The networks that this machine is in.
 *
 * @module
 */

import { isLoopback } from "../endpoint.ts";
import { MAX_LINKS } from "../limits/discovery.ts";
import { parseIp } from "../net/ip.ts";
import { broadcastOf, distinctSubnets, type Subnet, subnetOf } from "./subnet.ts";

/** An address of IPv4 of this machine, and the network that it is in. */
export interface Link {
  /** The name of the interface. */
  readonly name: string;
  /** The address. */
  readonly address: string;
  /** Its network. */
  readonly subnet: Subnet;
}

/**
 * The addresses of this machine through which it reaches others: of IPv4, and not on the loopback.
 *
 * @throws what the system says when it tells none.
 */
export function readLinks(): Link[] {
  const links: Link[] = [];
  for (const { name, family, address, netmask } of Deno.networkInterfaces()) {
    if (family !== "IPv4" || isLoopback(address)) continue;
    links.push({ name, address, subnet: subnetOf(parseIp(address)!, prefixOf(netmask)) });
  }
  return links.slice(0, MAX_LINKS);
}

/** How a message names it: `eth0, 10.0.0.5/24`. */
export function formatLink({ name, address, subnet }: Link): string {
  return `${name}, ${address}/${subnet.prefix}`;
}

/** Longest networks that are looked through where nobody names one: 254 addresses. */
const OWN_PREFIX = 24;

/**
 * The networks that are looked through where nobody names one: those of this machine, and of a larger
 * one the 256 addresses that its own is among. Each once, however many of its addresses it has.
 */
export function ownSubnets(links: readonly Link[]): Subnet[] {
  return distinctSubnets(
    links.map(({ address, subnet }) =>
      subnetOf(parseIp(address)!, Math.max(OWN_PREFIX, subnet.prefix))
    ),
  );
}

/** Where a broadcast goes on a link: to its network's address for that, and to the general one. */
export function broadcastAddresses({ subnet }: Link): string[] {
  const own = broadcastOf(subnet);
  return own === undefined ? [] : [own, "255.255.255.255"];
}

/** How many bits a netmask has. */
function prefixOf(netmask: string): number {
  const bits = Array.from(parseIp(netmask)!, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const prefix = bits.indexOf("0");
  return prefix === -1 ? bits.length : prefix;
}
