/**
 * Servers on two machines, found from one of them.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { FAR, NEAR, runOnTwoMachines, whyNoMachines } from "../helpers/two_machines.ts";
import { type JsonEvent, WAGONS, Workspace } from "./workspace.ts";

const missing = await whyNoMachines();

/**
 * Shell functions: `serve near|far NAME KEY ARGUMENTS...` starts a server there and waits for its first
 * event; `event NAME WHICH` waits for another one; `find NAME ARGUMENTS...` looks for servers from the
 * first machine and prints what it finds, after that name and the exit code; `stop NAME`.
 */
const TOOLS = `
wagons=${WAGONS}
servers=
trap 'kill $servers $far_pid 2>/dev/null || :; wait' EXIT
serve() {
  where=$1; name=$2; key=$3; shift 3
  [ $where = far ] && enter="nsenter -t $far_pid -n" || enter=
  $enter $wagons serve --json --name $name --key-file $key --store $where-$name.db "$@" \\
    >$where-$name.events 2>$where-$name.said &
  eval "$(echo pid_$where-$name | tr - _)=$!"
  servers="$servers $!"
  event $where-$name listening
}
event() { until grep -q "\\"event\\":\\"$2\\"" $1.events; do :; done; }
stop() {
  eval "pid=\\$$(echo pid_$1 | tr - _)"
  kill $pid
  wait $pid
}
find() {
  name=$1; shift
  code=0
  $wagons discover --json "$@" >found 2>said || code=$?
  echo "$name $code $(tr '\\n' ',' <found)"
}
$wagons key new -o key >/dev/null
$wagons key new -o other >/dev/null
`;

/** What each `find` has found, by its name. */
type Found = Record<string, { code: number; servers: JsonEvent[] }>;

function test(name: string, script: string, check: (found: Found, said: string) => void): void {
  Deno.test({
    name: name + (missing === undefined ? "" : ` (skipped: ${missing})`),
    ignore: missing !== undefined,
    async fn() {
      await using space = await new Workspace();
      const printed = await runOnTwoMachines(`${TOOLS}\n${script}`, space.folder);
      const found: Found = {};
      for (const line of printed.split("\n")) {
        const [, name, code, servers] = /^(\w+) (\d+) (.*),$/.exec(line) ?? [];
        if (name === undefined) continue;
        found[name] = { code: Number(code), servers: JSON.parse(`[${servers}]`) };
      }
      check(found, printed);
    },
  });
}

/** Of each server its name, addresses, ways and key. */
function brief(found: Found[string] | undefined): unknown[] {
  return found!.servers.map(({ name, addresses, foundBy, key }) =>
    [name, addresses, foundBy, key].join(" ")
  );
}

test(
  "two servers on two machines are found by broadcast",
  `
  serve far distant key --listen udp://0.0.0.0:7119
  serve near close key --listen udp://0.0.0.0:7119
  find both --broadcast --key-file key --timeout 1s
  find none --broadcast --key-file other --timeout 500ms`,
  (found, printed) => {
    assertEquals(brief(found.both), [
      `close ${NEAR} broadcast opens`,
      `distant ${FAR} broadcast opens`,
    ], printed);
    assertEquals(found.both!.servers[1]!.endpoints, [`udp://${FAR}:7119`]);
    assertStringIncludes(printed, "none 3 \n");
  },
);

test(
  "two servers on two machines are found by mDNS, until they say goodbye",
  `
  serve far yard key --announce --listen tcp://0.0.0.0:7117 http://0.0.0.0:7118
  event far-yard announced
  serve near yard other --announce --listen http://0.0.0.0:7118
  event near-yard announced
  find both --mdns --key-file key
  find keyless --mdns
  grep -o '"name":"[^"]*"' far-yard.events near-yard.events | sort
  stop far_yard
  find left --mdns --key-file key`,
  (found, printed) => {
    assertEquals(brief(found.both), [
      `yard ${NEAR} mdns other`,
      `yard ${FAR} mdns opens`,
    ], printed);
    assertEquals(found.both!.servers[1]!.endpoints, [`http://${FAR}:7118`, `tcp://${FAR}:7117`]);
    assertEquals(brief(found.keyless), [
      `yard ${NEAR} mdns unknown`,
      `yard ${FAR} mdns unknown`,
    ], printed);
    assertStringIncludes(printed, 'far-yard.events:"name":"yard"\n');
    assertStringIncludes(printed, 'near-yard.events:"name":"yard (2)"\n');
    assertEquals(brief(found.left), [`yard ${NEAR} mdns other`], printed);
  },
);

test(
  "a server that is announced and speaks tcp alone shows whether our key opens it",
  `
  serve far yard key --announce --listen tcp://0.0.0.0:7117
  event far-yard announced
  find right --mdns --key-file key
  find wrong --mdns --key-file other`,
  (found, printed) => {
    assertEquals(brief(found.right), [`yard ${FAR} mdns opens`], printed);
    assertEquals(brief(found.wrong), [`yard ${FAR} mdns other`], printed);
  },
);

test(
  "without arguments all ways are tried, and what they find of one server is one",
  `
  serve far yard key --announce \\
    --listen tcp://0.0.0.0:7117 http://0.0.0.0:7118 udp://0.0.0.0:7119 chat://127.0.0.1:0
  event far-yard announced
  find all --key-file key --explain
  cat said
  echo
  find many --key-file key --port 1,2,3,4,5
  cat said`,
  (found, printed) => {
    assertEquals(brief(found.all), [`yard ${FAR} http,broadcast,mdns opens`], printed);
    assertEquals(found.all!.servers[0]!.endpoints, [
      `http://${FAR}:7118`,
      `tcp://${FAR}:7117`,
      `udp://${FAR}:7119`,
    ]);
    const link = `near0, ${NEAR}/24`;
    assertStringIncludes(printed, "\n10.77.0.0/24: http to 254 addresses, port 7118: 25");
    assertStringIncludes(
      printed,
      `\n${link}: broadcast to 10.77.0.255:7119 and 255.255.255.255:7119: 2 found\n`,
    );
    assertStringIncludes(printed, `\n${link}: mdns: 1 found, 1 asked by http, found\n`);
    assertStringIncludes(printed, "That would ask 1270 times");
  },
);

test(
  "where mDNS cannot be used, or broadcast, a server goes on and --explain says why",
  `
  ip address add 10.88.0.1/32 dev lo
  serve near blocker key --listen udp://0.0.0.0:5353
  serve near yard key --announce --listen tcp://0.0.0.0:7117
  event near-yard unannounced
  find none --mdns --broadcast --key-file key --timeout 500ms --explain
  cat said
  $wagons client tcp://127.0.0.1:7117 --key-file key >/dev/null && echo served
  stop near_yard
  cat near-yard.said
  ip address del 10.88.0.1/32 dev lo
  ip address flush dev near0
  find nowhere --key-file key
  cat said`,
  (_found, printed) => {
    assertStringIncludes(printed, `\nnear0, ${NEAR}/24: mdns: Cannot use mDNS on near0, `);
    assertStringIncludes(
      printed,
      "\nlo, 10.88.0.1/32: broadcast: this network has no address for broadcasts\n",
    );
    assertStringIncludes(printed, "\nserved\n");
    assertStringIncludes(printed, `warning: not announced by mDNS: near0, ${NEAR}/24: Cannot use`);
    assertStringIncludes(printed, "\nnowhere 3 \n");
    assertStringIncludes(
      printed,
      "error: Nobody was asked: this machine has no address on a network\n",
    );
  },
);
