/**
 * What a server gives to peers of another machine.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { NEAR, runOnTwoMachines, whyNoMachines } from "../helpers/two_machines.ts";
import { WAGONS, Workspace } from "./workspace.ts";

const missing = await whyNoMachines();

/** Shell functions: a server, and programs that print their exit code and what they said. */
const TOOLS = `
wagons=${WAGONS}
serve() {
  rm -f events
  $wagons serve --json --listen tcp://0.0.0.0:0 --store "$@" >events 2>said &
  until grep -q listening events 2>/dev/null; do :; done
  url=tcp://${NEAR}:$(sed -n 's/.*:\\([0-9]*\\)"}.*/\\1/p' events | head -1)
}
try() {
  name=$1; shift
  code=0
  echo "Тула = 1" | "$@" >out 2>err || code=$?
  echo "$name: $code $(head -1 err)"
}
`;

function test(name: string, script: string, check: (said: string[], space: Workspace) => void) {
  Deno.test({
    name: name + (missing === undefined ? "" : ` (skipped: ${missing})`),
    ignore: missing !== undefined,
    async fn() {
      await using space = await new Workspace();
      const said = await runOnTwoMachines(`${TOOLS}\n${script}`, space.folder);
      check(said.trimEnd().split("\n"), space);
    },
  });
}

function assertSays(said: string[], wanted: [start: string, part: string][]): void {
  assertEquals(said.length, wanted.length, said.join("\n"));
  for (const [i, [start, part]] of wanted.entries()) {
    assertEquals(said[i]!.slice(0, start.length), start, said.join("\n"));
    assertStringIncludes(said[i]!, part);
  }
}

test(
  "without a key a server on a public address takes no manifest from another machine",
  `
  serve a.db
  try send far $wagons send - --to $url
  try client far $wagons client $url
  try slow far $wagons client $url --slow 0
  try shutdown far $wagons shutdown $url
  try sealed far sh -c "$wagons key new -o k >/dev/null && $wagons send - --to $url --key-file k"
  try own $wagons send - --to tcp://127.0.0.1:\${url##*:}
  try stop $wagons shutdown tcp://127.0.0.1:\${url##*:}
  wait $!
  cat said
  grep -c '"event":"manifest"' events`,
  (said) => {
    assertSays(said, [
      ["send: 5", "This server has no key and takes manifests from its own machine only."],
      ["client: 0", ""],
      ["slow: 0", ""],
      ["shutdown: 5", "This server has no key and is shut down from its own machine only."],
      ["sealed: 5", "This server has no key and cannot open a sealed session."],
      ["own: 0", ""],
      ["stop: 0", ""],
      ["warning: tcp://0.0.0.0:", "fast and slow responses only: there is no key"],
      ["1", ""],
    ]);
  },
);

test(
  "--insecure is the only way to open it, and is warned of",
  `
  serve a.db --insecure
  try send far $wagons send - --to $url
  try shutdown far $wagons shutdown $url
  try stop $wagons shutdown tcp://127.0.0.1:\${url##*:}
  wait $!
  cat said`,
  (said) => {
    assertSays(said, [
      ["send: 0", ""],
      ["shutdown: 5", "from its own machine only"],
      ["stop: 0", ""],
      ["warning: --insecure", "are open to anyone"],
    ]);
  },
);

test(
  "with a key another machine is as good as its own",
  `
  $wagons key new -o k >/dev/null
  serve a.db --key-file k
  try plain far $wagons send - --to $url
  try sealed far $wagons send - --to $url --key-file k
  try stop far $wagons shutdown $url --key-file k
  wait $!
  cat said`,
  (said) => {
    assertSays(said, [
      ["plain: 5", "takes manifests in a sealed session only"],
      ["sealed: 0", ""],
      ["stop: 0", ""],
    ]);
  },
);

test(
  "a machine with a wrong key is refused after some tries, and keeps nobody else out",
  `
  $wagons key new -o right >/dev/null
  $wagons key new -o wrong >/dev/null
  serve a.db --key-file right
  tries=
  for i in 1 2 3 4 5 6 7 8 9 10; do
    far $wagons client $url --key-file wrong 2>/dev/null & tries="$tries $!"
  done
  for pid in $tries; do wait $pid && exit 1; done
  try wrong far $wagons client $url --key-file wrong
  try right far $wagons client $url --key-file right
  try fast far $wagons client $url
  try near $wagons client $url --key-file right
  try own $wagons client tcp://127.0.0.1:\${url##*:} --key-file right
  try stop $wagons shutdown $url --key-file right`,
  (said) => {
    assertSays(said, [
      ["wrong: 5", "Too many sessions were begun from your address without the key"],
      ["right: 5", "Too many sessions were begun from your address without the key"],
      ["fast: 0", ""],
      ["near: 0", ""],
      ["own: 0", ""],
      ["stop: 0", ""],
    ]);
  },
);

test(
  "one machine cannot take all connections",
  `
  serve a.db --max-connections-per-address 1
  far $wagons client $url --interval 100ms --no-keys >answers 2>/dev/null & holder=$!
  until [ -s answers ]; do :; done
  try second far $wagons client $url
  try near $wagons client tcp://127.0.0.1:\${url##*:}
  kill $holder
  wait $holder || :
  try stop $wagons shutdown tcp://127.0.0.1:\${url##*:}`,
  (said) => {
    assertSays(said, [
      ["second: 5", "1 connections of one address at once"],
      ["near: 0", ""],
      ["stop: 0", ""],
    ]);
  },
);
