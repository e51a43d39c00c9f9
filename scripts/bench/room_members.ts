/**
 * Some members of a room, in a process of their own: they say their share of the messages in turns,
 * and look whether every message comes to each of them once and in order.
 *
 *     deno run --allow-all scripts/bench/room_members.ts '{"url": ...}'
 *
 * Prints `joined`, waits for a line on stdin that says `go`, and prints the figures as JSON.
 *
 * @module
 */

import { RoomConnection } from "../../lib/client/room_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { readKeyFile } from "../../lib/key_file.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";

/** What the members do. */
export interface MembersOptions {
  /** The server. */
  url: string;
  /** Its key, if it has one. */
  keyFile?: string | undefined;
  /** The place of this process among those that say something. */
  place: number;
  /** How many of them there are. */
  processes: number;
  /** Members in this process. */
  members: number;
  /** Messages a second of all processes together. */
  rate: number;
  /** Messages of all processes together. */
  messages: number;
  /** Bytes of a text. */
  textBytes: number;
}

/** What the members saw. */
export interface MembersFigures {
  /** Events that came, of those that others had said. */
  deliveries: number;
  /** Deliveries by their time in tenths of a millisecond, from before the Say to the event. */
  tenths: [tenth: number, count: number][];
  /** What was wrong: an event that was missing, came twice, or came out of order. */
  wrong: string[];
  /** The longest time from a Say to its receipt. */
  receiptMaxMs: number;
}

/** Joining at once, so many at a time: the server's queue of new connections is finite. */
const JOINING = 50;
/** Long: a server that is overloaded is to show in the figures. */
const ANSWER_TIMEOUT_MS = 60_000;
/** Time for the last events to come. */
const LAST_EVENTS_MS = 15_000;

async function main(options: MembersOptions): Promise<void> {
  const { url, keyFile, place, processes, members: count, rate, messages, textBytes } = options;
  const endpoint = parseEndpoint(url);
  const how = keyFile === undefined ? {} : { key: readKeyFile(keyFile) };
  const links: RoomConnection[] = [];
  while (links.length < count) {
    const joining = Array.from(
      { length: Math.min(JOINING, count - links.length) },
      (_, i) =>
        RoomConnection.join(endpoint, {
          name: `member ${place}.${links.length + i}`,
          answerTimeoutMs: ANSWER_TIMEOUT_MS,
          ...how,
        }),
    );
    links.push(...await Promise.all(joining));
  }
  const members = links.map((link) => new Listener(link));
  const listening = members.map((member) => member.run());
  console.log("joined");
  await Deno.stdin.read(new Uint8Array(16));

  const startMs = performance.now();
  const saying: Promise<void>[] = [];
  let receiptMaxMs = 0;
  for (let number = place, turn = 0; number < messages; number += processes, turn++) {
    const dueMs = startMs + number * 1000 / rate;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
    const member = members[turn % members.length]!;
    const sentMs = performance.now();
    saying.push(
      member.say(`${performance.timeOrigin + sentMs} `.padEnd(textBytes, "x")).then(() => {
        receiptMaxMs = Math.max(receiptMaxMs, performance.now() - sentMs);
      }),
    );
  }
  await Promise.all(saying);
  const deadline = setTimeout(() => links.forEach((link) => link.close()), LAST_EVENTS_MS);
  await Promise.all(members.map((member) => member.whenHeard(messages - member.said)));
  clearTimeout(deadline);
  for (const link of links) link.close();
  await Promise.all(listening);
  const tenths = new Map<number, number>();
  for (const member of members) {
    for (const [tenth, times] of member.tenths) {
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + times);
    }
  }
  const figures: MembersFigures = {
    deliveries: members.reduce((sum, { heard }) => sum + heard, 0),
    tenths: [...tenths],
    wrong: members.flatMap((member) => member.wrong(messages)),
    receiptMaxMs,
  };
  console.log(JSON.stringify(figures));
}

/** One member, and what it hears. */
class Listener {
  readonly tenths = new Map<number, number>();
  readonly #link: RoomConnection;
  readonly #wrong: string[] = [];
  #last: number;
  #awaited = Infinity;
  #onHeard = () => {};
  said = 0;
  heard = 0;

  constructor(link: RoomConnection) {
    this.#link = link;
    this.#last = link.last;
  }

  /** Resolves when the connection is closed. */
  async run(): Promise<void> {
    try {
      for (;;) {
        const { number, what } = await this.#link.next();
        if (what.type !== "text") continue;
        const sentMs = Number.parseFloat(what.text) - performance.timeOrigin;
        const tenth = Math.round((performance.now() - sentMs) * 10);
        this.tenths.set(tenth, (this.tenths.get(tenth) ?? 0) + 1);
        if (number <= this.#last) this.#wrong.push(`${number} came after ${this.#last}`);
        this.#last = number;
        if (++this.heard >= this.#awaited) this.#onHeard();
      }
    } catch (error) {
      if (this.heard < this.#awaited) this.#wrong.push(String(error));
      this.#onHeard();
    }
  }

  /** Resolves when so many were heard, or the connection is lost. */
  whenHeard(count: number): Promise<void> {
    this.#awaited = count;
    if (this.heard >= count) return Promise.resolve();
    return new Promise((resolve) => this.#onHeard = resolve);
  }

  async say(text: string): Promise<void> {
    this.said++;
    const id = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    await this.#link.say(id, text);
  }

  /** What was wrong, where so many messages were said by all. Numbers that grow are no repetition. */
  wrong(messages: number): string[] {
    const wanted = messages - this.said;
    const { name } = this.#link;
    return [
      ...this.#wrong.map((what) => `${name}: ${what}`),
      ...(this.heard === wanted ? [] : [`${name}: heard ${this.heard} of ${wanted}`]),
    ];
  }
}

if (import.meta.main) await main(JSON.parse(Deno.args[0]!) as MembersOptions);
