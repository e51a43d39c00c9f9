/**
 * From what has answered to the servers that there are. PURE, and the order of the answers does not
 * matter.
 *
 * @module
 */

import { type Endpoint, formatEndpoint, formatHostPort } from "../endpoint.ts";
import { MAX_FOUND_ENDPOINTS } from "../limits/discovery.ts";
import { parseIp } from "../net/ip.ts";
import { isTrusted, type KeyMatch, type Sighting, transportOf, type Way } from "./sighting.ts";

/** A server that was found. */
export interface FoundServer {
  /** What it calls this run of itself; `undefined` where it has told none. */
  readonly id: string | undefined;
  /** Its name; empty where it has told none. */
  readonly name: string;
  /** The version of its program. */
  readonly version: string | undefined;
  /** Where it has answered, in order. */
  readonly addresses: readonly string[];
  /** Where it listens, in order. */
  readonly endpoints: readonly Endpoint[];
  /** The shortest time from a question to its answer. */
  readonly roundTripMs: number | undefined;
  /** How it was found. */
  readonly ways: readonly Way[];
  /** Whether our key opens it. */
  readonly key: KeyMatch;
}

const WAYS: readonly Way[] = ["http", "broadcast", "mdns"];
/** From what is known best to what is known least. */
const KEYS: readonly KeyMatch[] = ["opens", "clock", "other", "unknown"];

/**
 * The servers behind some answers, by their addresses. Answers with one id are of one server; one
 * without an id is of the server that listens where it came from. What has not shown that it has our
 * key adds nothing to a server that has, not even when it says the same id: everybody can say that.
 */
export function mergeSightings(sightings: readonly Sighting[]): FoundServer[] {
  const ordered = sightings.toSorted(compareSightings);
  // Those with an id come first: then it is known where their servers listen.
  const identified = [
    ...ordered.filter(({ id }) => id !== undefined),
    ...ordered.filter(({ id }) => id === undefined),
  ];
  const trusted = new Groups();
  const others = new Groups();
  for (const sighting of identified.filter(isTrusted)) trusted.add(sighting);
  for (const sighting of identified.filter((one) => !isTrusted(one))) {
    if (!trusted.join(sighting)) others.add(sighting);
  }
  return [...trusted.servers, ...others.servers].map(serverOf).sort(compareServers);
}

/** Answers, by the servers that they are of. */
class Groups {
  /** The answers of each server. */
  readonly servers: Sighting[][] = [];
  readonly #byId = new Map<string, Sighting[]>();
  /** Of several that say that they are at a place, the first. */
  readonly #byPlace = new Map<string, Sighting[]>();

  /** Takes an answer, and what it says of where its server is. */
  add(sighting: Sighting): void {
    const { id } = sighting;
    let server = id === undefined ? this.#byPlace.get(placeOf(sighting)) : this.#byId.get(id);
    if (server === undefined) this.servers.push(server = []);
    server.push(sighting);
    if (id !== undefined) this.#byId.set(id, server);
    for (const place of placesOf(sighting)) {
      if (!this.#byPlace.has(place)) this.#byPlace.set(place, server);
    }
  }

  /** Takes an answer if it is of one of these servers, and nothing that it says. */
  join(sighting: Sighting): boolean {
    const server = this.#find(sighting);
    server?.push(sighting);
    return server !== undefined;
  }

  #find(sighting: Sighting): Sighting[] | undefined {
    const { id, address } = sighting;
    if (id === undefined) return this.#byPlace.get(placeOf(sighting));
    const known = this.#byId.get(id);
    if (known?.some((one) => isTrusted(one) && one.address === address)) return known;
    // One whose clock differs has told no id.
    return placesOf(sighting).map((place) => this.#byPlace.get(place))
      .find((server) => server?.every((one) => !isTrusted(one) || one.key === "clock"));
  }
}

function placeOf({ transport, address, port }: Sighting): string {
  return `${transport} ${formatHostPort(address, port)}`;
}

function placesOf(sighting: Sighting): string[] {
  const told = sighting.endpoints.map(({ scheme, host, port }) =>
    `${transportOf(scheme)} ${formatHostPort(host, port)}`
  );
  return [placeOf(sighting), ...told];
}

/** The server behind some answers, of which those that are trusted most come first. */
function serverOf(members: readonly Sighting[]): FoundServer {
  const trusted = members.filter(isTrusted);
  const telling = trusted.length > 0 ? trusted : members;
  const endpoints = new Map<string, Endpoint>();
  for (const endpoint of telling.flatMap((member) => member.endpoints)) {
    endpoints.set(formatEndpoint(endpoint), endpoint);
  }
  const times = members.map(({ roundTripMs }) => roundTripMs).filter((time) => time !== undefined);
  return {
    id: telling.find(({ id }) => id !== undefined)?.id,
    name: telling.find(({ name }) => name !== "")?.name ?? "",
    version: telling.find(({ version }) => version !== undefined)?.version,
    addresses: [...new Set(telling.map(({ address }) => address))].sort(compareAddresses),
    endpoints: Array.from(endpoints.values()).sort(compareEndpoints).slice(0, MAX_FOUND_ENDPOINTS),
    roundTripMs: times.length === 0 ? undefined : Math.min(...times),
    ways: WAYS.filter((way) => members.some((member) => member.way === way)),
    key: KEYS.find((key) => members.some((member) => member.key === key))!,
  };
}

function compareSightings(one: Sighting, other: Sighting): number {
  return KEYS.indexOf(one.key) - KEYS.indexOf(other.key) ||
    WAYS.indexOf(one.way) - WAYS.indexOf(other.way) ||
    compareAddresses(one.address, other.address) || one.port - other.port ||
    compareTexts(JSON.stringify(one), JSON.stringify(other));
}

function compareServers(one: FoundServer, other: FoundServer): number {
  return compareAddresses(one.addresses[0]!, other.addresses[0]!) ||
    (one.endpoints[0]?.port ?? 0) - (other.endpoints[0]?.port ?? 0) ||
    compareTexts(JSON.stringify(one), JSON.stringify(other));
}

function compareEndpoints(one: Endpoint, other: Endpoint): number {
  return compareTexts(one.scheme, other.scheme) || compareAddresses(one.host, other.host) ||
    one.port - other.port || compareTexts(formatEndpoint(one), formatEndpoint(other));
}

/** By their numbers; IPv4 before IPv6, and names after both. */
function compareAddresses(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => {
    const bytes = parseIp(text);
    return bytes === undefined ? `9 ${text}` : `${bytes.length === 4 ? 4 : 6} ${bytes.toHex()}`;
  }) as [string, string];
  return compareTexts(a, b);
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
