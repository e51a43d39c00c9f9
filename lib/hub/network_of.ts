/**
 * The part of an address that belongs to one peer: limits count by it. Of IPv6 that is the first
 * half, since a site is given 2^64 addresses and more (RFC 4291, section 2.5.1); an IPv4 address
 * that is mapped to IPv6 counts as itself.
 */
export function networkOf(host: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(host)?.[1];
  if (mapped !== undefined) return mapped;
  if (!host.includes(":")) return host;
  // Written out: "::" stands for as many groups of zeros as are missing.
  const [head = "", tail] = host.toLowerCase().replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const behind = tail === "" ? 0 : tail.split(":").length;
    while (groups.length + behind < 8) groups.push("0");
    if (tail !== "") groups.push(...tail.split(":"));
  }
  return `${groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(":")}::/64`;
}
