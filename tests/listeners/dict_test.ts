/** What system E's clients send is kept, and answered with one line. */

import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { NoRoomError } from "../../lib/store/file_store.ts";
import { isUuidV7, uuidTimeMs } from "../../lib/wire/uuid.ts";
import { DictClient, sendByDict } from "../helpers/dict_client.ts";
import { keptIn } from "../helpers/kept.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { dataToken } from "../helpers/tokens.ts";

const BOTH = "Data and file received successfully.\n";
const DATA = "Data received successfully.\n";
const NOT_STORED = "Data received successfully. The file was not stored: ";
const JSON_TEXT = '{"yard": "North", "Kiel": 3}';
const SAID = { yard: "North", Kiel: 3 };

const start = (hub: TestServerOptions["hub"] = {}) =>
  TestServer.start({ scheme: "dict", hub: { key: KEY, ...hub } });
const withoutKey = () => TestServer.start({ scheme: "dict" });

test("dict: a dictionary and a file are kept, and belong together", async () => {
  await using server = await start();
  const token = dataToken("hello");
  assertEquals(await sendByDict(server.endpoint, JSON_TEXT, token), BOTH);
  assertEquals(await keptIn(server.store), { dictionaries: [SAID], files: ["hello"] });
  const [document] = server.events.of("document");
  const [file] = server.events.of("file");
  assert(document !== undefined && file !== undefined);
  assertEquals(document.document.id, file.file.id);
  assert(isUuidV7(file.file.id));
  // The time of the token, which has whole seconds.
  assertEquals(document.document.madeAtMs, uuidTimeMs(file.file.id));
  assertEquals(document.document.madeAtMs % 1000, 0);
  assertEquals([document.document.source, file.file.source], ["127.0.0.1", "127.0.0.1"]);
  assertEquals(server.events.of("message"), []);
});

test("dict: a dictionary of counts is a manifest", async () => {
  await using server = await start();
  assertEquals(await sendByDict(server.endpoint, '{"Kiel": 3, "Bonn": 4}', dataToken("x")), BOTH);
  const { manifest } = server.events.of("manifest")[0]!;
  assertEquals(manifest.entries, [{ city: "Kiel", wagons: 3 }, { city: "Bonn", wagons: 4 }]);
  assertEquals(server.events.of("document"), []);
});

test("dict: a file is called by its time and its sender, or as the server says", async () => {
  await using server = await start();
  using client = await DictClient.connect(server.endpoint);
  await client.send(JSON_TEXT, dataToken("x"));
  const { file } = server.events.of("file")[0]!;
  assertMatch(file.name, /^dict-\d{4}-\d\d-\d\dT\d{6}-127\.0\.0\.1-\d+\.txt$/);
  assert(file.name.endsWith(`-${client.address.replace(":", "-")}.txt`), file.name);

  await using other = await start({ dictFileName: "notes.txt" });
  await sendByDict(other.endpoint, JSON_TEXT, dataToken("x"));
  await sendByDict(other.endpoint, JSON_TEXT, dataToken("y"));
  assertEquals(other.events.of("file").map(({ file }) => file.name), ["notes.txt", "notes.txt"]);
});

test("dict: a dictionary alone is kept where it is trusted, and the line does not say more", async () => {
  await using open = await start({ isOpen: true });
  await using local = await withoutKey();
  for (const server of [open, local]) {
    for (const text of [JSON_TEXT, `${JSON_TEXT}\n`, "Kiel = 3\n"]) {
      assertEquals(await sendByDict(server.endpoint, text), DATA);
    }
    const { dictionaries, files } = await keptIn(server.store);
    assertEquals([dictionaries, files], [[{ Kiel: 3 }, SAID, SAID], []]);
    const ids = server.events.of("document").map(({ document }) => document.id);
    assertNotEquals(ids[0], ids[1]);
  }
});

test("dict: a server without a key keeps the dictionary and says that it cannot open the file", async () => {
  await using server = await withoutKey();
  assertEquals(
    await sendByDict(server.endpoint, JSON_TEXT, dataToken("x")),
    `${NOT_STORED}this server has no key to open it.\n`,
  );
  assertEquals(await keptIn(server.store), { dictionaries: [SAID], files: [] });
});

test("dict: when the file cannot be kept, the line says so, and the next time it is", async () => {
  await using server = await start();
  const token = dataToken("hello");
  server.store.failure = new NoRoomError("All files together would take more than they may");
  assertEquals(
    await sendByDict(server.endpoint, JSON_TEXT, token),
    `${NOT_STORED}All files together would take more than they may.\n`,
  );
  server.store.failure = new Error("the disk is broken");
  assertEquals(
    await sendByDict(server.endpoint, JSON_TEXT, token),
    `${NOT_STORED}The server could not store the file. Try again later.\n`,
  );
  assertEquals(server.events.of("fault").length, 1);
  server.store.failure = undefined;
  assertEquals(await sendByDict(server.endpoint, JSON_TEXT, token), BOTH);
  assertEquals(await keptIn(server.store), { dictionaries: [SAID], files: ["hello"] });
});

test("dict: a file that is longer than the server keeps is not kept", async () => {
  await using server = await start({ maxFileBytes: 10 });
  assertMatch(
    await sendByDict(server.endpoint, JSON_TEXT, dataToken("x".repeat(11))),
    /^Data received successfully\. The file was not stored: It has 11 bytes: .* at most 10B\.\n$/,
  );
  assertEquals(await sendByDict(server.endpoint, JSON_TEXT, dataToken("x".repeat(10))), BOTH);
});

test("dict: an empty file is one", async () => {
  await using server = await start();
  assertEquals(await sendByDict(server.endpoint, JSON_TEXT, dataToken("")), BOTH);
  assertEquals(await keptIn(server.store), { dictionaries: [SAID], files: [""] });
});

test("dict: white space between the parts and behind them is none of them", async () => {
  await using server = await start();
  for (const space of ["\n", " \r\n\t"]) {
    const answer = await sendByDict(server.endpoint, JSON_TEXT, space, dataToken("x"), space);
    assertEquals(answer, BOTH);
  }
});

test("dict: when the dictionary is refused nothing is kept", async () => {
  await using server = await start();
  for (const text of ['{"a": 1, "a": 2', "[1, 2]", '{"a"', "no manifest\n"]) {
    const answer = await sendByDict(server.endpoint, text, dataToken("x"));
    assertMatch(answer, /^Refused: .*\.\n$/, text);
  }
  assertEquals(await keptIn(server.store), { dictionaries: [], files: [] });
  assertEquals(server.events.of("refused").length, 4);
});

test("dict: who connects and closes is nobody", async () => {
  await using server = await start();
  assertEquals(await sendByDict(server.endpoint), "");
  assertEquals((await server.events.wait("disconnected")).reason, "closed the connection");
  assertEquals([server.events.of("refused"), server.events.of("fault")], [[], []]);
});

test("dict: a client that closes at once, and reads nothing, is served", async () => {
  await using server = await start();
  const client = await DictClient.connect(server.endpoint);
  await client.write(JSON_TEXT);
  await client.write(dataToken("hello"));
  client.close();
  await server.events.wait("file");
  await server.events.wait("disconnected");
  assertEquals(await keptIn(server.store), { dictionaries: [SAID], files: ["hello"] });
  assertEquals(server.events.of("fault"), []);
});

test("dict: a server that stops answers who has sent all, and refuses the others", async () => {
  const server = await start();
  using begun = await DictClient.connect(server.endpoint);
  await begun.write(JSON_TEXT);
  using whole = await DictClient.connect(server.endpoint);
  await server.events.wait("connected", 2);
  server.store.isHolding = true;
  await whole.write(JSON_TEXT);
  await whole.write(dataToken("x"));
  await whole.conn.closeWrite();
  while (server.hub.running === 0) await new Promise((resolve) => setTimeout(resolve));
  const drained = server.hub.drain();
  server.store.heldDocuments[0]!.resolve({ storedAtMs: 1, duplicate: false });
  await drained;
  assertEquals(await whole.answer(), BOTH);
  assertEquals(await begun.answer(), "Refused: This server is stopping.\n");
  begun.close();
  whole.close();
  await server.finished;
});

test("dict: bytes are counted", async () => {
  await using server = await start();
  const token = dataToken("hello");
  await sendByDict(server.endpoint, JSON_TEXT, token);
  await server.events.wait("disconnected");
  const { receivedBytes, sentBytes, tokens, proven } = server.hub.tally.of("dict");
  assertEquals([receivedBytes, sentBytes], [JSON_TEXT.length + token.length, BOTH.length]);
  assertEquals([tokens.byKind.dictionary, proven], [1, 1]);
});

test("dict: what comes without a token is counted and told too", async () => {
  await using server = await TestServer.start({ scheme: "dict", hub: { traceRequests: true } });
  await sendByDict(server.endpoint, JSON_TEXT);
  await sendByDict(server.endpoint, JSON_TEXT, dataToken("x"));
  assertEquals(server.hub.tally.of("dict").tokens.byKind.dictionary, 2);
  assertEquals(server.events.of("request").map(({ kind }) => kind), ["dictionary", "dictionary"]);
});
