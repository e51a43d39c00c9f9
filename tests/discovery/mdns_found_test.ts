import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { MdnsFound } from "../../lib/discovery/mdns_found.ts";
import {
  goodbyeRecords,
  instanceLabel,
  isSameName,
  type Service,
  serviceRecords,
} from "../../lib/discovery/mdns_records.ts";
import type { MdnsPacket, MdnsRecord } from "../../lib/discovery/multicast_dns.d.ts";
import { sampleId } from "../helpers/samples.ts";
import { LINK, sampleService } from "../helpers/services.ts";
import { test } from "../helpers/strict.ts";

function announcement(service: Service, label = service.name): MdnsPacket {
  return { type: "response", ...serviceRecords(service, label) };
}

/** What is found of some packets, with the addresses. */
function foundIn(...packets: MdnsPacket[]) {
  const found = new MdnsFound(LINK);
  for (const packet of packets) found.take(packet);
  return found.sightings();
}

test("a server that is announced is found, with all that it says", () => {
  assertEquals(foundIn(announcement(sampleService(5))), [{
    way: "mdns",
    address: "10.0.0.5",
    port: 7117,
    transport: "tcp",
    id: sampleId(5),
    name: "yard",
    version: "0.1.0",
    endpoints: [
      { scheme: "http", host: "10.0.0.5", port: 7118 },
      { scheme: "tcp", host: "10.0.0.5", port: 7117 },
    ],
    key: "unknown",
  }]);
});

test("a server that said goodbye is there no more", () => {
  const service = sampleService(5);
  const goodbye: MdnsPacket = { type: "response", answers: goodbyeRecords(service, "yard") };
  assertEquals(foundIn(announcement(service), goodbye), []);
  assertEquals(foundIn(announcement(service), goodbye, announcement(service)).length, 1);
});

test("what is missing is asked for, and completes the server when it comes", () => {
  const found = new MdnsFound(LINK);
  const { answers, additionals } = serviceRecords(sampleService(5), "yard");
  const asked = () => found.questions().slice(1).map(({ name, type }) => [name, type]);
  const take = (records: MdnsRecord[]) => found.take({ type: "response", answers: records });
  take(answers);
  assertEquals(asked(), [["yard._wagons._tcp.local", "ANY"]]);
  take(additionals.filter(({ type }) => type === "SRV" || type === "TXT"));
  assertEquals(asked(), [[`wagons-${sampleId(5)}.local`, "A"]]);
  take(additionals.filter(({ type }) => type === "A"));
  assertEquals(asked(), []);
  assertEquals(found.sightings().length, 1);
});

test("an address of another network is none: nobody is sent there", () => {
  assertEquals(foundIn(announcement(sampleService(5, { address: "203.0.113.5" }))), []);
});

test("a service that somebody else announces for a server is found by its label and port", () => {
  const { answers, additionals } = serviceRecords(sampleService(5), "old yard");
  const plain = additionals.map((one) => one.type === "TXT" ? { ...one, data: [] } : one);
  const [found] = foundIn({ type: "response", answers, additionals: plain });
  assertEquals(found?.id, undefined);
  assertEquals(found?.name, "old yard");
  assertEquals(found?.endpoints, [{ scheme: "tcp", host: "10.0.0.5", port: 7117 }]);
});

test("thousands of servers, hosts and addresses are taken up to a bound", () => {
  const found = new MdnsFound(LINK);
  for (let number = 0; number < 20_000; number++) {
    const service = sampleService(number, { address: `10.0.0.${number % 254 + 1}` });
    found.take(announcement(service, `yard ${number}`));
  }
  for (let host = 1; host < 254; host++) {
    const service = sampleService(0, { address: `10.0.0.${host}` });
    found.take(announcement(service, "yard 0"));
  }
  const sightings = found.sightings();
  assertEquals(new Set(sightings.map(({ id }) => id)).size, 512);
  assertEquals(sightings.filter(({ id }) => id === sampleId(0)).length, 8);
  assert(found.left >= 20_000 - 512);
  assertLessOrEqual(found.questions().length, 16);
});

const anyName = fc.constantFrom(
  "_wagons._tcp.local",
  "_WAGONS._tcp.local",
  "a._wagons._tcp.local",
  "b._wagons._tcp.local",
  "._wagons._tcp.local",
  "host.local",
  "",
);
const anyText = fc.oneof(
  fc.constantFrom("id=", `id=${sampleId(1)}`, "name=\x1b[2J", "tcp=7117", "tcp=0", "tcp=99999"),
  fc.string(),
);
const anyData = fc.oneof(
  anyName,
  fc.constantFrom("10.0.0.7", "10.0.0.8", "::1"),
  fc.record({ port: fc.integer(), target: anyName }),
  fc.array(fc.oneof(anyText, fc.uint8Array({ maxLength: 300 })), { maxLength: 100 }),
  fc.jsonValue(),
  fc.constant(undefined),
);
const anyRecord: fc.Arbitrary<MdnsRecord> = fc.record({
  name: anyName,
  type: fc.constantFrom("PTR", "SRV", "TXT", "A", "AAAA", "UNKNOWN_7"),
  ttl: fc.constantFrom(0, 120, undefined),
  data: anyData,
});

test("whatever comes, what is found has the right form", () => {
  const right = serviceRecords(sampleService(1), "a");
  // Some of what belongs together, changed here and there.
  const some = fc.subarray([...right.answers, ...right.additionals], { minLength: 4 })
    .chain((records) => {
      const changed = fc.record({
        at: fc.nat(records.length - 1),
        data: anyData,
        isChanged: fc.boolean(),
      });
      return changed.map(({ at, data, isChanged }) =>
        records.map((record, i) => isChanged && i === at ? { ...record, data } : record)
      );
    });
  const packet = fc.record({
    type: fc.constantFrom("query" as const, "response" as const, "response" as const),
    answers: fc.oneof(fc.array(anyRecord, { maxLength: 8 }), some),
    additionals: fc.oneof(fc.array(anyRecord, { maxLength: 8 }), some),
  });
  let seen = 0;
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 4 }), (packets) => {
      for (const { address, id, name, endpoints } of foundIn(...packets)) {
        seen++;
        assert(/^10\.0\.0\.\d+$/.test(address), address);
        assert(id === undefined || id === sampleId(1));
        assertLessOrEqual(name.length, 300);
        assertLessOrEqual(endpoints.length, 64);
      }
    }),
    { numRuns: 5000 },
  );
  assert(seen > 500, `${seen}`);
});

test("a label fits into DNS, whatever the server is called, and has no dot", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 16 }), (name, number) => {
      const label = instanceLabel(name, number);
      const bytes = new TextEncoder().encode(label).length;
      assert(bytes >= 1 && bytes <= 63 && !/[.\p{Cc}]/u.test(label), label);
    }),
    { numRuns: 1000 },
  );
});

test("names are the same in capital letters, of ASCII alone", () => {
  assert(isSameName("Yard._Wagons._TCP.local.", "yard._wagons._tcp.local"));
  assert(!isSameName("Ä.local", "ä.local"));
});
