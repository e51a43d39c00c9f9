/**
 * Slow, broken and hostile peers of the `dict` listener: each is gone within its time, is told why in
 * one line, and nobody else notices.
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { MAX_DICT_TOKEN_BYTES } from "../../lib/limits/dict.ts";
import { MAX_DICTIONARY_BYTES } from "../../lib/limits/formats.ts";
import { DictClient, sendByDict } from "../helpers/dict_client.ts";
import { keptIn } from "../helpers/kept.ts";
import { ResettableClient } from "../helpers/resettable.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { dataToken } from "../helpers/tokens.ts";

const start = (options: TestServerOptions = {}) =>
  TestServer.start({ scheme: "dict", hub: { key: KEY }, ...options });
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Somebody else is served. */
async function assertServes(server: TestServer): Promise<void> {
  assertEquals(
    await sendByDict(server.endpoint, '{"a": "b"}', dataToken("x")),
    "Data and file received successfully.\n",
  );
}

/** Before so many bytes what looks like JSON or XML could still become the name of a city. */
const PAD = " ".repeat(9_000);
const LONG = `{"a": "b"${PAD}}`;

/** What is refused as soon as it has come, while the peer leaves its side open. */
const broken: [what: string, bytes: Uint8Array, line: RegExp][] = [
  ["a pickle that names a function", ascii("\x80\x04cos\nsystem\n"), /GLOBAL/],
  ["a pickle of protocol 0 that does", ascii("cos\nsystem\n(S'ls'\ntR."), /GLOBAL/],
  ["a pickle with INST", ascii("\x80\x02(S'ls'\nios\nsystem\n."), /INST/],
  ["JSON that is none", ascii(`{${PAD}"a": nope`), /stands where/],
  ["a name that is no text", ascii(`{${PAD}1: 2}`), /name in quotes/],
  ["XML with a DTD", ascii(`<!DOCTYPE a [<!ENTITY b 'c'>]>${PAD}<a/>`), /DTD|DOCTYPE|declaration/],
  ["what is behind the dictionary", ascii(`${LONG}x`), /0x78 stands in none there/],
  ["what is in the token", ascii(`${LONG}gAAAAA%`), /0x25 stands in none there/],
  ["a frame of no format", ascii("\0\0\0\x01\x07x"), /of the format 7, and a dictionary/],
  ["a frame of a token first", ascii("\0\0\0\x01\0x"), /of the format 0, and a dictionary/],
  ["two dictionaries in frames", ascii("\0\0\0\x02\x02{}\0\0\0\x02\x02{}"), /2, and a token/],
  ["a frame that is too long", ascii("\0\0\0\x02\x02{}\x7f\xff\xff\xff\0"), /at most 32MiB/],
];

for (const [what, bytes, line] of broken) {
  test(`dict: ${what} is refused at once, whatever else would come`, async () => {
    await using server = await start();
    using client = await DictClient.connect(server.endpoint);
    await client.write(bytes);
    const answer = await client.answer();
    assertMatch(answer, /^Refused: [^\n]*\.\n$/);
    assertMatch(answer, line);
    client.close();
    const { reason } = await server.events.wait("disconnected");
    assertMatch(reason, line);
    assertEquals(await keptIn(server.store), { dictionaries: [], files: [] });
    await assertServes(server);
  });
}

/** Sends pieces for as long as they are taken; gives what was said, and how much was sent. */
async function flood(
  server: TestServer,
  first: string,
  piece: Uint8Array,
): Promise<{ answer: string; sent: number }> {
  using client = await DictClient.connect(server.endpoint);
  let sent = 0;
  const writing = (async () => {
    await client.write(first);
    for (; sent < 200 * 1024 * 1024; sent += piece.length) await client.write(piece);
  })().catch(() => {
    // It takes no more.
  });
  const answer = await client.answer();
  client.close();
  await writing;
  return { answer, sent };
}

test("dict: a dictionary that does not end is refused when it is too long", async () => {
  await using server = await start();
  const piece = ascii('"0123456789abcdef", '.repeat(3_000));
  const { answer, sent } = await flood(server, '{"a": [', piece);
  assertMatch(answer, /^Refused: This is no dictionary that is taken: [^\n]*16777216[^\n]*\.\n$/);
  assert(sent >= MAX_DICTIONARY_BYTES, `${sent}`);
  await assertServes(server);
});

test("dict: a token that does not end is refused when it is too long", async () => {
  await using server = await start();
  const { answer, sent } = await flood(server, '{"a": "b"}g', ascii("A".repeat(256 * 1024)));
  assertEquals(answer, "Refused: This is too long: a token has at most 32MiB here.\n");
  assert(sent >= MAX_DICT_TOKEN_BYTES, `${sent}`);
  await assertServes(server);
});

test("dict: who says nothing is sent away", async () => {
  await using server = await start({ listener: { handshakeTimeoutMs: 300 } });
  using client = await DictClient.connect(server.endpoint);
  assertEquals(await client.answer(), "Refused: Nothing came within 300 ms.\n");
  client.close();
  assertEquals((await server.events.wait("disconnected")).reason, "nothing came within 300 ms");
});

test("dict: who sends a byte now and then has no more time than others", async () => {
  await using server = await start({ listener: { frameTimeoutMs: 400 } });
  using client = await DictClient.connect(server.endpoint);
  await client.write('{"a": "');
  let isOver = false;
  const dripping = (async () => {
    while (!isOver) {
      await client.write("x");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })().catch(() => {
    // It was sent away.
  });
  assertEquals(await client.answer(), "Refused: Too little came within 400 ms.\n");
  isOver = true;
  client.close();
  await dripping;
  assertEquals((await server.events.wait("disconnected")).reason, "too little came within 400 ms");
  await assertServes(server);
});

test("dict: a peer that resets its connection in the middle is forgotten", async () => {
  await using server = await start();
  const client = await ResettableClient.connect(server.endpoint);
  await client.send(ascii('{"a": '));
  await server.events.wait("connected");
  await client.reset();
  await server.events.wait("disconnected");
  assertEquals(server.events.of("fault"), []);
  await assertServes(server);
});

test("dict: what a peer has sent is shown without its line breaks", async () => {
  await using server = await start();
  const answer = await sendByDict(server.endpoint, '{"a\\nb\\u001b": 1, "a\\nb\\u001b": 2}');
  assertMatch(answer, /^Refused: [^\p{Cc}]*\n$/u);
});

test("dict: frames that end in the middle are refused", async () => {
  await using server = await start();
  for (const bytes of ["\0", "\0\0\0\x02\x02{", "\0\0\0\x02\x02{}\0\0"]) {
    const answer = await sendByDict(server.endpoint, ascii(bytes));
    assertMatch(answer, /^Refused: .* ends in the middle of a frame\.\n$/, JSON.stringify(bytes));
  }
});
