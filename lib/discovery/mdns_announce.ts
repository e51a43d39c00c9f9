import {
  MAX_MDNS_NAMES,
  MDNS_ANSWER_INTERVAL_MS,
  MDNS_PROBE_INTERVAL_MS,
} from "../limits/discovery.ts";
import { pause } from "../pause.ts";
import { MDNS_PORT, type MdnsLink } from "./mdns_link.ts";
import {
  goodbyeRecords,
  instanceLabel,
  instanceName,
  isAskedFor,
  isSameName,
  readSrv,
  type Service,
  serviceRecords,
  srvRecord,
} from "./mdns_records.ts";
import type { MdnsPacket, MdnsRecord, MdnsSource } from "./multicast_dns.d.ts";

/** How a service is announced. */
export interface AnnounceOptions {
  /** Ends it: the service says goodbye. */
  signal: AbortSignal;
  /** Is told under which label the service is announced. */
  onNamed?: (label: string) => void;
  /**
   * Is told when something cannot be sent, which is tried again when somebody asks, and when the system
   * says that something cannot be heard.
   */
  onFault: (error: unknown) => void;
}

/**
 * Announces a service on one interface until the signal is aborted: looks whether its name is free, takes
 * another one where it is not, says that it is there, answers who asks, and says goodbye (RFC 6762,
 * sections 8 and 10). A name that two take at once is left to one of them.
 *
 * @throws {RangeError} when the names that it tries are all taken.
 */
export async function announce(
  mdns: MdnsLink,
  service: Service,
  { signal, onNamed, onFault }: AnnounceOptions,
): Promise<void> {
  mdns.onFault = onFault;
  let number = 1;
  while (!signal.aborted) {
    if (number > MAX_MDNS_NAMES) {
      throw new RangeError(
        `${MAX_MDNS_NAMES} names like ${instanceLabel(service.name, 1)} are all taken`,
      );
    }
    const label = instanceLabel(service.name, number);
    const holding = new Holding(mdns, service, label, onFault);
    if (!await holding.probe(signal)) {
      number++;
      continue;
    }
    if (signal.aborted) break;
    onNamed?.(label);
    await holding.hold(signal);
  }
}

interface Srv {
  readonly port: number;
  readonly target: string;
}

/** As RFC 6762 orders the data of records, for those whose priority and weight are 0. */
function compareSrv(one: Srv, other: Srv): number {
  if (one.port !== other.port) return one.port - other.port;
  return one.target < other.target ? -1 : one.target > other.target ? 1 : 0;
}

/** One-off answers in the time of one to all: a program each that takes no part in mDNS. */
const MAX_SINGLE_ANSWERS = 16;

/** A service under one label. */
class Holding {
  readonly #mdns: MdnsLink;
  readonly #service: Service;
  readonly #label: string;
  readonly #onFault: (error: unknown) => void;
  /** Aborted when another one has the name. */
  readonly #lost = new AbortController();
  #isHeld = false;
  /** When an answer to all is due; `undefined` while nobody wants one. */
  #wantedAtMs: number | undefined;
  #wake: () => void = () => {};
  #answeredAtMs = -Infinity;
  #singleAnswers = 0;

  constructor(
    mdns: MdnsLink,
    service: Service,
    label: string,
    onFault: (error: unknown) => void,
  ) {
    this.#mdns = mdns;
    this.#service = service;
    this.#label = label;
    this.#onFault = onFault;
    mdns.onPacket = (packet, source) => this.#take(packet, source);
  }

  /** Asks three times whether somebody has the name; gives false when somebody has. */
  async probe(signal: AbortSignal): Promise<boolean> {
    const either = AbortSignal.any([signal, this.#lost.signal]);
    const name = instanceName(this.#label);
    for (let i = 0; i < 3 && !either.aborted; i++) {
      await this.#send({
        type: "query",
        questions: [{ name, type: "ANY" }],
        authorities: [srvRecord(this.#service, this.#label)],
      });
      await pause(MDNS_PROBE_INTERVAL_MS, either);
    }
    return !this.#lost.signal.aborted;
  }

  /** Says twice that it is there, and answers until the end, or until somebody else has the name. */
  async hold(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#lost.signal]);
    either.addEventListener("abort", () => this.#wake());
    this.#isHeld = true;
    let announcements = 2;
    while (!either.aborted) {
      if (announcements > 0) this.#want(MDNS_ANSWER_INTERVAL_MS);
      if (!this.#isDue()) {
        await this.#sleep();
        continue;
      }
      this.#wantedAtMs = undefined;
      this.#answeredAtMs = performance.now();
      this.#singleAnswers = 0;
      announcements--;
      await this.#send({ type: "response", ...serviceRecords(this.#service, this.#label) });
    }
    this.#isHeld = false;
    if (!signal.aborted) return;
    await this.#send({ type: "response", answers: goodbyeRecords(this.#service, this.#label) });
  }

  #isDue(): boolean {
    return this.#wantedAtMs !== undefined && performance.now() >= this.#wantedAtMs;
  }

  /** Resolves when something has changed, or when it is time to answer. */
  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#wantedAtMs === undefined
        ? undefined
        : setTimeout(() => this.#wake(), Math.ceil(this.#wantedAtMs - performance.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** An answer to all is wanted, so long after the last one. */
  #want(intervalMs: number): void {
    const atMs = this.#answeredAtMs + intervalMs;
    if (this.#wantedAtMs !== undefined && this.#wantedAtMs <= atMs) return;
    this.#wantedAtMs = atMs;
    this.#wake();
  }

  #take(packet: Required<MdnsPacket>, source: MdnsSource): void {
    if (packet.type === "response") {
      const records = [...packet.answers, ...packet.additionals];
      if (records.some((record) => this.#isRival(record))) this.#lost.abort();
      return;
    }
    if (!this.#isHeld) {
      const rivals = packet.authorities.filter((record) => this.#isRival(record));
      if (rivals.some((record) => this.#isLater(record))) this.#lost.abort();
      return;
    }
    const asked = packet.questions.filter(({ name }) =>
      isAskedFor(name, this.#service, this.#label)
    );
    if (asked.length === 0) return;
    if (source.port !== MDNS_PORT) return this.#answerOne(packet, source);
    if (packet.answers.some((record) => this.#isKnown(record))) return;
    // Who wants the name waits for no longer than it takes to ask for it.
    const isProbe = packet.authorities.length > 0;
    this.#want(isProbe ? MDNS_PROBE_INTERVAL_MS : MDNS_ANSWER_INTERVAL_MS);
  }

  /** Answers a program that takes no part in mDNS, as a server of DNS would (section 6.7). */
  #answerOne({ id, questions }: Required<MdnsPacket>, source: MdnsSource): void {
    if (this.#singleAnswers >= MAX_SINGLE_ANSWERS) return this.#want(MDNS_ANSWER_INTERVAL_MS);
    this.#singleAnswers++;
    const { answers, additionals } = serviceRecords(this.#service, this.#label);
    const brief = (record: MdnsRecord) => ({ ...record, ttl: 10, flush: false });
    this.#send({
      type: "response",
      id,
      questions,
      answers: answers.map(brief),
      additionals: additionals.map(brief),
    }, source);
  }

  /** Whether a record says that somebody else has the name. */
  #isRival(record: MdnsRecord): boolean {
    if (record.type !== "SRV" || record.ttl === 0) return false;
    if (!isSameName(record.name, instanceName(this.#label))) return false;
    return !isSameName(readSrv(record)?.target ?? "", readSrv(this.#own)!.target);
  }

  /** Of two who ask for a name at once, the one whose data is the later gets it (section 8.2). */
  #isLater(record: MdnsRecord): boolean {
    const [theirs, ours] = [record, this.#own].map(readSrv);
    return theirs !== undefined && compareSrv(theirs, ours!) > 0;
  }

  /** Whether somebody who asks knows already that it is there (section 7.1). */
  #isKnown({ type, data }: MdnsRecord): boolean {
    return type === "PTR" && typeof data === "string" &&
      isSameName(data, instanceName(this.#label));
  }

  get #own(): MdnsRecord {
    return srvRecord(this.#service, this.#label);
  }

  async #send(packet: MdnsPacket, to?: MdnsSource): Promise<void> {
    try {
      await this.#mdns.send(packet, to);
    } catch (error) {
      this.#onFault(error);
    }
  }
}
