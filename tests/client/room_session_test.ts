import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { test } from "../helpers/strict.ts";
import { backoffMs } from "../../lib/client/backoff.ts";
import { refused, ServerRefusedError } from "../../lib/client/failures.ts";
import {
  RoomSession,
  type RoomSessionOptions,
  type SessionEvent,
} from "../../lib/client/room_session.ts";
import { UnreachableError } from "../../lib/errors.ts";
import {
  MAX_UNRECEIPTED,
  MAX_WAITING_MESSAGES,
  RECONNECT_FIRST_MS,
  RECONNECT_MAX_MS,
} from "../../lib/limits/client.ts";
import { MAX_WAITING_EVENTS } from "../../lib/limits/room.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import { FakeRoom, type Fate } from "../helpers/fake_room.ts";

/** A session in a fake room, with all that happened in it. */
class Stay implements AsyncDisposable {
  readonly events: SessionEvent[] = [];
  readonly session: RoomSession;
  readonly ended: Promise<void>;
  readonly #done = new AbortController();
  #onEvent: (() => void)[] = [];

  constructor(room: FakeRoom, options: Partial<RoomSessionOptions> = {}) {
    this.session = new RoomSession({
      url: room.url,
      open: room.open,
      name: "Ann",
      historyEvents: 0,
      isPatient: true,
      waitMs: () => 0,
      signal: this.#done.signal,
      onEvent: (event) => this.take(event),
      ...options,
    });
    this.ended = this.session.run();
    // Whoever wants to know awaits it.
    this.ended.catch(() => {});
  }

  /** The texts that were shown. */
  get shown(): string[] {
    return this.events.flatMap((event) =>
      event.event === "happened" && event.what.what.type === "text" ? [event.what.what.text] : []
    );
  }

  /** The names of the other events. */
  get told(): string[] {
    return this.events.map(({ event }) => event).filter((event) => event !== "happened");
  }

  /** Something has happened. */
  take(event: SessionEvent): void {
    this.events.push(event);
    for (const resolve of this.#onEvent.splice(0)) resolve();
  }

  /** Waits until something holds. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#onEvent.push(resolve));
  }

  async has(name: SessionEvent["event"], count = 1): Promise<void> {
    await this.until(() => this.events.filter(({ event }) => event === name).length >= count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#done.abort();
    await this.ended.catch(() => {});
  }
}

let lastId = 0;

/** Others say something. */
function others(room: FakeRoom, ...texts: string[]): void {
  for (const text of texts) room.say("Bob", `id ${++lastId}`, text);
}

test("the last events are shown at first, then what comes, and nothing twice", async () => {
  const room = new FakeRoom();
  others(room, "1", "2", "3", "4", "5", "6", "7", "8");
  await using stay = new Stay(room, { historyEvents: 7 });
  await stay.until(() => stay.shown.length === 7);
  others(room, "9");
  await stay.until(() => stay.shown.length === 8);
  assertEquals(stay.shown, ["2", "3", "4", "5", "6", "7", "8", "9"]);
});

test("what is said while there is no connection is sent when there is one", async () => {
  const room = new FakeRoom();
  let tries = 0;
  room.fate = (what) => what === "join" && ++tries <= 3 ? "lostBefore" : "done";
  await using stay = new Stay(room);
  for (const text of ["a", "b", "c"]) assert(stay.session.say(text) !== undefined);
  assertEquals(stay.session.waiting, 3);
  await stay.has("said", 3);
  assertEquals(room.texts, ["a", "b", "c"]);
  assertEquals(stay.told, ["failed", "failed", "failed", "joined", "said", "said", "said"]);
  assertEquals(stay.session.waiting, 0);
});

test("a message whose receipt is lost is sent again and kept once", async () => {
  const room = new FakeRoom();
  const fates: Fate[] = ["lostAfter", "lostBefore"];
  room.fate = (what) => what === "say" ? fates.shift() ?? "done" : "done";
  await using stay = new Stay(room);
  stay.session.say("a");
  await stay.has("said");
  assertEquals(room.texts, ["a"]);
  assertEquals(stay.told, ["joined", "lost", "joined", "lost", "joined", "said"]);
  // It is in the history that is asked for, and not shown: it is its own.
  assertEquals(stay.shown, []);
});

test("what was missed is shown in order, before what comes", async () => {
  const room = new FakeRoom();
  await using stay = new Stay(room);
  await stay.has("joined");
  others(room, "1");
  await stay.until(() => stay.shown.length === 1);
  let isAway = true;
  room.fate = (what) => what === "join" && isAway ? "lostBefore" : "done";
  room.loseAll();
  await stay.has("failed");
  others(room, ...Array.from({ length: 20 }, (_, i) => `missed ${i}`));
  let pages = 0;
  room.fate = (what) => {
    // They come while the history is read.
    if (what === "history") others(room, `live ${++pages}`);
    return "done";
  };
  isAway = false;
  await stay.until(() => stay.shown.includes("live 7"));
  assertEquals(stay.shown, [
    "1",
    ...Array.from({ length: 20 }, (_, i) => `missed ${i}`),
    ...Array.from({ length: 7 }, (_, i) => `live ${i + 1}`),
  ]);
  assertEquals(pages, 7);
});

test("it is told how many events are not kept any more", async () => {
  const room = new FakeRoom();
  await using stay = new Stay(room);
  await stay.has("joined");
  others(room, "1", "2");
  await stay.until(() => stay.shown.length === 2);
  room.fate = (what) => what === "join" ? "lostBefore" : "done";
  room.loseAll();
  await stay.has("failed");
  others(room, "3", "4", "5", "6", "7");
  room.forget(5);
  room.fate = () => "done";
  await stay.until(() => stay.shown.length === 4);
  assertEquals(stay.shown, ["1", "2", "6", "7"]);
  const missed = stay.events.find(({ event }) => event === "missed");
  assertEquals(missed, { event: "missed", count: 3 });
});

test("nothing at all is kept any more", async () => {
  const room = new FakeRoom();
  await using stay = new Stay(room);
  await stay.has("joined");
  room.fate = (what) => what === "join" ? "lostBefore" : "done";
  room.loseAll();
  await stay.has("failed");
  others(room, "1", "2", "3");
  room.forget(3);
  room.fate = () => "done";
  await stay.has("missed");
  others(room, "4");
  await stay.until(() => stay.shown.length === 1);
  assertEquals(stay.events.find(({ event }) => event === "missed"), { event: "missed", count: 3 });
});

test("a server with another history is told of, and its last events are shown", async () => {
  const room = new FakeRoom();
  others(room, "1", "2", "3");
  await using stay = new Stay(room, { historyEvents: 2 });
  await stay.until(() => stay.shown.length === 2);
  room.fate = (what) => what === "join" ? "lostBefore" : "done";
  room.loseAll();
  await stay.has("failed");
  room.reset();
  others(room, "new 1", "new 2");
  room.fate = () => "done";
  await stay.until(() => stay.shown.length === 4);
  assertEquals(stay.shown, ["2", "3", "new 1", "new 2"]);
  const gap = stay.events.find(({ event }) => event === "gap");
  assertEquals(gap, { event: "gap", why: "otherRoom" });
});

test("where nothing is numbered or kept, a gap is told of and what comes is shown", async () => {
  const room = new FakeRoom();
  room.hasHistory = false;
  await using stay = new Stay(room, { historyEvents: 5 });
  await stay.has("joined");
  assertEquals(stay.told, ["joined"]);
  room.loseAll();
  await stay.has("gap");
  others(room, "1", "2");
  await stay.until(() => stay.shown.length === 2);
  assertEquals(stay.told, ["joined", "lost", "joined", "gap"]);
});

for (const historyEvents of [0, 4]) {
  test(`what comes while the last ${historyEvents} events are asked for is shown behind them`, async () => {
    const room = new FakeRoom();
    room.pageEvents = 500;
    // No answer comes while so many wait, and more come than are held.
    room.maxWaitingEvents = 100;
    others(room, "1", "2", "3", "4", "5");
    const count = 3 * MAX_WAITING_EVENTS;
    const more = Array.from({ length: count }, (_, i) => `more ${i}`);
    let pages = 0;
    room.fate = (what) => {
      if (what === "history" && ++pages === 2) others(room, ...more);
      return "done";
    };
    await using stay = new Stay(room, { historyEvents });
    await stay.has("joined");
    const before = historyEvents === 0 ? [] : ["2", "3", "4", "5"];
    await stay.until(() => stay.shown.length === before.length);
    room.loseAll();
    others(room, ...more.slice(0, 600));
    pages = 0;
    await stay.until(() => stay.shown.length === before.length + 600 + count);
    assertEquals(stay.shown, [...before, ...more.slice(0, 600), ...more]);
    assertEquals(stay.told, ["joined", "lost", "joined"]);
  });
}

test("a history that is refused is a gap, once, and no end of the connection", async () => {
  const room = new FakeRoom();
  others(room, "1", "2");
  let why = "";
  room.onHistory = () => {
    throw refused(room.url, RefusalCode.failed, "The disk is broken.");
  };
  await using stay = new Stay(room, {
    historyEvents: 5,
    onEvent: (event) => {
      stay.take(event);
      if (event.event === "gap" && event.why === "refused") why = event.error.message;
    },
  });
  await stay.has("gap");
  others(room, "3");
  await stay.until(() => stay.shown.length === 1);
  assertEquals(why.includes("The disk is broken."), true, why);
  room.loseAll();
  others(room, "4");
  await stay.has("gap", 2);
  others(room, "5");
  await stay.until(() => stay.shown.length === 2);
  assertEquals(stay.shown, ["3", "5"]);
  assertEquals(stay.told, ["joined", "gap", "lost", "joined", "gap"]);
});

test("a member that is put out while it asks for the history misses nothing", async () => {
  const room = new FakeRoom();
  const codes: RefusalCode[] = [RefusalCode.tooSlow, RefusalCode.shuttingDown];
  room.onHistory = () => {
    const code = codes.shift();
    if (code !== undefined) throw refused(room.url, code, "Leave.");
  };
  others(room, "1", "2");
  await using stay = new Stay(room, { historyEvents: 5 });
  await stay.until(() => stay.shown.length === 2);
  assertEquals(stay.told, ["joined", "lost", "joined", "lost", "joined"]);
});

test("a message that is refused is told of; the others are sent", async () => {
  const room = new FakeRoom();
  room.check = (text) => {
    if (text === "bad") throw refused(room.url, RefusalCode.tooLarge, "It is too long.");
  };
  await using stay = new Stay(room);
  for (const text of ["a", "bad", "b"]) stay.session.say(text);
  await stay.session.hasAtMost(0);
  assertEquals(room.texts, ["a", "b"]);
  assertEquals(stay.told, ["joined", "said", "refused", "said"]);
});

test("a message that cannot be stored now is sent by the next connection", async () => {
  const room = new FakeRoom();
  let failures = 2;
  room.check = () => {
    if (failures-- > 0) throw refused(room.url, RefusalCode.failed, "The disk is full.");
  };
  await using stay = new Stay(room);
  stay.session.say("a");
  await stay.has("said");
  assertEquals(stay.told, ["joined", "lost", "joined", "lost", "joined", "said"]);
  const lost = stay.events.find((event) => event.event === "lost");
  assert(lost?.error.message.includes("The disk is full."), lost?.error.message);
});

for (const code of [RefusalCode.wrongKey, RefusalCode.forbidden, RefusalCode.unsupported]) {
  test(`a refusal that is final ends it: ${code}`, async () => {
    const room = new FakeRoom();
    await using stay = new Stay(room, {
      open: () => Promise.reject(refused(room.url, code, "No.")),
    });
    await assertRejects(() => stay.ended, ServerRefusedError, "refuses: No.");
    assertEquals(stay.events, []);
  });
}

test("a refusal to join that may pass, and a member that is too slow, are tried again", async () => {
  const room = new FakeRoom();
  const codes: RefusalCode[] = [RefusalCode.tooManyConnections, RefusalCode.shuttingDown];
  await using stay = new Stay(room, {
    open: (name, signal) => {
      const code = codes.shift();
      return code === undefined
        ? room.open(name, signal)
        : Promise.reject(refused(room.url, code, "Not now."));
    },
  });
  await stay.has("joined");
  for (const link of room.links) {
    link.events.end(refused(room.url, RefusalCode.tooSlow, "Too slow."));
  }
  await stay.has("joined", 2);
  assertEquals(stay.told, ["failed", "failed", "joined", "lost", "joined"]);
});

test("who is not patient gives up when there is no first connection, and not later", async () => {
  const room = new FakeRoom();
  room.fate = () => "lostBefore";
  await using impatient = new Stay(room, { isPatient: false });
  await assertRejects(() => impatient.ended, UnreachableError);
  assertEquals(impatient.events, []);
  room.fate = () => "done";
  await using stay = new Stay(room, { isPatient: false });
  stay.session.say("a");
  await stay.has("said");
  room.loseAll();
  await stay.has("joined", 2);
});

test("waiting messages are bounded, and no more are under way than a server takes", async () => {
  const room = new FakeRoom();
  let isAway = true;
  room.fate = (what) => what === "join" && isAway ? "lostBefore" : "done";
  await using stay = new Stay(room);
  for (let i = 0; i < MAX_WAITING_MESSAGES; i++) assert(stay.session.say(`${i}`) !== undefined);
  assertEquals(stay.session.say("one more"), undefined);
  isAway = false;
  await stay.session.hasAtMost(0);
  assertEquals(room.texts, Array.from({ length: MAX_WAITING_MESSAGES }, (_, i) => `${i}`));
  assertEquals(room.mostUnderWay, MAX_UNRECEIPTED);
});

test("what takes a connection is done again with the next one", async () => {
  const room = new FakeRoom();
  const fates: Fate[] = ["lostBefore", "lostAfter"];
  room.fate = (what) => what === "say" ? fates.shift() ?? "done" : "done";
  await using stay = new Stay(room);
  const id = stay.session.newId();
  const { signal } = new AbortController();
  await stay.session.withLink((link) => link.offer(id, "train.jpg"), signal);
  assertEquals(room.texts, ["train.jpg"]);
  // What is not the fault of the connection is not tried again.
  let tries = 0;
  await assertRejects(
    () =>
      stay.session.withLink(() => {
        tries++;
        return Promise.reject(new Error("no such file"));
      }, signal),
    Error,
    "no such file",
  );
  assertEquals(tries, 1);
});

test("who waits for a connection is let go", async () => {
  const room = new FakeRoom();
  room.fate = () => "lostBefore";
  await using stay = new Stay(room);
  const given = new AbortController();
  const waiting = stay.session.withLink((link) => Promise.resolve(link.name), given.signal);
  await stay.has("failed");
  given.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
});

test("who has waited for a connection, or given up to, leaves nothing behind", async () => {
  const room = new FakeRoom();
  room.fate = () => "lostBefore";
  await using stay = new Stay(room);
  const { signal } = new AbortController();
  let listeners = 0;
  const counting = Object.assign(signal, {
    addEventListener: (...args: Parameters<EventTarget["addEventListener"]>) => {
      listeners++;
      EventTarget.prototype.addEventListener.apply(signal, args);
    },
    removeEventListener: (...args: Parameters<EventTarget["removeEventListener"]>) => {
      listeners--;
      EventTarget.prototype.removeEventListener.apply(signal, args);
    },
  });
  const waiting = stay.session.withLink((link) => Promise.resolve(link.name), counting);
  await stay.has("failed");
  assertEquals(listeners, 1);
  room.fate = () => "done";
  assertEquals(await waiting, "Ann");
  assertEquals(listeners, 0);
});

test("whatever is lost and when, each message comes once and in order, there and here", async () => {
  const fate = fc.constantFrom<Fate>("done", "done", "lostBefore", "lostAfter");
  const step = fc.record({ fate, others: fc.nat({ max: 3 }), own: fc.nat({ max: 3 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 20 }),
      fc.nat({ max: 4 }),
      async (steps, before) => {
        const room = new FakeRoom();
        const said: string[] = [];
        const expected: string[] = [];
        const othersSay = (count: number) => {
          for (let i = 0; i < count; i++) {
            expected.push(`other ${expected.length}`);
            others(room, expected.at(-1)!);
          }
        };
        othersSay(before);
        await using stay = new Stay(room, { historyEvents: 100 });
        let rest = steps;
        room.fate = () => {
          const [step, ...more] = rest;
          rest = more;
          if (step === undefined) return "done";
          othersSay(step.others);
          for (let i = 0; i < step.own; i++) {
            said.push(`own ${said.length}`);
            stay.session.say(said.at(-1)!);
          }
          return step.fate;
        };
        // Until all faults are used up, something has to go on.
        while (rest.length > 0) {
          said.push(`own ${said.length}`);
          stay.session.say(said.at(-1)!);
          await stay.session.hasAtMost(0);
        }
        await stay.session.hasAtMost(0);
        await stay.until(() => stay.shown.length >= expected.length);
        assertEquals(stay.shown, expected);
        assertEquals(room.texts.filter((text) => text.startsWith("own")), said);
        const receipts = stay.events.flatMap((event) =>
          event.event === "said" ? [event.saying.text] : []
        );
        assertEquals(receipts.toSorted(), said.toSorted());
      },
    ),
    { numRuns: 1000 },
  );
});

test("the waits between tries grow, and never leave their bounds", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const waitMs = backoffMs(failures, random);
        assert(waitMs >= RECONNECT_FIRST_MS && waitMs <= RECONNECT_MAX_MS, `${waitMs}`);
        assert(waitMs <= backoffMs(failures + 1, random));
      },
    ),
    { numRuns: 1000 },
  );
});
