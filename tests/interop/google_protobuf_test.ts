/**
 * wagons and programs over Google's protobuf, each talking to the other as system D's programs do:
 * the servers and the client of others are in peers/ here and in scripts/bench/peers.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertGreaterOrEqual,
  assertLessOrEqual,
  assertMatch,
} from "@std/assert";
import {
  buildPeer,
  findMissing,
  findPython,
  PEERS_DIR,
  startPeer,
} from "../../scripts/bench/peers/peers.ts";
import { type ServerProcess, startServer } from "../../scripts/bench/peers/server_process.ts";
import { WAGONS } from "../e2e/workspace.ts";
import { runProgram } from "./subprocess.ts";

const root = new URL("../../", import.meta.url);
const wagons = [WAGONS];

const DATE_TIME = /^\d{8}T\d{6}\.\d{3}$/;

const python = await findPython("google.protobuf");
const pythonMissing = python === undefined
  ? "no python3 with google.protobuf: apt-get install python3-protobuf"
  : undefined;
const asioMissing = await findMissing("asio");

/** A program of peers/ and its arguments. It leaves no compiled files in the tree. */
function peer(...args: string[]): string[] {
  return [python ?? "", "-B", ...args];
}

/** A test that says in its name what it lacks, when it is skipped for that. */
function test(name: string, missing: string | undefined, fn: Deno.TestDefinition["fn"]): void {
  const reason = missing === undefined ? "" : ` (skipped: ${missing})`;
  Deno.test({ name: name + reason, ignore: missing !== undefined, fn });
}

const D_CLIENT = "tests/interop/peers/d_client.py";
const D_SERVER = "tests/interop/peers/d_server.py";

/** What peers/d_client.py says of a message. */
interface Came {
  fields?: string[];
  unknownBytes?: number;
  closed?: true;
}

async function runClient<Result>(url: string, scenario: string): Promise<Result> {
  const { code, stdout, stderr } = await runProgram(peer(D_CLIENT, url, scenario), { cwd: root });
  assertEquals([code, stderr], [0, ""]);
  return JSON.parse(stdout) as Result;
}

const scenarios: Record<string, (url: string) => Promise<void>> = {
  async "requests that arrive byte by byte"(url) {
    assertEquals(await runClient(url, "bytewise"), { requests: 20, bytes: 80, more: false });
  },

  async "5000 requests in one write"(url) {
    interface Burst {
      answers: number;
      last: string;
      more: boolean;
    }
    const { answers, last, more } = await runClient<Burst>(url, "burst");
    assertEquals({ answers, more }, { answers: 5000, more: false });
    assertMatch(last, DATE_TIME);
  },

  async "fast requests overtake a slow one"(url) {
    interface Slow {
      fastMs: number;
      slowMs: number;
    }
    const { fastMs, slowMs, ...rest } = await runClient<Slow>(url, "slow");
    assertLessOrEqual(fastMs, 1000);
    assertGreaterOrEqual(slowMs, 990);
    assertEquals<unknown>(rest, {
      fastOnSame: 100,
      fastOnOther: 100,
      slowCameBefore: false,
      connectedClientCount: 2,
    });
  },

  async "the number of clients is that of the request's arrival"(url) {
    assertEquals(await runClient(url, "counts"), {
      atOnce: [1, 2, 3, 4, 5],
      after1s: [1, 2, 3, 4, 5],
      closed: 2,
      rest: 3,
    });
  },

  async "unknown fields"(url) {
    const { alone, mixed } = await runClient<{ alone: Came[]; mixed: Came[] }>(url, "unknown");
    const slow = { fields: ["slow_response"], unknownBytes: 0 };
    assertEquals(mixed, [{ fields: ["fast_response"], unknownBytes: 0 }, slow]);
    // Whatever answers an unknown message alone is nothing that system D's programs see.
    assertEquals(alone.at(-1), slow);
    for (const { fields } of alone.slice(0, -1)) assertEquals(fields, []);
  },
};

async function runScenarios(t: Deno.TestContext, url: string): Promise<void> {
  for (const [name, scenario] of Object.entries(scenarios)) {
    await t.step(name, () => scenario(url));
  }
}

test("interop: a client over Google's protobuf and wagons serve", pythonMissing, async (t) => {
  const dir = await Deno.makeTempDir({ prefix: "wagons-interop-" });
  try {
    const listen = ["--listen", "tcp://127.0.0.1:0", "--store", `${dir}/store.db`, "--json"];
    await using server = await startServer([...wagons, "serve", ...listen], { cwd: root });
    await runScenarios(t, server.url);
    const { code, signal, stderr } = await server.stop();
    assertEquals({ code, signal }, { code: 0, signal: null }, stderr);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

// What the scenarios ask for is what others do too.
test("interop: a client and a server over Google's protobuf", pythonMissing, async (t) => {
  await using server = await startServer(peer(D_SERVER, "0"), { cwd: root });
  await runScenarios(t, server.url);
});

/** A line of `wagons client --json`. */
interface ClientEvent {
  event: string;
  kind?: string;
  currentDateTime?: string;
  connectedClientCount?: number;
  rttMs?: number;
}

/** The last line of `wagons client --json`. */
interface Summary {
  event: "summary";
  sent: number;
  answered: number;
  skipped: number;
  lost: number;
  rttMs: { min: number; median: number; p99: number; max: number };
}

/** What `wagons client URL --json` prints, by the kind of the line. */
async function runWagonsClient(url: string, ...args: string[]) {
  const command = [...wagons, "client", url, ...args, "--json"];
  const { code, stdout, stderr } = await runProgram(command, { cwd: root });
  assertEquals(code, 0, stderr);
  const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as ClientEvent);
  const summary = events.at(-1) as unknown as Summary;
  assertEquals(summary.event, "summary");
  return {
    requests: events.filter(({ event }) => event === "request"),
    answers: events.filter(({ event }) => event === "answer"),
    summary,
  };
}

const calls: Record<string, (url: string) => Promise<void>> = {
  async "client --fast"(url) {
    const { requests, answers, summary } = await runWagonsClient(url, "--fast");
    assertEquals(requests.map(({ kind }) => kind), ["fast"]);
    assertEquals(answers.map(({ kind }) => kind), ["fast"]);
    assertMatch(answers[0]?.currentDateTime ?? "", DATE_TIME);
    assertEquals([summary.sent, summary.answered, summary.lost], [1, 1, 0]);
  },

  async "client --slow 1"(url) {
    const { requests, answers, summary } = await runWagonsClient(url, "--slow", "1");
    assertEquals(requests.map(({ kind }) => kind), ["slow"]);
    assertEquals(answers.map(({ kind }) => kind), ["slow"]);
    assertEquals(answers[0]?.connectedClientCount, 1);
    assertGreaterOrEqual(answers[0]?.rttMs ?? 0, 990);
    assertEquals([summary.sent, summary.answered, summary.lost], [1, 1, 0]);
  },

  async "client --fast --interval 10ms --count 50"(url) {
    const args = ["--fast", "--interval", "10ms", "--count", "50"];
    const { requests, answers, summary } = await runWagonsClient(url, ...args);
    assertEquals(requests.length, summary.sent);
    assertEquals(answers.length, summary.answered);
    assertEquals([summary.sent, summary.answered, summary.lost], [50, 50, 0]);
    for (const { kind, currentDateTime } of answers) {
      assertEquals(kind, "fast");
      assertMatch(currentDateTime ?? "", DATE_TIME);
    }
    const { min, median, p99, max } = summary.rttMs;
    assert(min <= median && median <= p99 && p99 <= max, JSON.stringify(summary.rttMs));
  },
};

interface OtherServer {
  name: string;
  missing: string | undefined;
  start(): Promise<ServerProcess>;
}

const servers: OtherServer[] = [
  {
    name: "a server over Google's protobuf (Python)",
    missing: pythonMissing,
    start: () => startServer(peer(D_SERVER, "0"), { cwd: root }),
  },
  {
    name: "a server that answers byte by byte (Python)",
    missing: pythonMissing,
    start: () => startServer(peer(D_SERVER, "0", "--dribble"), { cwd: root }),
  },
  {
    name: "a server over boost::asio and Google's protobuf (C++)",
    missing: asioMissing,
    async start() {
      const build = await buildPeer("asio", PEERS_DIR);
      assert("command" in build, JSON.stringify(build));
      return startPeer(build);
    },
  },
];

for (const { name, missing, start } of servers) {
  test(`interop: wagons client and ${name}`, missing, async (t) => {
    for (const [call, check] of Object.entries(calls)) {
      await t.step(call, async () => {
        // Each call has a server for itself, which counts no client but this.
        await using server = await start();
        await check(server.url);
      });
    }
  });
}
