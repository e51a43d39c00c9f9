import { assert, assertEquals } from "@std/assert";
import { Attempts } from "../../lib/discovery/attempts.ts";
import { handshakeQuestion } from "../../lib/discovery/handshake.ts";
import { mergeSightings } from "../../lib/discovery/merge.ts";
import { scan, type Target } from "../../lib/discovery/scan.ts";
import type { Sighting } from "../../lib/discovery/sighting.ts";
import { addressesOf, parseSubnet } from "../../lib/discovery/subnet.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { OddServer, readToEnd } from "../helpers/odd_server.ts";
import { sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { answerByHttp, handshakeToken } from "../helpers/token_answers.ts";

const KEY = new Uint8Array(32).fill(7);
const seal = new TokenSeal(KEY);

/** Asks some targets; gives what was found, and what came of it. */
async function scanAll(
  targets: Iterable<{ address: string; port: number }>,
  timeoutMs = 60_000,
  stop = new AbortController(),
  stopsWhenFound = false,
) {
  const attempts = new Attempts("test");
  const sightings: Sighting[] = [];
  const all = function* (): Generator<Target> {
    for (const target of targets) yield { ...target, attempts };
  };
  await scan(all(), {
    way: "http",
    question: handshakeQuestion(seal, "me", "http"),
    seal,
    timeoutMs,
    signal: stop.signal,
    onSighting: (sighting) => {
      sightings.push(sighting);
      if (stopsWhenFound) stop.abort();
    },
  });
  return { servers: mergeSightings(sightings), outcomes: Object.fromEntries(attempts.outcomes) };
}

test("three servers on different addresses and ports are found among 254 where nobody is", async () => {
  const places = ["127.0.77.3", "127.0.77.100", "127.0.77.254"];
  await using servers = new AsyncDisposableStack();
  const ports = places.map((place, number) => {
    const token = handshakeToken(KEY, { id: sampleId(number), name: `yard ${number}` });
    return servers.use(answerByHttp(token, place)).port;
  });
  const { servers: found, outcomes } = await scanAll(targets("127.0.77.0/24", ports));
  assertEquals(
    found.map(({ name, addresses, endpoints }) => [name, addresses, endpoints.map((e) => e.port)]),
    places.map((place, number) => [`yard ${number}`, [place], [ports[number]!]]),
  );
  assertEquals(outcomes, { found: 3, refused: 3 * 254 - 3 });
});

function* targets(subnet: string, ports: readonly number[]) {
  for (const port of ports) {
    for (const address of addressesOf(parseSubnet(subnet))) yield { address, port };
  }
}

test("those who are silent keep nobody else from being found", async () => {
  await using silent = new OddServer(readToEnd);
  await using server = answerByHttp(handshakeToken(KEY, { id: sampleId(1), name: "yard" }));
  const address = "127.0.0.1";
  const many = Array.from({ length: 500 }, () => ({ address, port: silent.port }));
  // They all are silent until the server is found.
  const targets = [...many, { address, port: server.port }];
  const { servers, outcomes } = await scanAll(targets, 60_000, new AbortController(), true);
  assertEquals(servers.map(({ name }) => name), ["yard"]);
  assertEquals(outcomes, { interrupted: 500, found: 1 });
});

test("those who are silent are given up, and others asked in their place", async () => {
  await using silent = new OddServer(readToEnd);
  const many = Array.from({ length: 600 }, () => ({ address: "127.0.0.1", port: silent.port }));
  const { outcomes } = await scanAll(many, 300);
  assertEquals(Object.values(outcomes).reduce((sum, count) => sum + count), 600);
  assert(
    Object.keys(outcomes).every((outcome) => outcome.endsWith("silent")),
    JSON.stringify(outcomes),
  );
});

test("other servers are counted, and are none of ours", async () => {
  await using web = answerByHttp("<html>");
  await using other = answerByHttp(
    handshakeToken(new Uint8Array(32).fill(8), { id: sampleId(1), name: "theirs" }),
  );
  const address = "127.0.0.1";
  const { servers, outcomes } = await scanAll([
    { address, port: web.port },
    { address, port: other.port },
  ]);
  assertEquals(servers.map(({ name, key }) => [name, key]), [["", "other"]]);
  assertEquals(outcomes, { "another kind of server": 1, found: 1 });
});

test("an interrupt ends it, and who was not asked is not counted", async () => {
  const stopped = new AbortController();
  stopped.abort();
  const { servers, outcomes } = await scanAll(targets("127.0.78.0/24", [1]), 60_000, stopped);
  assertEquals([servers, outcomes], [[], {}]);
});
