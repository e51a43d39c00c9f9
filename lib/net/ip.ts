/**
 * IP addresses as bytes: 4 of IPv4 and 16 of IPv6.
 *
 * @module
 */

/** The bytes of an address; `undefined` for a text that is none. A zone (`%eth0`) is none. */
export function parseIp(text: string): Uint8Array<ArrayBuffer> | undefined {
  // Written here: loading node:net, which tells addresses from other texts, takes 20 ms.
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text)) return undefined;
  const parts = text.split(".").map(Number);
  return parts.every((part) => part <= 255) ? Uint8Array.from(parts) : undefined;
}

function parseIpv6(text: string): Uint8Array<ArrayBuffer> | undefined {
  // The last 32 bits may be written like IPv4 (RFC 4291, section 2.2).
  const plain = text.replace(/:([\d.]*\.[\d.]*)$/, (tail, address) => {
    const bytes = parseIpv4(address);
    return bytes === undefined ? tail : `:${formatGroups(bytes).join(":")}`;
  });
  const halves = plain.split("::").map((half) => half === "" ? [] : half.split(":"));
  const groups = halves.flat();
  const isRight = groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) &&
    (halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8);
  if (!isRight) return undefined;
  const zeros = Array<string>(8 - groups.length).fill("0");
  const all = [...halves[0]!, ...zeros, ...halves[1] ?? []];
  return Uint8Array.from(all.flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  }));
}

/** Writes an address, one of IPv6 as RFC 5952 has it. */
export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = formatGroups(bytes);
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

/** Two bytes each, in hexadecimal. */
function formatGroups(bytes: Uint8Array): string[] {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 2) {
    groups.push(((bytes[at]! << 8) | bytes[at + 1]!).toString(16));
  }
  return groups;
}
