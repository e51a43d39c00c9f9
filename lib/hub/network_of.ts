/**
 * Whom an address may belong to, from the host itself to the site that it is in. Limits count each,
 * since a site of IPv6 can change its hosts at will: it is given 2^80 addresses (RFC 6177), and a
 * network in it 2^64 (RFC 4291, section 2.5.1).
 *
 * @returns one network for an IPv4 address, also where it is mapped to IPv6, and for one that is
 * good on its link only (RFC 4291, section 2.5.6); the host, its /64 and its /48 for any other of
 * IPv6.
 */
export function networksOf(host: string): [host: string, ...larger: string[]] {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(host)?.[1];
  if (mapped !== undefined) return [mapped];
  if (!host.includes(":")) return [host];
  const groups = writtenOut(host);
  const address = groups.join(":");
  if (/^fe[89ab]/.test(groups[0]!)) return [`${address}${/%.*$/.exec(host)?.[0] ?? ""}`];
  return [address, `${groups.slice(0, 4).join(":")}::/64`, `${groups.slice(0, 3).join(":")}::/48`];
}

/** The eight groups of an address, without zeros in front. */
function writtenOut(host: string): string[] {
  const [head = "", tail] = host.toLowerCase().replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const behind = tail === "" ? [] : tail.split(":");
    while (groups.length + behind.length < 8) groups.push("0");
    groups.push(...behind);
  }
  return groups.map((group) => parseInt(group, 16).toString(16));
}
