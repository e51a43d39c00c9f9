/**
 * The bounds of finding servers, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Time that servers get to answer who looks for them: several round trips on any local network. */
export const DISCOVER_TIMEOUT_MS = 2_000;

/** Addresses, times ports, that are asked for servers without --yes: four networks of 254. */
export const MAX_UNASKED_PROBES = 1_024;

/**
 * Of those, asked at once: two networks of 254, so that networks whose machines are silent take
 * one timeout, and half of the file descriptors that a process usually has.
 */
export const MAX_PROBES_AT_ONCE = 512;

/** The shortest prefix of a network of IPv6 that is asked through: 65,536 addresses. */
export const MIN_SCANNED_IPV6_PREFIX = 112;

/** Bytes of an answer of a server that was asked who it is: a name and some URLs, sealed. */
export const MAX_HANDSHAKE_BYTES = 64 * 1024;

/** Bytes of a broadcast handshake: an answer may be four times as long, and this one not be split. */
export const BROADCAST_ARGS_BYTES = 384;

/** Servers that are found, and answers to a broadcast, at most: more than a network of offices has. */
export const MAX_FOUND = 4_096;

/** URLs of one server that are listed: dialects times addresses, with room. */
export const MAX_FOUND_ENDPOINTS = 64;

/** UTF-16 code units of a name or version that a found server gives, cut off there. */
export const MAX_FOUND_TEXT_UNITS = 256;

/** Interfaces on which servers are looked for, and announced: more than any machine of a yard has. */
export const MAX_LINKS = 32;

/** Servers by mDNS, and hosts of them, of one interface: 1 KB each, whoever floods the network. */
export const MAX_MDNS_SERVICES = 512;

/** Of those, asked at once whether they have our key. */
export const MAX_MDNS_CHECKS_AT_ONCE = 32;

/** Addresses of one host by mDNS. */
export const MAX_MDNS_ADDRESSES = 8;

/** Names that a server tries when others have its name: the network has a fault when all are taken. */
export const MAX_MDNS_NAMES = 16;

/** From one probe for a name to the next (RFC 6762, section 8.1). */
export const MDNS_PROBE_INTERVAL_MS = 250;

/** From one answer by mDNS to the next, and from the first announcement to the second (section 6). */
export const MDNS_ANSWER_INTERVAL_MS = 1_000;

/**
 * How often a server that is announced looks for new addresses of its machine: it may be started before
 * the network is there.
 */
export const LINKS_INTERVAL_MS = 30_000;
