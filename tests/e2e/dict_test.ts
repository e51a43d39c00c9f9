/** `wagons serve` with a dict:// listener: what it says, and what it takes. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { sendByDict } from "../helpers/dict_client.ts";
import { test } from "../helpers/strict.ts";
import { Workspace } from "./workspace.ts";

const LISTEN = ["--listen", "dict://127.0.0.1:0"];
const warningsOf = (stderr: string) => stderr.match(/warning: .*/g) ?? [];

test("a server without a key takes dictionaries of its machine, and says what it cannot do", async () => {
  await using space = new Workspace();
  const server = await space.serve(LISTEN);
  const answer = await sendByDict(parseEndpoint(server.url), '{"Kiel": 3}');
  assertEquals(answer, "Data received successfully.\n");
  assertEquals((await server.next("manifest")).source, "127.0.0.1");
  assertEquals(warningsOf((await server.stop()).stderr), [
    `warning: ${server.url} cannot open files that come with dictionaries: there is no key`,
  ]);
});

test("a dict:// listener that others can reach says what holds there", async () => {
  await using space = new Workspace();
  assertEquals((await space.run(["key", "new", "-o", "yard.key"])).code, 0);
  const key = ["--key-file", "yard.key"];
  const everywhere = ["--listen", "dict://0.0.0.0:0"];
  const said: [string[], string[]][] = [
    [[...LISTEN, ...key], []],
    [[...everywhere, ...key], ["the dictionary itself is not sealed, and who can change"]],
    [everywhere, ["of programs of this machine only (--insecure takes all)", "cannot open files"]],
    [[...LISTEN, ...key, "--insecure"], [
      "from whoever can reach it, and seals nothing",
      "--insecure",
    ]],
  ];
  for (const [args, parts] of said) {
    const server = await space.serve(args);
    const warnings = warningsOf((await server.stop()).stderr);
    assertEquals(warnings.length, parts.length, warnings.join("\n"));
    for (const [i, part] of parts.entries()) assertStringIncludes(warnings[i]!, part);
  }
});

test("the name of files has to be one on all systems", async () => {
  await using space = new Workspace();
  for (const name of ["a/b.txt", "nul.txt", "a:b", ""]) {
    const { code, stderr } = await space.run(["serve", ...LISTEN, "--dict-file-name", name]);
    assertEquals([code, name], [2, name]);
    assertMatch(stderr, /error: .*--dict-file-name.* no name of a file/);
  }
});
