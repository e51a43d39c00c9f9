/** `wagons discover` finds servers as system B's are, by the handshake of its own scan. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { jsonLines, Workspace } from "../e2e/workspace.ts";
import { makeKeyFile, TokenPeers } from "./token_peers.ts";

const peers = await TokenPeers.find("flask");

peers.test("wagons discover finds system B's servers among silent addresses", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  const wrongKey = await makeKeyFile(space, "wrong");
  const [host1, host2, host3] = ["127.0.73.4", "127.0.73.9", "127.0.73.200"];
  await using flask = peers.start("b_http_server.py", host1, "0", key, "--name", "Двор");
  const { url } = await flask.nextOf("listening");
  const { port } = new URL(String(url));
  await using minimal = peers.start("b_http_minimal.py", host2, port, key, "--name", "small");
  await using strange = peers.start("b_http_server.py", host3, port, wrongKey);
  for (const server of [minimal, strange]) await server.nextOf("listening");

  const args = ["discover", "--subnet", "127.0.73.0/24", "--port", port, "--timeout", "20s"];
  const { code, stdout, stderr } = await space.run([...args, "--key-file", key, "--json"]);
  assertEquals(code, 0, stderr);
  const found = jsonLines(stdout).map((
    { name, addresses, endpoints, key },
  ) => [name, addresses, endpoints, key]);
  const told = (
    host: string,
    name: string,
    key: string,
  ) => [name, [host], [`http://${host}:${port}`], key];
  const byHost = (one: unknown[], other: unknown[]) => String(one[1]) < String(other[1]) ? -1 : 1;
  assertEquals(
    found.sort(byHost),
    [
      told(host1, "Двор", "opens"),
      told(host2, "small", "opens"),
      told(host3, "", "other"),
    ].sort(byHost),
  );
  // It was a handshake, which their server has understood.
  assertEquals((await flask.heard()).cmd, "handshake");

  const shown = await space.run([...args, "--key-file", key]);
  assertStringIncludes(shown.stdout, "Двор");
});
