// @ts-types="./multicast_dns.d.ts"
import multicastDns, { type MdnsPacket, type MdnsSource } from "multicast-dns";
import { reasonOf, UsageError } from "../errors.ts";
import { formatLink, type Link } from "./links.ts";
import { isInSubnet } from "./subnet.ts";

/** The port of mDNS (RFC 6762). Who asks from another one takes no part in it. */
export const MDNS_PORT = 5353;

/** Takes a packet that has come. */
export type PacketTaker = (packet: Required<MdnsPacket>, source: MdnsSource) => void;

/** What there is of mDNS on one interface. */
export interface MdnsLink {
  /** Sends to all, or to one. Resolves when it is sent; throws what the system says when it cannot. */
  send(packet: MdnsPacket, to?: MdnsSource): Promise<void>;
  /** What takes the packets that come, own ones too. Without one they are lost. */
  onPacket: PacketTaker | undefined;
  /** Is told what the system says when nothing more comes, or some of it did not. */
  onFault: ((error: unknown) => void) | undefined;
  /** Ends it. */
  close(): Promise<void>;
}

/**
 * Takes part in mDNS through one address of this machine. Only packets from its own network are taken:
 * a machine elsewhere has no say in it (RFC 6762, section 11), and each packet comes once, however many
 * addresses this machine has.
 *
 * @throws {UsageError} when the port is taken by a program that shares it with nobody, or the interface
 * knows no multicast.
 */
export async function openMdnsLink(link: Link): Promise<MdnsLink> {
  const mdns = multicastDns({ port: MDNS_PORT, interface: link.address, bind: "0.0.0.0" });
  const close = () => new Promise<void>((resolve) => mdns.destroy(resolve));
  const opened: MdnsLink = {
    onPacket: undefined,
    onFault: undefined,
    close,
    send: (packet, to) =>
      new Promise((resolve, reject) =>
        mdns.send(packet, to ?? null, (error) => error ? reject(error) : resolve())
      ),
  };
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  mdns.on("packet", (packet, source) => {
    if (!isInSubnet(source.address, link.subnet)) return;
    const { questions = [], answers = [], authorities = [], additionals = [] } = packet;
    const { id = 0, type = "query" } = packet;
    opened.onPacket?.({ id, type, questions, answers, authorities, additionals }, source);
  });
  mdns.on("ready", resolve);
  let isReady = false;
  mdns.on("error", (error) => {
    if (isReady) opened.onFault?.(error);
    else reject(error);
  });
  // Junk that others send is one too; and a group that cannot be joined, before it is ready.
  mdns.on("warning", (error) => {
    if (!isReady) reject(error);
  });
  try {
    await ready;
    isReady = true;
    return opened;
  } catch (error) {
    await close();
    throw new UsageError(`Cannot use mDNS on ${formatLink(link)}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
