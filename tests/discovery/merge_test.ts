import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { mergeSightings } from "../../lib/discovery/merge.ts";
import type { Sighting } from "../../lib/discovery/sighting.ts";
import { sampleId } from "../helpers/samples.ts";
import { sighting } from "../helpers/sightings.ts";
import { test } from "../helpers/strict.ts";

const id = sampleId(1);
const tcp = { scheme: "tcp", host: "10.0.0.5", port: 7117 };
const http = { scheme: "http", host: "10.0.0.5", port: 7118 };
const udp = { scheme: "udp", host: "10.0.0.5", port: 7119 };

test("answers with one id are of one server, with all that they say", () => {
  const version = "0.1.0";
  assertEquals(
    mergeSightings([
      sighting({ id, version, way: "broadcast", port: 7119, endpoints: [udp], roundTripMs: 3 }),
      sighting({ id, version, endpoints: [http, tcp], roundTripMs: 2 }),
      sighting({ id, address: "10.0.1.5", endpoints: [], roundTripMs: 7 }),
      sighting({ id, way: "mdns", key: "unknown", endpoints: [tcp] }),
    ]),
    [{
      id,
      version,
      name: "yard",
      addresses: ["10.0.0.5", "10.0.1.5"],
      endpoints: [http, tcp, udp],
      roundTripMs: 2,
      ways: ["http", "broadcast", "mdns"],
      key: "opens",
    }],
  );
});

test("an answer without an id is of the server that listens there, or of one of its own", () => {
  const servers = mergeSightings([
    sighting({ way: "broadcast", port: 7119, name: "", endpoints: [udp] }),
    sighting({ id, endpoints: [http, udp] }),
    sighting({ address: "10.0.0.6", name: "B" }),
    sighting({ address: "10.0.0.6", port: 5000, name: "B" }),
  ]);
  assertEquals(
    servers.map(({ id, name, addresses, ways }) => [id, name, addresses.join(), ways.join()]),
    [
      [id, "yard", "10.0.0.5", "http,broadcast"],
      [undefined, "B", "10.0.0.6", "http"],
      [undefined, "B", "10.0.0.6", "http"],
    ],
  );
});

test("a server of another key that mDNS has found is one, and shown as such", () => {
  const servers = mergeSightings([
    sighting({ way: "mdns", id, port: 7117, key: "unknown", endpoints: [tcp, http] }),
    sighting({ name: "", key: "other" }),
  ]);
  assertEquals(servers.map(({ id, name, ways, key }) => [id, name, ways.join(), key]), [
    [id, "yard", "http,mdns", "other"],
  ]);
});

test("who says the id of a server without its key is another one", () => {
  const servers = mergeSightings([
    sighting({ id, endpoints: [http] }),
    sighting({ way: "mdns", id, name: "evil", address: "10.0.0.66", key: "unknown" }),
    sighting({ way: "mdns", id, name: "evil", key: "other", endpoints: [tcp] }),
  ]);
  assertEquals(servers.map(({ name, addresses, key }) => [name, addresses.join(), key]), [
    ["yard", "10.0.0.5", "opens"],
    ["evil", "10.0.0.66", "unknown"],
  ]);
  assertEquals(servers[0]!.endpoints, [http]);
});

test("nobody without our key makes one server of two that have it", () => {
  const one = sighting({ id, name: "one", endpoints: [http] });
  const b = { scheme: "http", host: "10.0.0.5", port: 5000 };
  const two = sighting({ name: "two", port: 5000, endpoints: [b] });
  const late = sighting({ name: "", address: "10.0.0.6", key: "clock" });
  const claims = [http, b, ...late.endpoints];
  for (const who of [id, sampleId(2), undefined]) {
    const evil = sighting({
      ...(who === undefined ? {} : { id: who }),
      way: "mdns",
      name: "evil",
      port: 1,
      key: "unknown",
      endpoints: claims,
    });
    const servers = mergeSightings([one, two, late, evil]).filter(({ key }) => key !== "unknown");
    assertEquals(servers.map(({ name, endpoints }) => ({ name, endpoints })), [
      { name: "two", endpoints: [b] },
      { name: "one", endpoints: [http] },
      { name: "", endpoints: late.endpoints },
    ], `${who}`);
  }
});

test("a port of UDP is another one than the port of TCP with that number", () => {
  const servers = mergeSightings([
    sighting({ id, name: "ours", endpoints: [{ ...tcp, port: 5000 }, http] }),
    sighting({
      way: "broadcast",
      name: "B",
      port: 5000,
      endpoints: [{ scheme: "udp", host: "10.0.0.5", port: 5000 }],
    }),
  ]);
  assertEquals(servers.map(({ name }) => name).sort(), ["B", "ours"]);
});

test("a server whose clock differs is the one that mDNS has found there", () => {
  const servers = mergeSightings([
    sighting({ name: "", key: "clock" }),
    sighting({ way: "mdns", id, port: 7117, key: "unknown", endpoints: [tcp, http] }),
  ]);
  assertEquals(servers.map(({ ways, key }) => [ways.join(), key]), [["http,mdns", "clock"]]);
});

test("servers are in the order of their addresses, as numbers", () => {
  const addresses = ["10.0.0.10", "fd00::1", "9.9.9.9", "10.0.0.9"];
  assertEquals(
    mergeSightings(addresses.map((address) => sighting({ address }))).flatMap((server) =>
      server.addresses
    ),
    ["9.9.9.9", "10.0.0.9", "10.0.0.10", "fd00::1"],
  );
});

const addresses = fc.constantFrom("10.0.0.5", "10.0.0.6", "10.0.0.7");
const ports = fc.constantFrom(7117, 7118, 7119);
const sightings: fc.Arbitrary<Sighting[]> = fc.array(
  fc.record({
    way: fc.constantFrom("http" as const, "broadcast" as const, "mdns" as const),
    address: addresses,
    port: ports,
    transport: fc.constantFrom("tcp" as const, "udp" as const),
    name: fc.constantFrom("", "a", "b"),
    endpoints: fc.array(
      fc.record({ scheme: fc.constantFrom("tcp", "http", "udp"), host: addresses, port: ports }),
      { maxLength: 3 },
    ),
    key: fc.constantFrom(
      "opens" as const,
      "clock" as const,
      "other" as const,
      "unknown" as const,
    ),
    who: fc.option(fc.constantFrom(1, 2, 3), { nil: undefined }),
  }).map(({ who, ...one }) => who === undefined ? one : { ...one, id: sampleId(who) }),
  { maxLength: 12 },
);

test("the order of the answers does not matter", () => {
  fc.assert(
    fc.property(
      sightings.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
      ),
      ([all, shuffled]) => assertEquals(mergeSightings(shuffled), mergeSightings(all)),
    ),
    { numRuns: 2000 },
  );
});

test("no answer is lost, and none that lacks our key adds to a server that has it", () => {
  fc.assert(
    fc.property(sightings, (all) => {
      const servers = mergeSightings(all);
      const isTrusted = ({ key }: { key: string }) => key === "opens" || key === "clock";
      const trusted = all.filter(isTrusted);
      const reached = new Set(servers.flatMap(({ addresses }) => addresses));
      for (const { address } of trusted) assert(reached.has(address), address);
      assertEquals(servers.length > 0, all.length > 0);
      for (const server of servers.filter(isTrusted)) {
        for (const address of server.addresses) {
          assert(trusted.some((one) => one.address === address), address);
        }
        for (const { port, scheme } of server.endpoints) {
          const tells = (one: Sighting) =>
            one.endpoints.some((endpoint) => endpoint.port === port && endpoint.scheme === scheme);
          assert(trusted.some(tells));
        }
      }
    }),
    { numRuns: 2000 },
  );
});
