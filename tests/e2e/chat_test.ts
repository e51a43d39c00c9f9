/** `wagons serve` with a chat:// listener: where it listens, and whom it lets in. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { ChatClient } from "../helpers/chat_client.ts";
import { test } from "../helpers/strict.ts";
import { type Server, Workspace } from "./workspace.ts";

/** Two clients talk through a server of that URL. */
async function talk(server: Server, url: string): Promise<void> {
  const endpoint = parseEndpoint(url);
  using ann = await ChatClient.join(endpoint, "Анна");
  using bob = await ChatClient.join(endpoint, "bob");
  await ann.say("привет", "f.txt%", new Uint8Array(1000).fill(65));
  assertEquals(await bob.line(), "Анна: привет");
  assertEquals((await bob.next())?.content, new Uint8Array(1000).fill(65));
  assertEquals((await server.next("file")).name, "f.txt");
}

test("a URL, the config and system C's variables say where chat listens", async () => {
  await using space = new Workspace();
  const cases: [string, string[], Record<string, string>, string][] = [
    [
      "flag",
      ["--listen", "chat://127.0.0.1:0?header=8&encoding=koi8-r"],
      {},
      "header=8&encoding=koi8-r",
    ],
    ["config", ["--config", "wagons.toml"], {}, "encoding=cp1251"],
    [
      "variables",
      ["--from-env", "--listen", "chat://127.0.0.1:0"],
      { IP: "127.0.0.1", PORT: "0", HEADER: "12", ENCODING: "CP866" },
      "header=12&encoding=cp866",
    ],
  ];
  await space.write(
    "wagons.toml",
    '[serve]\nlisten = ["chat://127.0.0.1:0?encoding=windows-1251"]\n',
  );
  for (const [what, args, env, query] of cases) {
    const server = await space.serve(args, { env });
    const url = what === "variables" ? String((await server.next("listening")).url) : server.url;
    assertMatch(url, /^chat:\/\/127\.0\.0\.1:\d+\?/);
    assertEquals(url.split("?")[1], query);
    await talk(server, url);
    const { code, stderr } = await server.stop();
    assertEquals([code, stderr.includes("warning")], [0, false], stderr);
  }
});

test("system C's variables mean nothing without --from-env, and are checked with it", async () => {
  await using space = new Workspace();
  const env = { IP: "256.256.256.256", PORT: "no", HEADER: "0", ENCODING: "x" };
  const server = await space.serve([], { env });
  assertMatch(server.url, /^tcp:/);
  assertEquals((await server.stop()).code, 0);
  const wrong: [Record<string, string>, string][] = [
    [{ PORT: "no" }, 'PORT: "no" is no port'],
    [{ HEADER: "0" }, 'HEADER: "0" is no length of a header'],
    [{ ENCODING: "utf-16" }, 'ENCODING: the encoding "utf-16" is not known'],
    [{ IP: "a/b" }, 'IP: "a/b" is no address'],
  ];
  for (const [env, message] of wrong) {
    const { code, stderr } = await space.run(["serve", "--from-env", "--port", "0"], { env });
    assertEquals(code, 2);
    assertStringIncludes(stderr, `error: ${message}`);
  }
});

test("a server with a key says that chat lets nobody in, and lets nobody in", async () => {
  await using space = new Workspace();
  assertEquals((await space.run(["key", "new", "-o", "yard.key"])).code, 0);
  const listen = ["--listen", "chat://127.0.0.1:0", "--key-file", "yard.key"];
  const closed = await space.serve(listen);
  using client = await ChatClient.connect(parseEndpoint(closed.url));
  await client.say("ann");
  assertStringIncludes((await client.line())!, "wagons: This server has a key");
  assertEquals(await client.line(), null);
  client.close();
  const { stderr } = await closed.stop();
  assertEquals(stderr.match(/warning: .*/g), [
    `warning: ${closed.url} lets nobody in: its programs cannot prove that they have the key ` +
    "(--insecure lets in all)",
  ]);

  const open = await space.serve([...listen, "--insecure"]);
  await talk(open, open.url);
  const warnings = (await open.stop()).stderr.match(/warning: .*/g)!;
  assertEquals(
    warnings[0],
    `warning: ${open.url} lets in whoever can reach it, by any name, and seals nothing`,
  );
});

test("a file over the limit ends the connection, and the log says why", async () => {
  await using space = new Workspace();
  const server = await space.serve([
    "--listen",
    "chat://127.0.0.1:0",
    "--max-chat-file-bytes",
    "1KiB",
    "--log-file",
    "serve.log",
  ]);
  using ann = await ChatClient.join(parseEndpoint(server.url), "ann");
  await ann.say("f.txt%", new Uint8Array(1025));
  ann.close();
  const reason = "A file says it is 1025 bytes long: at most 1024 are taken";
  assertEquals((await server.next("disconnected")).reason, reason);
  assertEquals((await server.stop()).code, 0);
  assertStringIncludes(await Deno.readTextFile(space.path("serve.log")), reason);
});
