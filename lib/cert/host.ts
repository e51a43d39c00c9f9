import { UsageError } from "../errors.ts";
import { formatIp, parseIp } from "../net/ip.ts";

const MAX_NAME_CHARS = 253;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads a host for a certificate: a name by RFC 1123, which may begin with `*.`, or an address of
 * IPv4 or IPv6, which may be in brackets.
 *
 * @returns a name in small letters, an address as {@linkcode formatIp} writes it.
 * @throws {UsageError} when it is neither.
 */
export function readHost(text: string): string {
  const address = parseIp(text.replace(/^\[(.*)\]$/, "$1"));
  if (address !== undefined) return formatIp(address);
  const name = text.toLowerCase();
  const isWildcard = name.startsWith("*.");
  const labels = (isWildcard ? name.slice(2) : name).split(".");
  // The last label of a name is never a number, so such a text is a slip in an address.
  const isName = labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
  // OpenSSL takes no wildcard for all of a top-level domain.
  const isNarrow = !isWildcard || labels.length > 1;
  if (isName && isNarrow && name.length <= MAX_NAME_CHARS) return name;
  throw new UsageError(`--host: ${JSON.stringify(text)} is no host`, {
    hint:
      "Write a name like yard.example or *.example, or an address like 192.0.2.7 or 2001:db8::7.",
  });
}
