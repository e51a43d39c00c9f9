import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DurationCounts } from "../../lib/duration_counts.ts";
import type { HubEvent } from "../../lib/hub/events.ts";
import { Hearer } from "../../lib/hub/hearer.ts";
import { Member, type Said } from "../../lib/hub/member.ts";
import type { Original } from "../../lib/hub/outlet.ts";
import { Peer } from "../../lib/hub/peer.ts";
import { DialectTally } from "../../lib/hub/tally.ts";
import { Room } from "../../lib/hub/room.ts";
import { Running } from "../../lib/hub/running.ts";
import { FakeEvents } from "../helpers/fake_events.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { LOCAL, sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { raise } from "../helpers/room_samples.ts";
import { turn } from "../helpers/turn.ts";

/** Something that happens. Those who are there are told by a number of which the rest counts. */
type Step =
  /** A member comes, a listener comes: it hears what it says itself, or not. */
  | { readonly do: "come"; readonly hearsItself: boolean }
  | { readonly do: "listen"; readonly hearsItself: boolean }
  | { readonly do: "say" | "sayAgain" | "leave" | "slow"; readonly who: number }
  /** A listener becomes a member, with the outlet that it has, or with another one. */
  | { readonly do: "enter"; readonly who: number; readonly bringsOutlet: boolean }
  | { readonly do: "rename"; readonly who: number; readonly name: string }
  /** Somebody who is not there says something. */
  | { readonly do: "post" }
  /** The store is done with so many. */
  | { readonly do: "store"; readonly count: number }
  /** Others have their turn. */
  | { readonly do: "turn" };

function step<S extends Step["do"], M>(
  weight: number,
  kind: S,
  more: { [K in keyof M]: fc.Arbitrary<M[K]> },
): { weight: number; arbitrary: fc.Arbitrary<{ do: S } & M> } {
  const arbitrary = fc.record({ do: fc.constant(kind), ...more }) as fc.Arbitrary<{ do: S } & M>;
  return { weight, arbitrary };
}

const who = fc.nat({ max: 20 });
const hearsItself = fc.boolean();
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  step(4, "come", { hearsItself }),
  step(3, "listen", { hearsItself }),
  step(3, "enter", { who, bringsOutlet: fc.boolean() }),
  step(8, "say", { who }),
  step(2, "sayAgain", { who }),
  step(3, "post", {}),
  step(2, "rename", { who, name: fc.constantFrom("Ann", "ann", "Bob", "Ann 2") }),
  step(2, "leave", { who }),
  step(1, "slow", { who }),
  step(4, "store", { count: fc.nat({ max: 5 }) }),
  step(2, "turn", {}),
);

test("room: whoever stays hears every event of others once and in order, whatever happens", async () => {
  const seen = { heard: 0, ownHeard: 0, dropped: 0, renamed: 0, posted: 0, promoted: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 1, maxLength: 40, size: "max" }),
      fc.constantFrom(1, 4, 16, 64),
      async (steps, offersPerTurn) => {
        const model = new Model(offersPerTurn, seen);
        for (const step of steps) await model.act(step);
        await model.finish();
      },
    ),
    { numRuns: 1000 },
  );
  const { heard, ...rest } = seen;
  assert(heard > 5000 && Math.min(...Object.values(rest)) > 200, JSON.stringify(seen));
});

/** Somebody who is or was there. */
interface Present {
  readonly peer: Peer;
  readonly hearer: Hearer;
  /** All that it had, one after the other. */
  readonly outlets: FakeOutlet[];
  /** The number of the last event before its time. */
  readonly last: number;
  /** The names of the others that were there when it came, and then of those that it knows of. */
  readonly known: Set<string>;
}

/** Something that somebody tried to say. */
interface Attempt {
  readonly id: string;
  /** Who it was, if somebody who is there. */
  readonly maker: Present | undefined;
  readonly original: Original | undefined;
  readonly answer: Promise<Said>;
}

/** A room, and what has to be true of it. */
class Model {
  readonly #store = new FakeEvents();
  readonly #running = new Running();
  readonly #room: Room;
  readonly #all: Present[] = [];
  readonly #said: Attempt[] = [];
  readonly #seen: Record<string, number>;
  /** The number of the last event that is on its way to those who are there. */
  #begun = 0;

  constructor(offersPerTurn: number, seen: Record<string, number>) {
    this.#seen = seen;
    this.#store.isHoldingEvents = true;
    this.#room = new Room({
      serverName: "yard",
      store: this.#store,
      nowMs: () => 5,
      onEvent: (event) => this.#note(event),
      deny: () => undefined,
      denyListener: () => undefined,
      running: this.#running,
      durations: new DurationCounts(),
      offersPerTurn,
      announcedPerSecond: Infinity,
    });
  }

  #note(event: HubEvent): void {
    if (event.event === "message" && !event.duplicate) this.#begun = event.number;
    if (event.event === "memberDropped" || event.event === "listenerDropped") {
      this.#count("dropped");
    }
    if (event.event === "renamed") this.#count("renamed");
  }

  #count(what: string, times = 1): void {
    this.#seen[what]! += times;
  }

  async act(step: Step): Promise<void> {
    if (step.do === "come" || step.do === "listen") {
      return this.#come(step.do === "listen", step.hearsItself);
    }
    if (step.do === "store") return this.#store.releaseEvents(step.count);
    if (step.do === "turn") return await turn();
    if (step.do === "post") return this.#post();
    const one = this.#all[step.who % this.#all.length];
    if (one === undefined) return;
    switch (step.do) {
      case "enter":
        return this.#enter(one, step.bringsOutlet);
      case "say":
        return this.#say(one, sampleId(this.#said.length));
      case "sayAgain":
        return this.#say(one, this.#said[step.who % this.#said.length]?.id ?? sampleId(0));
      case "rename":
        return this.#rename(one, step.name);
      case "leave":
        return this.#room.leave(one.peer, "tested");
      case "slow":
        one.outlets.at(-1)!.room = one.outlets.at(-1)!.events.length;
    }
  }

  #come(listens: boolean, hearsItself: boolean): void {
    const [peer, outlet] = [new Peer(LOCAL, new DialectTally()), new FakeOutlet({ hearsItself })];
    if (listens) assert(this.#room.listen(peer, outlet) instanceof Hearer);
    else {
      const member = this.#room.enter(peer, "Ann", outlet);
      assert(member instanceof Member);
      assertEquals(member.last, this.#begun);
    }
    assertEquals(outlet.events, [], "nothing comes before it is in");
    const known = new Set(this.#names());
    if (peer.member !== undefined) known.delete(peer.member.name);
    this.#all.push({ peer, hearer: peer.hearer!, outlets: [outlet], last: this.#begun, known });
  }

  #enter({ peer, hearer, outlets }: Present, bringsOutlet: boolean): void {
    const { hearsItself } = outlets[0]!;
    const outlet = bringsOutlet ? new FakeOutlet({ hearsItself }) : outlets.at(-1)!;
    const mayEnter = hearer.isPresent && peer.member === undefined;
    const entered = this.#room.enter(peer, "Ann", outlet);
    assertEquals(entered instanceof Member, mayEnter);
    if (!mayEnter) return;
    this.#count("promoted");
    if (bringsOutlet) outlets.push(outlet);
  }

  #say(maker: Present, id: string): void {
    const message = { userID: id, timestamp: "", text: "hello", cmd: "", args: "" };
    const original = { message, isBinary: false, bytes: 100 };
    const answer = maker.peer.member?.say(id, "hello", original);
    assertEquals(answer instanceof Promise, maker.peer.member?.isPresent === true);
    if (answer instanceof Promise) this.#said.push({ id, maker, original, answer });
  }

  #post(): void {
    const id = sampleId(this.#said.length);
    const answer = this.#room.post(new Peer(LOCAL, new DialectTally()), {
      name: "Ann",
      id,
      text: "hello",
    });
    assert(answer instanceof Promise);
    this.#count("posted");
    this.#said.push({ id, maker: undefined, original: undefined, answer });
  }

  #rename({ peer: { member } }: Present, name: string): void {
    const denial = member?.rename(name);
    if (member?.isPresent) assertEquals(denial, undefined);
    const names = this.#names();
    if (member?.isPresent) assert(member.name.startsWith(name) && names.includes(member.name));
  }

  #names(): string[] {
    return this.#room.who().members.map(({ name }) => name);
  }

  /** Lets all that has begun end, and looks at what everybody has heard. */
  async finish(): Promise<void> {
    this.#store.releaseEvents();
    this.#store.isHoldingEvents = false;
    // All have what was told before something that they all have.
    for (let dropped = -1; dropped !== this.#seen.dropped;) {
      dropped = this.#seen.dropped!;
      this.#post();
      await this.#said.at(-1)!.answer;
    }
    const answers = await Promise.all(this.#said.map(({ answer }) => answer));
    const events = this.#store.events({ after: 0, limit: Infinity, maxBytes: Infinity }, raise);
    const firsts = new Map<string, Attempt>();
    for (const [i, said] of this.#said.entries()) {
      const answer = answers[i]!;
      assert("kind" in answer);
      assertEquals([answer.id, answer.duplicate], [said.id, firsts.has(said.id)]);
      if (!firsts.has(said.id)) firsts.set(said.id, said);
    }
    assertEquals(events.length, firsts.size);
    assertEquals(this.#running.count, 0);
    for (const one of this.#all) {
      const { hearer, outlets, last, peer: { member } } = one;
      const { hearsItself } = outlets[0]!;
      const isOwn = (id?: string) => firsts.get(id!)?.maker === one;
      const wanted = events
        .filter(({ number, id }) => number > last && (hearsItself || !isOwn(id)))
        .map(({ number }) => number);
      const heard = outlets.flatMap(({ events }) => events);
      const kept = heard.filter(({ number }) => number > 0);
      const numbers = kept.map(({ number }) => number);
      this.#count("heard", numbers.length);
      this.#count("ownHeard", kept.filter(({ id }) => isOwn(id)).length);
      // Who has left or was put out has heard all up to then.
      assertEquals(numbers, hearer.isPresent ? wanted : wanted.slice(0, numbers.length));
      const originals = outlets.flatMap(({ originals }) => originals);
      for (const [i, { id }] of heard.entries()) {
        assertEquals(originals[i], firsts.get(id!)?.original);
      }
      if (!hearer.isPresent) continue;
      // Who comes, leaves or is called otherwise is told: whoever listens knows who is there.
      const { known } = one;
      for (const { name, what: { type } } of heard) {
        if (type === "came") known.add(name);
        if (type === "left") assert(known.delete(name), `${name} has left and was not there`);
      }
      assertEquals(known, new Set(this.#names().filter((name) => name !== member?.name)));
    }
    const present = this.#all.flatMap(({ peer: { member } }) => member?.isPresent ? [member] : []);
    assertEquals(new Set(this.#names()), new Set(present.map(({ name }) => name)));
    assertEquals(new Set(present.map(({ key }) => key)).size, present.length);
  }
}
