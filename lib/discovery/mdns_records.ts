/**
 * Servers as records of DNS, as RFC 6763 has it for services. PURE.
 *
 * An instance of the service `_wagons._tcp` is a server on one network. Its SRV record names a host that
 * it alone has, and a port; its TXT record has `id`, `name`, `version`, and for each dialect the ports:
 * `tcp=7117`, `http=7118,8080`.
 *
 * @module
 */

import { MAX_FOUND_ENDPOINTS } from "../limits/discovery.ts";
import { isUuid } from "../wire/uuid.ts";
import type { MdnsRecord } from "./multicast_dns.d.ts";

/** The type of the service. */
export const SERVICE_TYPE = "_wagons._tcp.local";

/** Who asks for this wants to know which types of services there are (RFC 6763, section 9). */
export const SERVICE_TYPES = "_services._dns-sd._udp.local";

/** What is told of a server on one network. */
export interface Service {
  /** What the server calls this run of itself: a UUID. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The version of its program. */
  readonly version: string;
  /** The address by which it is reached there. */
  readonly address: string;
  /** Its dialects and their ports; at least one. */
  readonly ports: readonly { readonly scheme: string; readonly port: number }[];
}

/** Bytes of a label, and of a text in a TXT record. */
const MAX_LABEL_BYTES = 63;
const MAX_TEXT_BYTES = 255;

/** How long records hold (RFC 6762, section 10): those that name a host or an address, and others. */
const HOST_TTL_S = 120;
const OTHER_TTL_S = 4_500;

/** The label of a service's instance: its name, with a number where others have it without. */
export function instanceLabel(name: string, number: number): string {
  const suffix = number === 1 ? "" : ` (${number})`;
  // A dot would end the label; what steers terminals is not shown by others as we do.
  const plain = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").replaceAll(".", "-").trim();
  return fitBytes(plain === "" ? "wagons" : plain, MAX_LABEL_BYTES - suffix.length) + suffix;
}

/** The name of an instance of the service. */
export function instanceName(label: string): string {
  return `${label}.${SERVICE_TYPE}`;
}

/** Whether names are the same: the case of ASCII letters does not matter. */
export function isSameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

/** What names have in common that are the same. */
export function nameKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/\.$/, "");
}

/** The record that says where an instance is; nobody else's says the same. */
export function srvRecord(service: Service, label: string): MdnsRecord {
  const main = service.ports.find(({ scheme }) => scheme === "tcp") ?? service.ports[0]!;
  const data = { priority: 0, weight: 0, port: main.port, target: hostName(service) };
  return { name: instanceName(label), type: "SRV", ttl: HOST_TTL_S, flush: true, data };
}

/** The records of a service: those that are asked for, and what belongs to them. */
export function serviceRecords(
  service: Service,
  label: string,
): { answers: MdnsRecord[]; additionals: MdnsRecord[] } {
  const name = instanceName(label);
  const ptr = { type: "PTR", ttl: OTHER_TTL_S };
  return {
    answers: [
      { ...ptr, name: SERVICE_TYPE, data: name },
      { ...ptr, name: SERVICE_TYPES, data: SERVICE_TYPE },
    ],
    additionals: [
      srvRecord(service, label),
      { name, type: "TXT", ttl: OTHER_TTL_S, flush: true, data: txtOf(service) },
      {
        name: hostName(service),
        type: "A",
        ttl: HOST_TTL_S,
        flush: true,
        data: service.address,
      },
    ],
  };
}

/** The same records, all of which are taken back. */
export function goodbyeRecords(service: Service, label: string): MdnsRecord[] {
  const { answers, additionals } = serviceRecords(service, label);
  const all = [...answers, ...additionals];
  // That there are such services may be true of others.
  return all.filter(({ name }) => name !== SERVICE_TYPES).map((record) => ({ ...record, ttl: 0 }));
}

/** Whether a question is about a service, by any of its names. */
export function isAskedFor(question: string, service: Service, label: string): boolean {
  return [SERVICE_TYPE, SERVICE_TYPES, instanceName(label), hostName(service)]
    .some((name) => isSameName(question, name));
}

/** What a SRV record says; `undefined` for data of another form. */
export function readSrv({ data }: MdnsRecord): { port: number; target: string } | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { port, target } = data as Record<string, unknown>;
  if (typeof port !== "number" || typeof target !== "string") return undefined;
  return { port, target };
}

/** What a TXT record tells of a server, as far as it has the right form, and of bounded length. */
export interface Told {
  /** See {@linkcode Service}. */
  readonly id: string | undefined;
  /** See {@linkcode Service}. */
  readonly name: string | undefined;
  /** See {@linkcode Service}. */
  readonly version: string | undefined;
  /** See {@linkcode Service}; may be empty. */
  readonly ports: readonly { readonly scheme: string; readonly port: number }[];
}

/** Reads a TXT record. */
export function readTold(record: MdnsRecord): Told {
  const pairs = readPairs(record);
  const id = pairs.get("id");
  return {
    id: id !== undefined && isUuid(id) ? id : undefined,
    name: pairs.get("name"),
    version: pairs.get("version"),
    ports: Array.from(pairs).flatMap(([key, value]) => readPorts(key, value))
      .slice(0, MAX_FOUND_ENDPOINTS),
  };
}

/** The pairs in a TXT record; of two with one name the first counts (RFC 6763, section 6.4). */
function readPairs({ data }: MdnsRecord): Map<string, string> {
  const pairs = new Map<string, string>();
  const decoder = new TextDecoder();
  for (const item of Array.isArray(data) ? data : [data]) {
    const text = item instanceof Uint8Array ? decoder.decode(item) : item;
    if (typeof text !== "string") continue;
    const [, key, value] = /^([^=]+)=([^]*)$/.exec(text) ?? [];
    if (key !== undefined && !pairs.has(key.toLowerCase())) pairs.set(key.toLowerCase(), value!);
  }
  return pairs;
}

const OWN_KEYS: ReadonlySet<string> = new Set(["id", "name", "version"]);

function readPorts(key: string, value: string): { scheme: string; port: number }[] {
  if (OWN_KEYS.has(key) || !/^[a-z][a-z0-9+.-]*$/.test(key)) return [];
  if (!/^\d{1,5}(,\d{1,5})*$/.test(value)) return [];
  const ports = value.split(",").map(Number).filter((port) => port >= 1 && port <= 65_535);
  return ports.map((port) => ({ scheme: key, port }));
}

/** Of this run alone, so that it is no other's, whatever the machines are called. */
function hostName({ id }: Service): string {
  return `wagons-${id}.local`;
}

function txtOf({ id, name, version, ports }: Service): string[] {
  const dialects = Map.groupBy(ports, ({ scheme }) => scheme);
  const pairs = [
    `id=${id}`,
    `name=${name}`,
    `version=${version}`,
    ...Array.from(dialects, ([scheme, all]) => `${scheme}=${all.map(({ port }) => port).join()}`),
  ];
  return pairs.map((pair) => fitBytes(pair, MAX_TEXT_BYTES));
}

/** As much of a text as fits into so many bytes of UTF-8, and no half of a character. */
function fitBytes(text: string, maxBytes: number): string {
  const bytes = new Uint8Array(maxBytes);
  const { read } = new TextEncoder().encodeInto(text, bytes);
  return text.slice(0, read);
}
