import { assert, assertEquals, assertRejects } from "@std/assert";
import { announce } from "../../lib/discovery/mdns_announce.ts";
import { browse } from "../../lib/discovery/mdns_browse.ts";
import { instanceName, type Service, srvRecord } from "../../lib/discovery/mdns_records.ts";
import type { MdnsLink } from "../../lib/discovery/mdns_link.ts";
import type { Sighting } from "../../lib/discovery/sighting.ts";
import { FakeMdns, isAnnouncement, isGoodbye } from "../helpers/fake_mdns.ts";
import { LINK, sampleService } from "../helpers/services.ts";
import { test } from "../helpers/strict.ts";

/** A service that is announced until the test is over. */
class Announced implements AsyncDisposable {
  readonly label: Promise<string>;
  readonly labels: string[] = [];
  readonly faults: unknown[] = [];
  readonly #stop = new AbortController();
  readonly #finished: Promise<void>;

  constructor(link: MdnsLink, service: Service) {
    const named = Promise.withResolvers<string>();
    this.label = named.promise;
    this.#finished = announce(link, service, {
      signal: this.#stop.signal,
      onNamed: (label) => {
        this.labels.push(label);
        named.resolve(label);
      },
      onFault: (error) => this.faults.push(error),
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#finished;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

const question = { name: "_wagons._tcp.local", type: "PTR" };

test("mdns: a service asks three times for its name, is announced twice, and says goodbye", async () => {
  const network = new FakeMdns();
  const service = sampleService(1);
  const announced = new Announced(network.join("10.0.0.1"), service);
  await network.next(isAnnouncement);
  await network.next(isAnnouncement);
  await announced.stop();
  const types = network.sent.map(({ packet }) => packet.type).join(" ");
  assertEquals(types, "query query query response response response");
  const [probe] = network.sent;
  assertEquals(probe!.packet.questions, [{ name: instanceName("yard"), type: "ANY" }]);
  assertEquals(probe!.packet.authorities, [srvRecord(service, "yard")]);
  assert(isGoodbye(network.sent.at(-1)!));
  assertEquals(announced.faults, []);
});

test("mdns: who looks for servers finds those that are announced before and after", async () => {
  const network = new FakeMdns();
  await using first = new Announced(network.join("10.0.0.1"), sampleService(1));
  await first.label;
  const stop = new AbortController();
  const found: Sighting[] = [];
  const both = Promise.withResolvers<void>();
  const browsing = browse(LINK, network.join("10.0.0.9"), {
    signal: stop.signal,
    onFault: (error) => both.reject(error),
    onSighting: (sighting) => {
      found.push(sighting);
      if (found.length === 2) both.resolve();
    },
  });
  await using _second = new Announced(network.join("10.0.0.2"), sampleService(2));
  await both.promise;
  stop.abort();
  assertEquals(await browsing, 0);
  assertEquals(found.map(({ address }) => address).sort(), ["10.0.0.1", "10.0.0.2"]);
});

test("mdns: a name that is taken is left to who has it", async () => {
  const network = new FakeMdns();
  await using first = new Announced(network.join("10.0.0.1"), sampleService(1));
  await network.next(isAnnouncement);
  await network.next(isAnnouncement);
  await using second = new Announced(network.join("10.0.0.2"), sampleService(2));
  assertEquals([await first.label, await second.label], ["yard", "yard (2)"]);
  await network.next(isAnnouncement);
  assertEquals(first.labels, ["yard"]);
});

test("mdns: of two who ask for one name at once each gets one", async () => {
  const network = new FakeMdns();
  await using first = new Announced(network.join("10.0.0.1"), sampleService(1));
  await using second = new Announced(network.join("10.0.0.2"), sampleService(2));
  assertEquals([await first.label, await second.label], ["yard (2)", "yard"]);
});

test("mdns: two networks that become one sort out who has a name", async () => {
  const network = new FakeMdns();
  await using first = new Announced(network.join("10.0.0.1"), sampleService(1));
  await first.label;
  await network.next(isAnnouncement);
  // What another one of that name says who never asked for it.
  const rival = srvRecord(sampleService(9), "yard");
  const renamed = network.next((sent) =>
    isAnnouncement(sent) && JSON.stringify(sent.packet).includes("yard (2)")
  );
  network.bring({ type: "response", answers: [rival] });
  await network.next(({ packet }) => packet.type === "query");
  network.bring({ type: "response", answers: [rival] });
  await renamed;
  assertEquals(first.labels, ["yard", "yard (2)"]);
});

test("mdns: when all names are taken it ends, and says so", async () => {
  const network = new FakeMdns();
  const link = network.join("10.0.0.1");
  // Somebody has every name that is asked for.
  const { send } = link;
  link.send = async (packet) => {
    await send(packet);
    const { name } = packet.questions![0]!;
    const rival = { ...srvRecord(sampleService(9), "yard"), name };
    network.bring({ type: "response", answers: [rival] });
  };
  const { signal } = new AbortController();
  await assertRejects(
    () => announce(link, sampleService(1), { signal, onFault: () => {} }),
    RangeError,
    "16 names like yard are all taken",
  );
});

test("mdns: however many ask, all get one answer together", async () => {
  const network = new FakeMdns();
  await using _first = new Announced(network.join("10.0.0.1"), sampleService(1));
  await network.next(isAnnouncement);
  await network.next(isAnnouncement);
  const before = network.sent.length;
  const answered = network.next(isAnnouncement);
  for (let i = 0; i < 10_000; i++) network.bring({ type: "query", questions: [question] });
  await answered;
  assertEquals(network.sent.length, before + 1);
});

test("mdns: who knows it already, or asks for something else, gets no answer", async () => {
  const network = new FakeMdns();
  await using _first = new Announced(network.join("10.0.0.1"), sampleService(1));
  await network.next(isAnnouncement);
  await network.next(isAnnouncement);
  const known = { name: question.name, type: "PTR", ttl: 4500, data: instanceName("yard") };
  network.bring({ type: "query", questions: [question], answers: [known] });
  network.bring({ type: "query", questions: [{ name: "_ipp._tcp.local", type: "PTR" }] });
  const before = network.sent.length;
  // The answer to this one would have been too late for those.
  network.bring({ type: "query", id: 7, questions: [question] }, {
    address: "10.0.0.8",
    port: 4000,
  });
  await network.next(({ to }) => to !== undefined);
  assertEquals(network.sent.length, before + 1);
});

test("mdns: a program that takes no part gets an answer of its own, up to a bound", async () => {
  const network = new FakeMdns();
  await using _first = new Announced(network.join("10.0.0.1"), sampleService(1));
  await network.next(isAnnouncement);
  await network.next(isAnnouncement);
  const before = network.sent.length;
  const source = { address: "10.0.0.8", port: 4000 };
  const toAll = network.next((sent) => sent.to === undefined);
  for (let id = 0; id < 1000; id++) {
    network.bring({ type: "query", id, questions: [question] }, source);
  }
  await toAll;
  const answers = network.sent.slice(before).filter(({ to }) => to !== undefined);
  assertEquals(answers.length, 16);
  assertEquals(answers[7]!.to, source);
  assertEquals([answers[7]!.packet.id, answers[7]!.packet.questions], [7, [question]]);
  for (const { ttl } of answers[7]!.packet.answers!) assertEquals(ttl, 10);
});

test("mdns: what cannot be sent is told, and ends nothing", async () => {
  const network = new FakeMdns();
  const link = network.join("10.0.0.1");
  link.send = () => Promise.reject(new Error("no route"));
  const announced = new Announced(link, sampleService(1));
  assertEquals(await announced.label, "yard");
  const lost = new Error("not heard");
  link.onFault!(lost);
  assert(announced.faults.includes(lost));
  await announced.stop();
  assert(announced.faults.length >= 5);
});
