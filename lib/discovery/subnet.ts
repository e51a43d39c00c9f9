/**
 * Networks in the notation `address/prefix`, and the addresses of the machines in them. PURE.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import { MIN_SCANNED_IPV6_PREFIX } from "../limits/discovery.ts";
import { formatIp, parseIp } from "../net/ip.ts";

/** A network. */
export interface Subnet {
  /** Its first address, as a number. */
  readonly first: bigint;
  /** Bits of its addresses: 32 of IPv4, 128 of IPv6. */
  readonly bits: 32 | 128;
  /** How many of them all its addresses have in common. */
  readonly prefix: number;
}

/**
 * Reads a network. Bits behind the prefix may be set: `10.0.0.7/24` is `10.0.0.0/24`. An address
 * alone is a network of one.
 *
 * @throws {UsageError} when it is none.
 */
export function parseSubnet(text: string): Subnet {
  const [, address = "", digits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bytes = parseIp(address);
  const bits = bytes?.length === 4 ? 32 : 128;
  const prefix = digits === undefined ? bits : Number(digits);
  if (bytes === undefined || prefix > bits) {
    throw new UsageError(`${JSON.stringify(text)} is no network`, {
      hint: "Write it like 192.168.1.0/24, or an address alone.",
    });
  }
  return subnetOf(bytes, prefix);
}

/** The network of an address, as bytes, and a prefix that is no longer than it. */
export function subnetOf(address: Uint8Array, prefix: number): Subnet {
  const bits = address.length === 4 ? 32 : 128;
  const hostBits = BigInt(bits - prefix);
  return { first: (toNumber(address) >> hostBits) << hostBits, bits, prefix };
}

/** Writes a network as {@linkcode parseSubnet} reads it. */
export function formatSubnet({ first, bits, prefix }: Subnet): string {
  return `${formatNumber(first, bits)}/${prefix}`;
}

/** Whether an address, in its text form, is in a network. */
export function isInSubnet(address: string, { first, bits, prefix }: Subnet): boolean {
  const bytes = parseIp(address);
  if (bytes === undefined || bytes.length * 8 !== bits) return false;
  const hostBits = BigInt(bits - prefix);
  return toNumber(bytes) >> hostBits === first >> hostBits;
}

/**
 * The address that reaches all machines of a network; `undefined` where there is none: in IPv6, and
 * in networks of one or two addresses (RFC 3021).
 */
export function broadcastOf({ first, bits, prefix }: Subnet): string | undefined {
  if (bits === 128 || prefix > 30) return undefined;
  return formatNumber(first + sizeOf({ first, bits, prefix }) - 1n, bits);
}

/** How many addresses {@linkcode addressesOf} gives. */
export function countAddresses(subnet: Subnet): number {
  const { from, to } = hostsOf(subnet);
  return Number(to - from + 1n);
}

/**
 * The addresses of machines in a network, in order: all but the network's own and the one that
 * reaches all, where it has such.
 */
export function* addressesOf(subnet: Subnet): Generator<string> {
  const { from, to } = hostsOf(subnet);
  for (let host = from; host <= to; host++) yield formatNumber(host, subnet.bits);
}

/**
 * A network whose addresses can be asked one by one.
 *
 * @throws {UsageError} for one of IPv6 with more than 65,536 addresses: nobody lives to see the end.
 */
export function scannable(subnet: Subnet): Subnet {
  if (subnet.bits === 32 || subnet.prefix >= MIN_SCANNED_IPV6_PREFIX) return subnet;
  throw new UsageError(
    `${formatSubnet(subnet)} has 2^${128 - subnet.prefix} addresses: they cannot all be asked`,
    {
      hint: `Name a network of IPv6 with a prefix of ${MIN_SCANNED_IPV6_PREFIX} or more, ` +
        "or look for servers with --mdns.",
    },
  );
}

/** The networks without those that were there before. */
export function distinctSubnets(subnets: readonly Subnet[]): Subnet[] {
  return Array.from(new Map(subnets.map((subnet) => [formatSubnet(subnet), subnet])).values());
}

function hostsOf(subnet: Subnet): { from: bigint; to: bigint } {
  const last = subnet.first + sizeOf(subnet) - 1n;
  if (broadcastOf(subnet) === undefined) return { from: subnet.first, to: last };
  return { from: subnet.first + 1n, to: last - 1n };
}

function sizeOf({ bits, prefix }: Subnet): bigint {
  return 1n << BigInt(bits - prefix);
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function formatNumber(number: bigint, bits: 32 | 128): string {
  const bytes = new Uint8Array(bits / 8);
  for (let at = bytes.length - 1; at >= 0; at--) {
    bytes[at] = Number(number & 0xffn);
    number >>= 8n;
  }
  return formatIp(bytes);
}
