import type { Endpoint } from "../endpoint.ts";
import { MAX_MDNS_ADDRESSES, MAX_MDNS_SERVICES } from "../limits/discovery.ts";
import type { Link } from "./links.ts";
import { nameKey, readSrv, readTold, SERVICE_TYPE, type Told } from "./mdns_records.ts";
import type { MdnsPacket, MdnsQuestion, MdnsRecord } from "./multicast_dns.d.ts";
import type { Sighting } from "./sighting.ts";
import { isInSubnet } from "./subnet.ts";

/** What is known of an instance of the service. */
interface Instance {
  readonly name: string;
  readonly srv?: { readonly port: number; readonly target: string } | undefined;
  readonly told?: Told | undefined;
}

/**
 * What is known of servers by mDNS on one interface, from the packets that came there. PURE. However
 * many packets come, and whatever is in them, it holds a bounded amount.
 */
export class MdnsFound {
  readonly #link: Link;
  readonly #instances = new Map<string, Instance>();
  /** The addresses of the hosts that servers are said to be on: no more hosts than servers. */
  readonly #hosts = new Map<string, Set<string>>();
  #left = 0;
  /** The packet that is taken has brought something new. */
  #isNew = false;

  /** Takes where the packets come. */
  constructor(link: Link) {
    this.#link = link;
  }

  /** Servers that were left out, because there were too many. */
  get left(): number {
    return this.#left;
  }

  /**
   * Takes what a packet says; of what is known already nothing is changed, until it is taken back.
   *
   * @returns whether something of it was new.
   */
  take(packet: MdnsPacket): boolean {
    if (packet.type !== "response") return false;
    this.#isNew = false;
    const records = [...packet.answers ?? [], ...packet.additionals ?? []];
    // In the order in which one says of what the next is about.
    for (const record of records) if (record.type === "PTR") this.#takePointer(record);
    for (const record of records) {
      if (record.type === "SRV") this.#takePlace(record);
      if (record.type === "TXT") this.#takeTold(record);
    }
    for (const record of records) {
      if (record.type === "A") this.#takeAddress(record);
    }
    return this.#isNew;
  }

  /** What has to be asked next: who is there, and what is missing of those who said so. */
  questions(): MdnsQuestion[] {
    const questions: MdnsQuestion[] = [{ name: SERVICE_TYPE, type: "PTR" }];
    for (const { name, srv, told } of this.#instances.values()) {
      if (srv === undefined || told === undefined) questions.push({ name, type: "ANY" });
      else if (!this.#hosts.get(nameKey(srv.target))?.size) {
        questions.push({ name: srv.target, type: "A" });
      }
      if (questions.length === MAX_QUESTIONS) break;
    }
    return questions;
  }

  /** The servers of which all is known, once for each of their addresses. */
  sightings(): Sighting[] {
    return Array.from(this.#instances.values()).flatMap((instance) => this.#sightingsOf(instance));
  }

  #sightingsOf({ name, srv, told }: Instance): Sighting[] {
    if (srv === undefined || told === undefined) return [];
    const { id, version } = told;
    const label = name.slice(0, -SERVICE_TYPE.length - 1);
    // Somebody else's announcement of a server says no more than where it is.
    const ports = told.ports.length > 0 ? told.ports : [{ scheme: "tcp", port: srv.port }];
    // The port of the announcement is of one of the dialects, of tcp where that is there.
    const isTcp = ports.some(({ scheme, port }) => port === srv.port && scheme !== "udp");
    const isUdp = !isTcp && ports.some(({ port }) => port === srv.port);
    return Array.from(this.#hosts.get(nameKey(srv.target)) ?? [], (address) => ({
      way: "mdns",
      address,
      port: srv.port,
      transport: isUdp ? "udp" : "tcp",
      ...(id === undefined ? {} : { id }),
      name: told.name ?? label,
      ...(version === undefined ? {} : { version }),
      endpoints: ports.map(({ scheme, port }): Endpoint => ({ scheme, host: address, port })),
      key: "unknown",
    }));
  }

  #takePointer({ name, data, ttl }: MdnsRecord): void {
    if (nameKey(name) !== SERVICE_TYPE || typeof data !== "string") return;
    const instance = nameKey(data);
    if (!instance.endsWith(`.${SERVICE_TYPE}`)) return;
    if (ttl === 0) return this.#forget(instance);
    if (this.#instances.has(instance)) return;
    if (this.#instances.size >= MAX_MDNS_SERVICES) return void this.#left++;
    this.#instances.set(instance, { name: data });
    this.#isNew = true;
  }

  #takePlace(record: MdnsRecord): void {
    const srv = readSrv(record);
    if (srv === undefined) return;
    const host = nameKey(srv.target);
    if (this.#learn(record, "srv", srv) && !this.#hosts.has(host)) this.#hosts.set(host, new Set());
  }

  #takeTold(record: MdnsRecord): void {
    this.#learn(record, "told", readTold(record));
  }

  #learn<K extends "srv" | "told">({ name, ttl }: MdnsRecord, key: K, value: Instance[K]): boolean {
    const instance = this.#instances.get(nameKey(name));
    if (instance === undefined || instance[key] !== undefined || ttl === 0) return false;
    this.#instances.set(nameKey(name), { ...instance, [key]: value });
    return this.#isNew = true;
  }

  #forget(name: string): void {
    const instance = this.#instances.get(name);
    if (instance?.srv !== undefined) this.#hosts.delete(nameKey(instance.srv.target));
    this.#instances.delete(name);
  }

  /** Only addresses of this very network: nobody is made to send anything elsewhere. */
  #takeAddress({ name, data, ttl }: MdnsRecord): void {
    if (typeof data !== "string" || ttl === 0 || !isInSubnet(data, this.#link.subnet)) return;
    const addresses = this.#hosts.get(nameKey(name));
    if (addresses === undefined || addresses.has(data)) return;
    if (addresses.size >= MAX_MDNS_ADDRESSES) return;
    addresses.add(data);
    this.#isNew = true;
  }
}

/** Questions of one packet: with names of 60 bytes they fit into one that is not split. */
const MAX_QUESTIONS = 16;
