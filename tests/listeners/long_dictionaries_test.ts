/** Long dictionaries, by whatever way they come, are read and kept one at a time; short ones pass. */

import { assertEquals } from "@std/assert";
import { LONG_DICTIONARY_BYTES } from "../../lib/limits/dict.ts";
import { sendByDict } from "../helpers/dict_client.ts";
import { HttpClient } from "../helpers/http_client.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";
import { dataToken } from "../helpers/tokens.ts";

const long = (name: string) => JSON.stringify({ [name]: "x".repeat(LONG_DICTIONARY_BYTES) });
const turn = () => new Promise((resolve) => setTimeout(resolve));

test("long dictionaries are kept one at a time, and short ones do not wait for them", async () => {
  await using server = await TestServer.start({ scheme: "dict", hub: { key: KEY, isOpen: true } });
  await using http = await server.alsoListen("http");
  const { store } = server;
  const post = async (text: string) => {
    using client = await HttpClient.connect(http.endpoint);
    return (await client.ask("POST", "/dictionary", dataToken(text)))?.status;
  };
  const hasCome = () =>
    server.hub.tally.of("dict").receivedBytes + server.hub.tally.of("http").receivedBytes;
  store.isHolding = true;
  const answers = Promise.all([
    sendByDict(server.endpoint, long("a")),
    sendByDict(server.endpoint, long("b"), dataToken("file")),
    post(long("c")),
    post(long("d")),
  ]);
  while (hasCome() < 4 * LONG_DICTIONARY_BYTES) await turn();
  const short = sendByDict(server.endpoint, '{"short": true}');
  while (store.heldDocuments.length < 2) await turn();
  const held = () => store.heldDocuments.map(({ what }) => [...what.dictionary.keys()][0]!);
  const all = new Set<string>();
  for (let i = 0; i < 4; i++) {
    // One long one, besides the short one.
    while (held().filter((name) => name !== "short").length === 0) await turn();
    for (let turns = 0; turns < 10; turns++) await turn();
    const names = held().filter((name) => name !== "short");
    assertEquals(names.length, 1);
    all.add(names[0]!);
    const at = held().indexOf(names[0]!);
    store.heldDocuments.splice(at, 1)[0]!.resolve({ storedAtMs: 1, duplicate: false });
    if (i > 0) continue;
    store.heldDocuments.splice(held().indexOf("short"), 1)[0]!
      .resolve({ storedAtMs: 1, duplicate: false });
    assertEquals(await short, "Data received successfully.\n");
  }
  assertEquals([...all].sort(), ["a", "b", "c", "d"]);
  const [one, two, ...statuses] = await answers;
  assertEquals([one, two], [
    "Data received successfully.\n",
    "Data and file received successfully.\n",
  ]);
  assertEquals(statuses, [200, 200]);
});
