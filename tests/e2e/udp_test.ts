/** `wagons serve` with a udp:// listener, and a program in Python that sends it datagrams. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { findPython } from "../../scripts/bench/peers/peers.ts";
import { runProgram } from "../interop/subprocess.ts";
import { FAR, NEAR, runOnTwoMachines, whyNoMachines } from "../helpers/two_machines.ts";
import { test } from "../helpers/strict.ts";
import { jsonLines, type Server, WAGONS, Workspace } from "./workspace.ts";

const python = await findPython("cryptography");
const noPython = python === undefined
  ? "no python3 with cryptography: apt-get install python3-cryptography"
  : undefined;
const noMachines = noPython ?? await whyNoMachines();
const PEER = decodeURIComponent(new URL("../interop/peers/udp_ask.py", import.meta.url).pathname);

/** What the program sends: a message's fields, or a raw datagram; see its head. */
interface Step {
  readonly text?: string;
  readonly cmd?: string;
  readonly args?: string;
  readonly raw?: string;
  readonly silent?: boolean;
  readonly source?: [host: string, port: number];
}

/** What the program prints of a step. */
interface Result {
  readonly token: string;
  readonly answerBytes: number;
  /** It was answered that it could not be opened, which is no token. */
  readonly refused?: true;
  readonly answer: { userID: string; timestamp: string; text: string; cmd: string; args: string };
}

function unless(missing: string | undefined, name: string, fn: () => Promise<void>): void {
  const reason = missing === undefined ? "" : ` (skipped: ${missing})`;
  test(name + reason, fn, { ignore: missing !== undefined });
}

const LISTEN = ["--listen", "udp://127.0.0.1:0", "--key-file", "yard.key"];

async function withKey(): Promise<Workspace> {
  const space = new Workspace();
  assertEquals((await space.run(["key", "new", "-o", "yard.key"])).code, 0);
  return space;
}

async function ask(space: Workspace, server: Server, steps: Step[]): Promise<Result[]> {
  const { hostname, port } = server.address;
  const { code, stdout, stderr } = await runProgram(
    [python!, "-B", PEER, hostname.replace(/[[\]]/g, ""), `${port}`, space.path("yard.key")],
    { stdin: JSON.stringify(steps) },
  );
  assertEquals([code, stderr], [0, ""]);
  return JSON.parse(stdout);
}

unless(noPython, "each command of a program with a plain socket is answered", async () => {
  await using space = await withKey();
  const server = await space.serve([...LISTEN, "--name", "Двор"]);
  const results = await ask(space, server, [
    { cmd: "handshake", text: "who is there?" },
    { cmd: "ping", args: "1" },
    { cmd: "manifest", args: '{"Тула": 3}' },
    { text: "привет" },
    { cmd: "reboot" },
  ]);
  assertEquals(results.map(({ answer }) => [answer.text, answer.cmd]), [
    ["decode ok", "handshake"],
    ["decode ok", "ping"],
    ["decode ok", "manifest"],
    ["decode ok", "say"],
    ["decode ok", "error"],
  ]);
  for (const { token, answerBytes } of results) assert(answerBytes <= 4 * token.length);
  const { name, listen } = JSON.parse(results[0]!.answer.args);
  assertEquals([name, listen], ["Двор", [server.url]]);
  const { peer } = await server.next("connected");
  assertEquals(new Set(results.map(({ answer }) => answer.userID)), new Set([peer]));
  assertEquals((await server.next("manifest")).entries, { "Тула": 3 });
  assertEquals((await server.next("message")).dialect, "udp");
  const { code, events } = await server.stop();
  assertEquals([code, events.at(-2)?.reason], [0, "the server stopped"]);
});

unless(
  noPython,
  "tokens that come again after a restart are answered, and acted on once",
  async () => {
    await using space = await withKey();
    const first = await space.serve(LISTEN);
    const steps = [{ text: "once" }, { cmd: "manifest", args: '{"a": 1}' }];
    const before = await ask(space, first, steps);
    assertEquals((await first.stop()).code, 0);

    const second = await space.serve(LISTEN);
    const after = await ask(space, second, before.map(({ token }) => ({ raw: token })));
    const read = (results: Result[]) => results.map(({ answer }) => JSON.parse(answer.args));
    assertEquals(read(after), read(before).map((result) => ({ ...result, duplicate: true })));
    assertEquals((await second.stop()).code, 0);
    const { stdout } = await space.run(["manifests", "--json", "--store", "wagons.db"]);
    assertEquals(stdout.trim().split("\n").length, 1);
  },
);

unless(
  noPython,
  "junk is answered where the flag, the config or the environment says so",
  async () => {
    await using space = await withKey();
    await space.write("junk.toml", "[serve]\nudp_answer_junk = true\n");
    const cases: [args: string[], env: Record<string, string>, isAnswered: boolean][] = [
      [[], {}, false],
      [["--udp-answer-junk"], {}, true],
      [["--config", "junk.toml"], {}, true],
      [[], { WAGONS_SERVE_UDP_ANSWER_JUNK: "true" }, true],
    ];
    for (const [args, env, isAnswered] of cases) {
      const server = await space.serve([...LISTEN, ...args], { env });
      const [junk, short, ping] = await ask(space, server, [
        { raw: "x".repeat(150), silent: !isAnswered },
        { raw: "short", silent: true },
        { cmd: "ping" },
      ]);
      assertEquals(junk?.refused, isAnswered ? true : undefined);
      assertEquals(short?.answer, undefined);
      assertEquals(ping?.answer.cmd, "ping");
      const dropped = await server.next("dropped");
      assertEquals([dropped.why, dropped.dialect], ["150 bytes are no token", "udp"]);
      assertEquals((await server.stop()).code, 0);
    }
  },
);

test("without a key there is no listening by UDP", async () => {
  await using space = new Workspace();
  const { code, stderr } = await space.run(["serve", "--listen", "udp://127.0.0.1:0"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "Cannot listen on udp://127.0.0.1:0");
  assertStringIncludes(stderr, "wagons key new");
});

/** Shell functions: a server that has the events in `events`, and the program in Python. */
const TOOLS = `
${WAGONS} key new -o yard.key >/dev/null
${WAGONS} serve --json --listen udp://0.0.0.0:0 --store a.db --key-file yard.key >events 2>said &
server=$!
until grep -q listening events; do :; done
port=$(sed -n 's/.*:\\([0-9]*\\)"}.*/\\1/p' events | head -1)
ask() { $1 ${python} -B ${PEER} $2 $port yard.key; }
`;

unless(noMachines, "a broadcast to the network of a server is answered by it", async () => {
  await using space = new Workspace();
  const said = await runOnTwoMachines(
    `${TOOLS}
    echo '[{"cmd": "handshake"}, {"text": "hello"}]' | ask far 10.77.0.255
    kill $server; wait $server || true`,
    space.folder,
  );
  const [answers = ""] = said.split("\n");
  const [hello, text] = JSON.parse(answers) as Result[];
  assertStringIncludes(hello!.answer.userID, `${FAR}:`);
  assertEquals([hello?.answer.text, hello?.answer.cmd], ["decode ok", "handshake"]);
  assertEquals(JSON.parse(text!.answer.args).duplicate, false);
});

unless(noMachines, "whoever names a server as the sender has nobody answer for ever", async () => {
  await using space = new Workspace();
  const events = await runOnTwoMachines(
    `${TOOLS}
    echo '[{"cmd": "ping", "silent": true, "source": ["${NEAR}", '$port']},
           {"cmd": "ping", "silent": true, "source": ["${FAR}", 0]},
           {"cmd": "ping", "silent": true, "source": ["10.77.0.255", 9]},
           {"cmd": "ping", "silent": true, "source": ["10.99.0.1", 9]},
           {"cmd": "ping"}]' | ask '' ${NEAR} >answers
    kill $server; wait $server || true
    cat events`,
    space.folder,
  );
  const dropped = jsonLines(events).filter(({ event }) => event === "dropped");
  const why = dropped.map(({ why }) => String(why)).sort();
  assertEquals(why.length, 3, events);
  assertEquals(why[0], "The message in a token is a server's own");
  assertStringIncludes(why[1]!, "an answer could not be sent");
  assertStringIncludes(why[2]!, "an answer could not be sent");
  assertEquals(jsonLines(events).filter(({ event }) => event === "fault"), []);
  // Who has no port is nobody.
  assert(!events.includes(`${FAR}:0`));
});
