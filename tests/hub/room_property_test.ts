import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Member, type Said } from "../../lib/hub/member.ts";
import { Peer } from "../../lib/hub/peer.ts";
import { Room } from "../../lib/hub/room.ts";
import { Running } from "../../lib/hub/running.ts";
import { FakeEvents } from "../helpers/fake_events.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { LOCAL, sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { raise } from "../helpers/room_samples.ts";
import { turn } from "../helpers/turn.ts";

/** Something that happens. Members are told by a number of which the rest counts. */
type Step =
  | { readonly do: "come" }
  | { readonly do: "say" | "sayAgain" | "leave" | "slow"; readonly who: number }
  /** The store is done with so many. */
  | { readonly do: "store"; readonly count: number }
  /** Others have their turn. */
  | { readonly do: "turn" };

const who = fc.nat({ max: 20 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: "come" } as const) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("say" as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sayAgain" as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("leave" as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("slow" as const), who }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("store" as const), count: fc.nat({ max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: "turn" } as const) },
);

test("room: whoever stays hears every event of others once and in order, whatever happens", async () => {
  let [heard, dropped] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 1, maxLength: 40, size: "max" }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, offersPerTurn) => {
        const model = new Model(offersPerTurn);
        for (const step of steps) await model.act(step);
        await model.finish();
        heard += model.heard;
        dropped += model.dropped;
      },
    ),
    { numRuns: 1000 },
  );
  assert(heard > 5000 && dropped > 200, `${heard} were heard, ${dropped} members put out`);
});

/** A room, and what has to be true of it. */
class Model {
  readonly #store = new FakeEvents();
  readonly #running = new Running();
  readonly #room: Room;
  readonly #all: { member: Member; outlet: FakeOutlet }[] = [];
  readonly #said: { id: string; maker: Member; answer: Promise<Said> }[] = [];
  heard = 0;
  dropped = 0;

  constructor(offersPerTurn: number) {
    this.#store.isHoldingEvents = true;
    this.#room = new Room({
      store: this.#store,
      nowMs: () => 5,
      onEvent: ({ event }) => {
        if (event === "memberDropped") this.dropped++;
      },
      deny: () => undefined,
      running: this.#running,
      offersPerTurn,
      announcedPerSecond: Infinity,
    });
  }

  async act(step: Step): Promise<void> {
    if (step.do === "come") return this.#come();
    if (step.do === "store") return this.#store.releaseEvents(step.count);
    if (step.do === "turn") return await turn();
    const one = this.#all[step.who % this.#all.length];
    if (one === undefined) return;
    switch (step.do) {
      case "say":
        return this.#say(one.member, sampleId(this.#said.length));
      case "sayAgain":
        return this.#say(one.member, this.#said[step.who % this.#said.length]?.id ?? sampleId(0));
      case "leave":
        return one.member.leave("tested");
      case "slow":
        one.outlet.room = one.outlet.events.length;
    }
  }

  #come(): void {
    const outlet = new FakeOutlet();
    const member = this.#room.enter(new Peer(LOCAL), "Ann", outlet);
    assert(member instanceof Member);
    assertEquals(outlet.events, [], "nothing comes before it is in");
    this.#all.push({ member, outlet });
  }

  #say(maker: Member, id: string): void {
    const answer = maker.say(id, "hello");
    assertEquals(answer instanceof Promise, maker.isPresent);
    if (answer instanceof Promise) this.#said.push({ id, maker, answer });
  }

  /** Lets all that has begun end, and looks at what everybody has heard. */
  async finish(): Promise<void> {
    this.#store.releaseEvents();
    const answers = await Promise.all(this.#said.map(({ answer }) => answer));
    const events = this.#store.events({ after: 0, limit: Infinity, maxBytes: Infinity }, raise);
    const makers = new Map<string, Member>();
    for (const [i, { id, maker }] of this.#said.entries()) {
      const answer = answers[i]!;
      assert("kind" in answer);
      assertEquals([answer.id, answer.duplicate], [id, makers.has(id)]);
      if (!makers.has(id)) makers.set(id, maker);
    }
    assertEquals(events.length, makers.size);
    assertEquals(this.#running.count, 0);
    for (const { member, outlet } of this.#all) {
      const wanted = events
        .filter(({ number, id }) => number > member.last && makers.get(id!) !== member)
        .map(({ number }) => number);
      const numbers = outlet.events.flatMap(({ number }) => number > 0 ? [number] : []);
      this.heard += numbers.length;
      // Who has left or was put out has heard all up to then.
      assertEquals(numbers, member.isPresent ? wanted : wanted.slice(0, numbers.length));
    }
    const present = this.#all.filter(({ member }) => member.isPresent);
    assertEquals(this.#room.who().members.map(({ name }) => name), [
      ...present.map(({ member }) => member.name),
    ]);
    const keys = new Set(present.map(({ member }) => member.key));
    assertEquals(keys.size, present.length);
  }
}
