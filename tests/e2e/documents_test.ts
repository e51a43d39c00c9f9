/**
 * `wagons documents`, and `manifests show` in other formats.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { RefusedError } from "../../lib/errors.ts";
import { dictionaryOf } from "../../lib/formats/entries.ts";
import { FORMAT_NAMES } from "../../lib/formats/format.ts";
import { jsonFormat } from "../../lib/formats/json.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import type { Dictionary } from "../../lib/formats/value.ts";
import { formatKeyId, keyId } from "../../lib/seal/key.ts";
import type { Document } from "../../lib/store/document_store.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import type { DocumentMessage } from "../../lib/wire/messages.ts";
import { sampleDocument, sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { StoreSpace } from "./store_space.ts";
import { jsonLines } from "./workspace.ts";

const STORE = ["--store", "yard/wagons.db"];
const KEY = formatKeyId(keyId(sampleKey(1)));
/** What could steer a terminal, or turn a text around. */
const HARMFUL = "\x1b[31m\u202e\u009b2J\r\n";

async function fill(space: StoreSpace, documents: readonly Document[], key?: Uint8Array) {
  const store = openSqliteStore(space.store, { key });
  for (const document of documents) await store.addDocument(document);
  store.close();
}

Deno.test("documents by tcp are printed, listed and shown; manifests are told apart", async () => {
  await using space = await new StoreSpace();
  const server = await space.serve([...STORE, "--log-file", "serve.log"]);
  const document = sampleDocument(1);
  const { id, source, madeAtMs, dictionary } = document;
  const send = async (dictionary: Dictionary | Uint8Array, id: string) => {
    const json = dictionary instanceof Uint8Array ? dictionary : jsonFormat.write(dictionary);
    return await ask(server.url, { kind: "document", id, source, madeAtMs, json });
  };
  const answers = [
    await send(dictionary, id),
    await send(dictionary, id),
    await send(new Map([["Köln", 7]]), sampleId(2)),
    await send(new Map(), id),
    await send(new TextEncoder().encode('{"a": 1, "a": 2}'), sampleId(3)),
  ];
  assertEquals(answers.slice(0, 3), ["stored", "stored before", "stored"]);
  assertStringIncludes(answers[3]!, `Another document has the id ${id}, which says`);
  assertMatch(answers[4]!, /It is no dictionary in JSON: .*twice/);
  const { events, code } = await server.stop();
  assertEquals(code, 0);
  const json = new TextDecoder().decode(jsonFormat.write(dictionary));
  const told = events.filter(({ event }) => event === "document" || event === "manifest");
  assertEquals(told.map(({ event, duplicate }) => [event, duplicate]), [
    ["document", false],
    ["document", true],
    ["manifest", false],
  ]);
  const { storedAt, peer, ...rest } = told[0]!;
  assert(typeof storedAt === "string" && typeof peer === "string");
  assertEquals(rest, {
    ...{
      event: "document",
      duplicate: false,
      id,
      source,
      madeAt: new Date(madeAtMs).toISOString(),
    },
    dictionary: JSON.parse(json),
  });
  const log = await Deno.readTextFile(space.path("serve.log"));
  assertEquals(log.match(/document .*names=3/g)?.length, 2, log);

  const list = await space.expect(0, ["documents", "list", ...STORE]);
  assertEquals(
    [list.stdout, list.stderr],
    [`${id}  ${storedAt}  3 names  Yard 7\n`, ""],
  );
  const listed = await space.expect(0, ["documents", "list", "--json", ...STORE]);
  const madeAt = new Date(madeAtMs).toISOString();
  assertEquals(jsonLines(listed.stdout) as unknown[], [{ id, source, storedAt, madeAt, names: 3 }]);
  const shown = await space.expect(0, ["documents", "show", id, ...STORE]);
  assertEquals(
    shown.stdout,
    `# wagons: dictionary\n# ${id} from Yard 7, ${madeAt}\n"поезд" = "№ 1"\n"wagons" = 1\n` +
      `"load" = [1.0,1.5,null,true,${2n ** 70n},{"inner":-0.0}]\n`,
  );
  // It is itself a text that reads as the same.
  assertEquals(formatOf("text").read(new TextEncoder().encode(shown.stdout)), dictionary);
  const asJson = await space.expect(0, ["documents", "show", id.slice(0, 13), "--json", ...STORE]);
  const members = { storedAt, id, source, madeAt };
  assertEquals(asJson.stdout, `${JSON.stringify(members).slice(0, -1)},"dictionary":${json}}\n`);
  const manifests = await space.expect(0, ["manifests", "totals", ...STORE]);
  assertEquals(manifests.stdout, "Köln = 7\n");
  const info = await space.expect(0, ["store", "info", ...STORE]);
  assertStringIncludes(info.stdout, "manifests  1\ndocuments  1\nmessages   0\n");
});

/** Sends a document in a connection of its own; gives what is answered. */
async function ask(url: string, message: DocumentMessage): Promise<string> {
  using connection = await WireConnection.open(parseEndpoint(url));
  try {
    const { duplicate } = await connection.request(message, "receipt");
    return duplicate ? "stored before" : "stored";
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return error.message;
  }
}

Deno.test("documents list and show: times, beginnings of ids, and what is not there", async () => {
  await using space = await new StoreSpace();
  const missing = await space.expect(2, ["documents", "list", ...STORE]);
  assertStringIncludes(missing.stderr, "There is no store at yard/wagons.db");
  await fill(space, [1, 2, 3].map((n) => sampleDocument(n)));
  const run = (code: number, ...args: string[]) =>
    space.expect(code, ["documents", ...args, ...STORE]);
  const listed = async (...args: string[]) =>
    (await run(0, "list", ...args)).stdout.split("\n").filter(Boolean).length;
  assertEquals([await listed(), await listed("--since", "1h")], [3, 3]);
  assertEquals([await listed("--until", "1h"), await listed("--since", "2999-01-01")], [0, 0]);
  assertStringIncludes(
    (await run(2, "list", "--since", "soon")).stderr,
    '--since: "soon" is no time',
  );
  assertStringIncludes((await run(0, "show", sampleId(2).toUpperCase())).stdout, '"wagons" = 2');
  const several = await run(6, "show", sampleId(2).slice(0, 8));
  assertStringIncludes(several.stderr, "3 documents have ids that begin with");
  const none = await run(6, "show", "ffff");
  assertStringIncludes(none.stderr, "There is no document with the id ffff");
  assertStringIncludes(none.stderr, "wagons documents list shows the ids");
  // A manifest is none.
  assertStringIncludes(
    (await space.expect(6, ["manifests", "show", sampleId(1), ...STORE])).stderr,
    "There is no manifest",
  );
});

Deno.test("documents without the key: ids and times, and no more", async () => {
  await using space = await new StoreSpace();
  await fill(space, [1, 2].map((n) => sampleDocument(n)), sampleKey(1));
  assertEquals(space.found("поезд", "Yard 7"), []);
  const list = await space.expect(0, ["documents", "list", ...STORE]);
  const lines = list.stdout.trim().split("\n").map((line) => line.split("  "));
  assertEquals(lines.map(([id, , sealed]) => [id, sealed]), [
    [sampleId(1), "sealed"],
    [sampleId(2), "sealed"],
  ]);
  assertStringIncludes(list.stderr, `2 of 2 documents are sealed with the key ${KEY}`);
  const json = await space.expect(0, ["documents", "list", "--json", ...STORE]);
  assertEquals(Object.keys(jsonLines(json.stdout)[0]!), ["id", "storedAt", "sealed"]);
  const show = ["documents", "show", sampleId(1), ...STORE];
  const { stdout, stderr } = await space.expect(5, show);
  assertEquals(stdout, "");
  assertStringIncludes(stderr, `2 of 2 documents in the store yard/wagons.db are sealed`);
  const open = await space.expect(0, [...show, "--store-key-file", "old.key"]);
  assertStringIncludes(open.stdout, '"wagons" = 1');
  // And with another key, after it was changed.
  const change = ["--store-key-file", "old.key", "--new-store-key-file", "new.key"];
  const changed = await space.expect(0, ["store", "rekey", ...STORE, ...change]);
  assertStringIncludes(changed.stdout, "4 records changed");
  await space.expect(5, [...show, "--store-key-file", "old.key"]);
  assertEquals(
    (await space.expect(0, [...show, "--store-key-file", "new.key"])).stdout,
    open.stdout,
  );
});

Deno.test("documents show and manifests show write every format exactly", async () => {
  await using space = await new StoreSpace();
  const { dictionary } = sampleDocument(1);
  const harmful = new Map([...dictionary, [`name ${HARMFUL}`, `text ${HARMFUL}`]]);
  await fill(space, [sampleDocument(1, { dictionary: harmful })]);
  const store = openSqliteStore(space.store);
  const manifest = sampleManifest(2);
  await store.addManifest(manifest);
  store.close();
  for (
    const [command, id, expected] of [
      ["documents", sampleId(1), harmful],
      ["manifests", sampleId(2), dictionaryOf(manifest.entries)],
    ] as const
  ) {
    for (const format of FORMAT_NAMES) {
      // What MessagePack has no number for.
      const isUnsaid = format === "msgpack" && command === "documents";
      const args = [command, "show", id, "--format", format, ...STORE];
      const { code, stdout, stderr } = await space.runForBytes(args);
      if (isUnsaid) {
        assertEquals([code, stdout.length], [6, 0]);
        assertStringIncludes(stderr, "Cannot write it as msgpack: ");
        continue;
      }
      assertEquals([code, stderr], [0, ""], format);
      assertEquals(formatOf(format).read(stdout), expected, format);
    }
    const args = [command, "show", id, ...STORE];
    for (const protocol of [2, 3, 4]) {
      const pickle = ["--format", "pickle", "--pickle-protocol", String(protocol)];
      const { stdout } = await space.runForBytes([...args, ...pickle]);
      assertEquals([...stdout.subarray(0, 2)], [0x80, protocol]);
      assertEquals(formatOf("pickle").read(stdout), expected);
    }
  }
  const show = (...flags: string[]) =>
    space.expect(0, ["manifests", "show", sampleId(2), ...flags, ...STORE]);
  const text = await show();
  assertEquals(text, await show("--format", "text"));
  assertStringIncludes(text.stdout, "\nKöln = 2\nŁódź = 4294967295\n");
  const json = (await show("--format", "json")).stdout;
  assertEquals(json, '{"Köln":2,"Łódź":4294967295}\n');
  const { entries, id } = JSON.parse((await show("--json")).stdout);
  assertEquals([id, entries], [sampleId(2), { Köln: 2, Łódź: 4_294_967_295 }]);
});

const USAGE: [string, string[], string[]][] = [
  ["no such format", ["--format", "yaml"], ["--format", '"yaml"', "text, json, xml, msgpack"]],
  ["two forms", ["--format", "json", "--json"], ["--json and --format are both set"]],
  ["a protocol of no pickle", ["--pickle-protocol", "2"], [
    "--pickle-protocol does nothing for text",
  ]],
  ["no such protocol", ["--format", "pickle", "--pickle-protocol", "5"], [
    "--pickle-protocol",
    "5",
  ]],
];
for (const [name, flags, says] of USAGE) {
  Deno.test(`documents show and manifests show: ${name} is a usage error`, async () => {
    await using space = await new StoreSpace();
    await fill(space, [sampleDocument(1)]);
    for (const command of ["documents", "manifests"]) {
      const run = await space.expect(2, [command, "show", sampleId(1), ...flags, ...STORE]);
      assertEquals(run.stdout, "");
      for (const text of says) assertStringIncludes(run.stderr, text);
    }
  });
}

Deno.test({
  name: "on a terminal nothing of a document steers it, and no bytes are shown (needs script)",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using space = await new StoreSpace();
    const dictionary = new Map<string, string>([[`n${HARMFUL}`, `t${HARMFUL}`]]);
    const source = "yard\u202e";
    await fill(space, [sampleDocument(1, { dictionary, source })]);
    const onTerminal = async (...flags: string[]) => {
      const child = space.spawnInTerminal(["documents", ...flags, ...STORE]);
      const { stdout, code } = await child.output();
      return { code, shown: new TextDecoder().decode(stdout) };
    };
    for (const format of ["text", "json", "xml", "csv"]) {
      const { code, shown } = await onTerminal("show", sampleId(1), "--format", format);
      assertEquals(code, 0, shown);
      // The terminal itself makes line breaks of two characters.
      assert(!/[^\r\n\P{Cc}]|\u202e/u.test(shown), JSON.stringify(shown));
      // As \\u202e, \\u{202e} or &#8238;.
      assertMatch(shown, /202e|8238/);
    }
    assertStringIncludes((await onTerminal("list")).shown, "yard\\u{202e}");
    for (const format of ["msgpack", "pickle"]) {
      const { code, shown } = await onTerminal("show", sampleId(1), "--format", format);
      assertEquals(code, 2);
      assertStringIncludes(shown, `A ${format} is no text for a terminal`);
    }
  },
});

Deno.test("a document of 10 MB is sent, listed and shown", async () => {
  await using space = await new StoreSpace();
  const server = await space.serve([...STORE, "--max-frame-bytes", "16MiB"]);
  const dictionary = new Map([["long", "x".repeat(10 * 1024 * 1024)]]);
  const json = jsonFormat.write(dictionary);
  const { id, source, madeAtMs } = sampleDocument(1);
  const message = { kind: "document", id, source, madeAtMs, json } as const;
  assertEquals(await ask(server.url, message), "stored");
  assertEquals((await server.stop()).code, 0);
  const list = await space.expect(0, ["documents", "list", ...STORE]);
  assertStringIncludes(list.stdout, "1 name  Yard 7");
  const show = ["documents", "show", sampleId(1), "--format", "json", ...STORE];
  assertEquals((await space.runForBytes(show)).stdout, new Uint8Array([...json, 10]));
});
