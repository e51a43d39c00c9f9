/**
 * A network on which mDNS is spoken, in memory. Packets arrive later, in the order in which they were
 * sent, at all who take part, the sender too.
 *
 * @module
 */

import { MDNS_PORT, type MdnsLink } from "../../lib/discovery/mdns_link.ts";
import type { MdnsPacket, MdnsSource } from "../../lib/discovery/multicast_dns.d.ts";

/** A packet, and where it went: to all without an address. */
export interface SentPacket {
  /** The packet. */
  readonly packet: MdnsPacket;
  /** To whom. */
  readonly to: MdnsSource | undefined;
}

/** The network. */
export class FakeMdns {
  /** What was sent, by all together. */
  readonly sent: SentPacket[] = [];
  readonly #links = new Set<MdnsLink>();
  #waiting: { wanted: (sent: SentPacket) => boolean; resolve: (sent: SentPacket) => void }[] = [];

  /** Somebody takes part. */
  join(address: string): MdnsLink {
    const link: MdnsLink = {
      onPacket: undefined,
      onFault: undefined,
      send: (packet, to) => {
        this.#send(packet, { address, port: MDNS_PORT }, to);
        return Promise.resolve();
      },
      close: () => {
        this.#links.delete(link);
        return Promise.resolve();
      },
    };
    this.#links.add(link);
    return link;
  }

  /** Brings a packet to all, from where it is wanted. */
  bring(packet: MdnsPacket, source: MdnsSource = { address: "10.0.0.99", port: MDNS_PORT }): void {
    const { id = 0, type = "query", questions = [], answers = [] } = packet;
    const { authorities = [], additionals = [] } = packet;
    const whole = { id, type, questions, answers, authorities, additionals };
    for (const link of this.#links) link.onPacket?.(whole, source);
  }

  /** The next packet that is sent from now on and is wanted. */
  next(wanted: (sent: SentPacket) => boolean): Promise<SentPacket> {
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }

  #send(packet: MdnsPacket, source: MdnsSource, to: MdnsSource | undefined): void {
    const sent = { packet, to };
    this.sent.push(sent);
    queueMicrotask(() => {
      if (to === undefined) this.bring(packet, source);
      for (const { resolve } of this.#waiting.filter(({ wanted }) => wanted(sent))) resolve(sent);
      this.#waiting = this.#waiting.filter(({ wanted }) => !wanted(sent));
    });
  }
}

/** Whether a packet announces something. */
export function isAnnouncement({ packet }: SentPacket): boolean {
  return packet.type === "response" && packet.answers!.every(({ ttl }) => ttl! > 0);
}

/** Whether a packet takes something back. */
export function isGoodbye({ packet }: SentPacket): boolean {
  return packet.type === "response" && packet.answers!.every(({ ttl }) => ttl === 0);
}
