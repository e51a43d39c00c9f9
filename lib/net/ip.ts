/**
 * IP addresses as bytes: 4 of IPv4 and 16 of IPv6.
 *
 * @module
 */

import { isIPv4, isIPv6 } from "node:net";

/** The bytes of an address; `undefined` for a text that is none. A zone (`%eth0`) is none. */
export function parseIp(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split("."), Number);
  if (!isIPv6(text) || text.includes("%")) return undefined;
  // The last 32 bits may be written like IPv4 (RFC 4291, section 2.2).
  const groups = text.replace(/[\d.]+$/, (tail) => {
    if (!tail.includes(".")) return tail;
    const [a, b, c, d] = tail.split(".").map(Number) as [number, number, number, number];
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head, tail] = groups.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = tail === undefined ? 0 : 8 - head!.length - tail.length;
  const all = [...head!, ...Array<string>(zeros).fill("0"), ...tail ?? []];
  return Uint8Array.from(all.flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  }));
}

/** Writes an address, one of IPv6 as RFC 5952 has it. */
export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 2) {
    groups.push(((bytes[at]! << 8) | bytes[at + 1]!).toString(16));
  }
  // The first of the longest runs of two zeros or more is left out.
  let best = { at: 0, length: 1 };
  for (let at = 0, length = 0; at < groups.length; at++) {
    length = groups[at] === "0" ? length + 1 : 0;
    if (length > best.length) best = { at: at - length + 1, length };
  }
  if (best.length === 1) return groups.join(":");
  const tail = groups.slice(best.at + best.length).join(":");
  return `${groups.slice(0, best.at).join(":")}::${tail}`;
}
