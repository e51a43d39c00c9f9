/** `POST /dictionary`: dictionaries in any format, sealed. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MAX_DICTIONARY_TOKEN_BYTES } from "../../lib/limits/dict.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import type { FormatName } from "../../lib/formats/format.ts";
import { isUuidV7 } from "../../lib/wire/uuid.ts";
import { HttpClient, requestOf } from "../helpers/http_client.ts";
import { keptIn } from "../helpers/kept.ts";
import { OTHER_KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";
import { dataToken, opened, SERVER_SEAL, token } from "../helpers/tokens.ts";

const start = () => TestServer.start({ scheme: "http" });

/** Posts a body in a connection of its own; gives the status and the message that is answered. */
async function post(server: TestServer, body: string) {
  using client = await HttpClient.connect(server.endpoint);
  const answer = (await client.ask("POST", "/dictionary", body))!;
  return { status: answer.status, ...opened(answer.body) };
}

for (const name of ["text", "json", "xml", "msgpack", "pickle", "csv"] as FormatName[]) {
  test(`http: a dictionary in ${name} is kept, a manifest as one`, async () => {
    await using server = await start();
    const kinds: [Map<string, string | number>, string][] = [
      [new Map<string, string | number>([["yard", "North"], ["count", 3]]), "document"],
      [new Map([["Århus", 3], ["Kiel", 0]]), "manifest"],
    ];
    for (const [dictionary, kind] of kinds) {
      const body = dataToken(formatOf(name).write(dictionary));
      for (const duplicate of [false, true]) {
        const { status, cmd, text, args } = await post(server, body);
        assertEquals([status, cmd, text], [200, "dictionary", "stored"]);
        const said = JSON.parse(args);
        assert(isUuidV7(said.id));
        assertEquals(said, { id: said.id, storedAt: "1970-01-01T00:00:01.000Z", duplicate, kind });
      }
    }
    const { dictionaries } = await keptIn(server.store);
    assertEquals(dictionaries, [{ "Århus": 3, Kiel: 0 }, { yard: "North", count: 3 }]);
    // Again, it proves nothing.
    assertEquals(server.events.of("sealed").length, 2);
  });
}

const refused: [what: string, body: () => string, status: number, code: string, text: string][] = [
  ["of another key", () => dataToken("{}", { key: OTHER_KEY }), 400, "brokenSeal", "another key"],
  ["that is too old", () => dataToken("{}", { ageS: 400 }), 400, "brokenSeal", "400 s ago"],
  ["that is none", () => "junk", 400, "brokenSeal", "token"],
  ["of no dictionary", () => dataToken("[1, 2]"), 400, "invalid", "no dictionary"],
  ["of a message", () => token({ text: "hello" }), 400, "invalid", "is a message"],
  ["of a server", () => SERVER_SEAL.seal({ cmd: "ping" }), 400, "invalid", "is a message"],
];

for (const [what, body, status, code, text] of refused) {
  test(`http: a dictionary's token ${what} is refused`, async () => {
    await using server = await start();
    const answer = await post(server, body());
    assertEquals([answer.status, answer.cmd, answer.args], [status, "error", code]);
    assertStringIncludes(answer.text, text);
    assertEquals(await keptIn(server.store), { dictionaries: [], files: [] });
  });
}

test("http: a long dictionary is taken, and one that is too long is not", async () => {
  await using server = await start();
  const long = "x".repeat(15 * 1024 * 1024);
  const { status } = await post(server, dataToken(JSON.stringify({ long })));
  assertEquals(status, 200);
  using client = await HttpClient.connect(server.endpoint);
  await client.write(
    requestOf("POST", "/dictionary").replace(
      "\r\n\r\n",
      `\r\nExpect: 100-continue\r\nContent-Length: ${MAX_DICTIONARY_TOKEN_BYTES + 1}\r\n\r\n`,
    ),
  );
  const answer = (await client.answer())!;
  assertEquals([answer.status, opened(answer.body).args], [413, "frameTooLarge"]);
  // The bound of messages is another one.
  using other = await HttpClient.connect(server.endpoint);
  assertEquals((await other.ask("POST", "/message", "x".repeat(2_000_000)))?.status, 413);
});

test("http: what the store cannot keep is told with 503", async () => {
  await using server = await start();
  server.store.isHolding = true;
  const asked = post(server, dataToken('{"a": "b"}'));
  while (server.store.heldDocuments.length === 0) await new Promise((done) => setTimeout(done));
  server.store.heldDocuments[0]!.reject(new Error("the disk is full"));
  const { status, args } = await asked;
  assertEquals([status, args], [503, "failed"]);
});

test("http: a server that stops keeps no dictionary, and says so", async () => {
  const server = await start();
  using client = await HttpClient.connect(server.endpoint);
  await client.ask("GET", "/healthz");
  // Something runs, so that connections stay open for now.
  server.store.isHolding = true;
  const asked = post(server, dataToken('{"a": "b"}'));
  while (server.store.heldDocuments.length === 0) await new Promise((done) => setTimeout(done));
  const drained = server.hub.drain();
  const answer = (await client.ask("POST", "/dictionary", dataToken('{"c": "d"}')))!;
  assertEquals([answer.status, opened(answer.body).args], [503, "shuttingDown"]);
  server.store.heldDocuments[0]!.resolve({ storedAtMs: 1, duplicate: false });
  assertEquals((await asked).status, 200);
  client.close();
  await drained;
  await server.finished;
});

test("http: dictionaries are counted, and told where the paths are", async () => {
  await using server = await start();
  await post(server, dataToken('{"a": "b"}'));
  assertEquals(server.hub.tally.of("http").tokens.byKind.dictionary, 1);
  using client = await HttpClient.connect(server.endpoint);
  assertStringIncludes((await client.ask("GET", "/"))!.body, "POST /dictionary ");
});
