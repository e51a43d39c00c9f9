import { formatHostPort } from "../endpoint.ts";
import { reasonOf } from "../errors.ts";
import { MAX_FOUND, MAX_MDNS_CHECKS_AT_ONCE, MAX_MDNS_SERVICES } from "../limits/discovery.ts";
import { TokenSeal } from "../token_seal.ts";
import { counted } from "../units.ts";
import { askSealed } from "./ask_sealed.ts";
import { askByUdp } from "./ask_udp.ts";
import { Attempts } from "./attempts.ts";
import { type Dialect, handshakeQuestion } from "./handshake.ts";
import { broadcastAddresses, formatLink, type Link } from "./links.ts";
import { browse } from "./mdns_browse.ts";
import { openMdnsLink } from "./mdns_link.ts";
import { type FoundServer, mergeSightings } from "./merge.ts";
import { Pool } from "./pool.ts";
import { ask, scan, type Target } from "./scan.ts";
import { isTrusted, type KeyMatch, type Sighting, type Way } from "./sighting.ts";
import { addressesOf, countAddresses, formatSubnet, type Subnet } from "./subnet.ts";

/** How to look for servers. */
export interface DiscoverOptions {
  /** How; at least one way. */
  ways: ReadonlySet<Way>;
  /** The networks whose addresses are asked by HTTP. */
  subnets: readonly Subnet[];
  /** The addresses of this machine from which others are asked by broadcast and by mDNS. */
  links: readonly Link[];
  /** The ports that are asked by HTTP. */
  ports: readonly number[];
  /** The port that is asked by broadcast. */
  udpPort: number;
  /** Our key; without one it is not known which servers it opens. */
  key?: Uint8Array;
  /** Who asks. */
  userID: string;
  /** Time for each address, and for answers to a broadcast and by mDNS. */
  timeoutMs: number;
  /** Ends it: what was found until then is the result. */
  signal: AbortSignal;
  /** Is told how many of the addresses were asked. */
  onProgress?: (asked: number) => void;
}

/** What was found. */
export interface Discovery {
  /** The servers, by their addresses. */
  readonly servers: readonly FoundServer[];
  /** What was tried, and what came of it. */
  readonly attempts: readonly Attempts[];
}

/** How many questions by HTTP there are. */
export function countTargets(subnets: readonly Subnet[], ports: readonly number[]): number {
  return ports.length * subnets.reduce((sum, subnet) => sum + countAddresses(subnet), 0);
}

/** Looks for servers, in all ways at once. */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const search = new Search(options);
  await search.run();
  return { servers: mergeSightings(search.sightings), attempts: search.attempts };
}

const MATCHES: Readonly<Record<KeyMatch, string>> = {
  opens: "found",
  clock: "found",
  other: "refused our key",
  unknown: "silent",
};

/** One look for servers. */
class Search {
  readonly sightings: Sighting[] = [];
  readonly attempts: Attempts[] = [];
  readonly #options: DiscoverOptions;
  readonly #seal: TokenSeal | undefined;
  readonly #seen = { trusted: 0, others: 0 };

  constructor(options: DiscoverOptions) {
    this.#options = options;
    this.#seal = options.key === undefined ? undefined : new TokenSeal(options.key);
  }

  async run(): Promise<void> {
    const { ways, links, onProgress } = this.#options;
    const work: Promise<void>[] = [];
    if (ways.has("http")) {
      let asked = 0;
      work.push(
        scan(this.#targets(), {
          ...this.#asking("http", "http"),
          onAsked: () => onProgress?.(++asked),
        }),
      );
    }
    for (const link of links) {
      if (ways.has("broadcast")) work.push(this.#broadcast(link));
      if (ways.has("mdns")) work.push(this.#browse(link));
    }
    await Promise.all(work);
  }

  /** What all ways of asking need. */
  #asking(way: Way, scheme: Dialect, signal: AbortSignal = this.#options.signal) {
    const { userID, timeoutMs } = this.#options;
    return {
      way,
      question: handshakeQuestion(this.#seal, userID, scheme),
      seal: this.#seal,
      timeoutMs,
      signal,
      onSighting: (sighting: Sighting) => this.#see(sighting),
    };
  }

  #see(sighting: Sighting): void {
    // Those who have our key are counted apart: no flood of others leaves them out.
    const kind = isTrusted(sighting) ? "trusted" : "others";
    if (this.#seen[kind] >= MAX_FOUND) return;
    this.#seen[kind]++;
    this.sightings.push(sighting);
  }

  #try(what: string): Attempts {
    const attempts = new Attempts(what);
    this.attempts.push(attempts);
    return attempts;
  }

  *#targets(): Generator<Target> {
    const { subnets, ports } = this.#options;
    for (const subnet of subnets) {
      const number = counted(countAddresses(subnet), "address", "addresses");
      for (const port of ports) {
        const attempts = this.#try(`${formatSubnet(subnet)}: http to ${number}, port ${port}`);
        for (const address of addressesOf(subnet)) yield { address, port, attempts };
      }
    }
  }

  async #broadcast(link: Link): Promise<void> {
    const { udpPort: port } = this.#options;
    const addresses = broadcastAddresses(link);
    const targets = addresses.map((address) => ({ address, port }));
    const places = addresses.map((address) => formatHostPort(address, port)).join(" and ");
    const attempts = this.#try(`${formatLink(link)}: broadcast${places && ` to ${places}`}`);
    if (targets.length === 0) return attempts.note("this network has no address for broadcasts");
    await askByUdp(link.address, targets, attempts, this.#asking("broadcast", "udp"));
  }

  async #browse(link: Link): Promise<void> {
    const { timeoutMs, signal } = this.#options;
    const attempts = this.#try(`${formatLink(link)}: mdns`);
    const checks: Promise<void>[] = [];
    const pool = new Pool(MAX_MDNS_CHECKS_AT_ONCE);
    // Who is found last gets as much time to answer as the others.
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(2 * timeoutMs)]);
    try {
      const mdns = await openMdnsLink(link);
      try {
        const left = await browse(link, mdns, {
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
          onFault: (error) => attempts.note(reasonOf(error)),
          onSighting: (sighting) => {
            attempts.count("found");
            this.#see(sighting);
            if (checks.length >= MAX_MDNS_SERVICES) return;
            checks.push(pool.run(() => this.#check(sighting, link, attempts, inTime)));
          },
        });
        if (left > 0) attempts.note(`there are too many: ${left} records were left out`);
      } finally {
        await mdns.close();
      }
    } catch (error) {
      attempts.note(reasonOf(error));
    }
    await Promise.all(checks);
  }

  /** Whether our key opens a server that has said by mDNS where it is. */
  async #check(
    sighting: Sighting,
    link: Link,
    attempts: Attempts,
    signal: AbortSignal,
  ): Promise<void> {
    const { key, timeoutMs } = this.#options;
    if (key === undefined) return;
    if (signal.aborted) return attempts.note("there was no time to ask them all for their keys");
    const { address, endpoints } = sighting;
    const portOf = (dialect: string) => endpoints.find(({ scheme }) => scheme === dialect)?.port;
    const [http, udp, tcp] = ["http", "udp", "tcp"].map(portOf);
    if (http !== undefined) {
      const outcome = await ask(address, http, this.#asking("mdns", "http", signal));
      attempts.count(`asked by http, ${outcome}`);
    } else if (udp !== undefined) {
      const asked = new Attempts("");
      await askByUdp(
        link.address,
        [{ address, port: udp }],
        asked,
        this.#asking("mdns", "udp", signal),
      );
      for (const [outcome] of asked.outcomes) {
        attempts.count(`asked by udp, ${outcome}`);
      }
    } else if (tcp !== undefined) {
      const match = await askSealed(address, tcp, { key, timeoutMs, signal });
      attempts.count(`asked by tcp, ${MATCHES[match]}`);
      if (match !== "unknown") this.#see({ ...sighting, key: match });
    }
  }
}
