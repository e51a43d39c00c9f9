/**
 * What attackers do who see all that goes over the line, and have no key: nothing of theirs is kept,
 * and they learn nothing.
 */

import { assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { sendByDict } from "../helpers/dict_client.ts";
import { HttpClient } from "../helpers/http_client.ts";
import { keptIn } from "../helpers/kept.ts";
import { KEY, OTHER_KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { dataToken, opened, SERVER_SEAL, token } from "../helpers/tokens.ts";
import { UdpClient } from "../helpers/udp_client.ts";
import { WebSocketClient } from "../helpers/websocket_client.ts";

const BOTH = "Data and file received successfully.\n";
const NOT_TAKEN =
  "Refused: The token is not taken: it has to be made with this server's key, within its --token-life " +
  "(5 minutes, if it is not set) by both clocks, and used for nothing else.\n";
const ANNS = '{"yard": "North"}';
const EVES = '{"yard": "nowhere"}';

const start = (hub: TestServerOptions["hub"] = {}) =>
  TestServer.start({ scheme: "dict", hub: { key: KEY, ...hub } });
const NOTHING = { dictionaries: [], files: [] };

test("dict: a server with a key refuses a dictionary alone, and says what to do", async () => {
  await using server = await start();
  const answer = await sendByDict(server.endpoint, ANNS);
  assertStringIncludes(answer, "Refused: This server has a key");
  assertStringIncludes(answer, "--file");
  assertEquals(await keptIn(server.store), NOTHING);
});

/** Tokens that prove nothing, and what the log says of them. */
const worthless: [what: string, make: () => string, why: string][] = [
  ["of another key", () => dataToken("x", { key: OTHER_KEY }), "with another key"],
  ["that was changed", () => flip(dataToken("x")), "was changed"],
  ["that is cut off", () => dataToken("x").slice(0, -4), "A Fernet token"],
  ["that is too old", () => dataToken("x", { ageS: 301 }), "301 s ago"],
  ["from the future", () => dataToken("x", { ageS: -400 }), "ahead"],
  ["of a message that was overheard", () => token({ text: "hello" }), "is a message"],
  ["of a command that was overheard", () => token({ cmd: "ping" }), "is a message"],
  ["that a server has sent to a stranger", () => SERVER_SEAL.seal({ cmd: "ping" }), "is a message"],
  ["with a part of a message", () => dataToken(' \n{"cmd": null}'), "is a message"],
];

for (const [what, make, why] of worthless) {
  test(`dict: a token ${what} proves nothing, and says nothing`, async () => {
    for (const isOpen of [false, true]) {
      await using server = await start({ isOpen });
      assertEquals(await sendByDict(server.endpoint, EVES, make()), NOT_TAKEN);
      assertEquals(await keptIn(server.store), NOTHING);
      assertEquals(server.events.of("sealed"), []);
      assertStringIncludes(server.events.of("refused")[0]!.text, why);
    }
  });
}

test("dict: the same bytes again are answered as before, and kept once", async () => {
  await using server = await start();
  const overheard = dataToken("hello");
  for (let i = 0; i < 3; i++) {
    assertEquals(await sendByDict(server.endpoint, ANNS, overheard), BOTH);
  }
  const both = { dictionaries: [{ yard: "North" }], files: ["hello"] };
  assertEquals(await keptIn(server.store), both);
  assertEquals(server.events.of("document").map(({ duplicate }) => duplicate), [false, true, true]);
  assertEquals(server.events.of("file").map(({ duplicate }) => duplicate), [false, true, true]);
  // The first one has shown that it has the key; the others have a token.
  assertEquals(server.events.of("sealed").length, 1);
});

for (const eves of [EVES, '{"Kiel": 1}']) {
  test(`dict: a token that was used is not taken with ${eves}`, async () => {
    await using server = await start();
    const overheard = dataToken("hello");
    assertEquals(await sendByDict(server.endpoint, ANNS, overheard), BOTH);
    assertEquals(await sendByDict(server.endpoint, eves, overheard), NOT_TAKEN);
    const both = { dictionaries: [{ yard: "North" }], files: ["hello"] };
    assertEquals(await keptIn(server.store), both);
    assertStringIncludes(server.events.of("refused")[0]!.text, "used before");
  });
}

test("dict: a token that was used for a manifest is not taken for another one, or a document", async () => {
  await using server = await start();
  const overheard = dataToken("hello");
  assertEquals(await sendByDict(server.endpoint, '{"Kiel": 1}', overheard), BOTH);
  for (const eves of ['{"Kiel": 2}', '{"Bonn": 1}', EVES]) {
    assertEquals(await sendByDict(server.endpoint, eves, overheard), NOT_TAKEN);
  }
  assertEquals((await keptIn(server.store)).dictionaries, [{ Kiel: 1 }]);
});

test("dict: of two that use a token at once one is kept", async () => {
  await using server = await start();
  const overheard = dataToken("hello");
  const answers = await Promise.all(
    [ANNS, EVES, '{"Kiel": 1}', ANNS].map((text) => sendByDict(server.endpoint, text, overheard)),
  );
  const { dictionaries, files } = await keptIn(server.store);
  assertEquals([dictionaries.length, files], [1, ["hello"]]);
  for (const answer of answers) assertEquals([BOTH, NOT_TAKEN].includes(answer), true, answer);
  assertEquals(answers.includes(BOTH) && answers.includes(NOT_TAKEN), true);
});

test("dict: a token that was used is not taken either after the server was started anew", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wagons-test-" });
  try {
    const overheard = dataToken("hello");
    for (const [i, text] of [ANNS, EVES, '{"Kiel": 1}', ANNS].entries()) {
      const store = openSqliteStore(`${folder}/wagons.db`, { makeFolder: false, key: undefined });
      {
        await using server = await start({ store });
        const answer = await sendByDict(server.endpoint, text, overheard);
        assertEquals(answer, text === ANNS ? BOTH : NOT_TAKEN, `${i}`);
      }
      const both = { dictionaries: [{ yard: "North" }], files: ["hello"] };
      assertEquals(await keptIn(store), both);
      store.close();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("dict: a file's token is worth nothing by http, and a dictionary's token nothing by dict", async () => {
  await using server = await start();
  await using http = await server.alsoListen("http");
  using client = await HttpClient.connect(http.endpoint);
  const file = dataToken('{"text": "for one file only"}');
  assertEquals(await sendByDict(server.endpoint, ANNS, file), BOTH);
  const asMessage = (await client.ask("POST", "/message", file))!;
  assertEquals(opened(asMessage.body).cmd, "error");
  const asDictionary = (await client.ask("POST", "/dictionary", file))!;
  assertEquals([asDictionary.status, opened(asDictionary.body).args], [403, "forbidden"]);

  const posted = dataToken('{"posted": true}');
  assertEquals((await client.ask("POST", "/dictionary", posted))!.status, 200);
  assertEquals(await sendByDict(server.endpoint, EVES, posted), NOT_TAKEN);
  const { dictionaries, files } = await keptIn(server.store);
  assertEquals(dictionaries, [{ yard: "North" }, { posted: true }]);
  assertEquals(files.length, 1);
  // What was overheard has not made anybody trusted.
  assertEquals(server.events.of("sealed").length, 2);
});

test("dict: a token is good for the bytes that it first came with, whatever became of them", async () => {
  await using server = await start();
  const overheard = dataToken("hello");
  const anns = '{"a": 1, "a": 2}';
  const refused = await sendByDict(server.endpoint, anns, overheard);
  assertStringIncludes(refused, "twice");
  for (const eves of [EVES, '{"Kiel": 1}', '{"a": 1, "a": 3}', `${anns.slice(0, -1)} }`]) {
    assertEquals(await sendByDict(server.endpoint, eves, overheard), NOT_TAKEN);
  }
  // Who has made it is told again what is wrong.
  assertEquals(await sendByDict(server.endpoint, anns, overheard), refused);
  assertEquals(await keptIn(server.store), NOTHING);
  assertEquals(server.events.of("sealed").length, 1);
});

test("dict: what could not be stored is stored when the same bytes come again", async () => {
  await using server = await start();
  const overheard = dataToken("hello");
  server.store.isHolding = true;
  const refused = sendByDict(server.endpoint, ANNS, overheard);
  while (server.store.heldDocuments.length === 0) await new Promise((done) => setTimeout(done));
  server.store.heldDocuments[0]!.reject(new Error("the disk is full"));
  assertStringIncludes(await refused, "could not store it");
  server.store.isHolding = false;
  assertEquals(await sendByDict(server.endpoint, EVES, overheard), NOT_TAKEN);
  assertEquals(await sendByDict(server.endpoint, ANNS, overheard), BOTH);
  const both = { dictionaries: [{ yard: "North" }], files: ["hello"] };
  assertEquals(await keptIn(server.store), both);
});

for (const path of ["/dictionary", "/message", "/ws"]) {
  test(`dict: a file's token that went to ${path} is good for nothing by dict`, async () => {
    await using server = await start();
    await using http = await server.alsoListen("http");
    const overheard = dataToken("a file");
    if (path === "/ws") {
      using client = await WebSocketClient.connect(http.endpoint);
      await client.send(overheard);
      await server.events.wait("refused");
      client.close();
    } else {
      using client = await HttpClient.connect(http.endpoint);
      assertEquals((await client.ask("POST", path, overheard))?.status, 400);
    }
    assertEquals(await sendByDict(server.endpoint, EVES, overheard), NOT_TAKEN);
    assertEquals(await keptIn(server.store), NOTHING);
  });
}

test("dict: a file's token that went to udp is good for nothing by dict", async () => {
  await using server = await start();
  await using udp = await server.alsoListen("udp");
  const overheard = dataToken("a file");
  await using client = await UdpClient.open(udp.endpoint);
  await client.send(overheard);
  await server.events.wait("dropped");
  assertEquals(await sendByDict(server.endpoint, EVES, overheard), NOT_TAKEN);
  assertEquals(await keptIn(server.store), NOTHING);
});

test("dict: peers of other machines are refused at once where no token can help", async () => {
  await using server = await TestServer.start({ scheme: "dict" });
  const denial = server.hub.gate.parcel(
    {
      info: { isLoopback: false },
      isProven: false,
      hasToken: false,
    } as Parameters<typeof server.hub.gate.parcel>[0],
  );
  assertNotEquals(denial, undefined);
  assertStringIncludes(denial![1], "from its own machine only");
});

/** Another token of as many characters. */
function flip(text: string): string {
  const at = text.length - 10;
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}
