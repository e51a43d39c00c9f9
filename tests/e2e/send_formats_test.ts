/**
 * `wagons send` with inputs of any format, by every scheme: the built program against `wagons serve`
 * and against servers of the tests.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { FORMAT_NAMES } from "../../lib/formats/format.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import { type Dictionary, float, sameValue, type Value, whole } from "../../lib/formats/value.ts";
import { MAX_DICT_TOKEN_BYTES } from "../../lib/limits/dict.ts";
import { formatKey } from "../../lib/seal/key.ts";
import { hostileNames } from "../helpers/hostile_names.ts";
import { OddServer, readToEnd, writeText } from "../helpers/odd_server.ts";
import { test } from "../helpers/strict.ts";
import { KEY, OTHER_KEY, PostServer, SEAL } from "../helpers/token_servers.ts";
import { type Ended, jsonLines, type RunOptions, type Server, Workspace } from "./workspace.ts";

const DONE = "Data and file received successfully.";

const MANIFEST: Dictionary = new Map([["Москва", 7], ["1941", 0], ["__proto__", 4_294_967_295]]);

const DOCUMENT: Dictionary = new Map<string, Value>([
  ["станция", "Нижний Новгород\n<&>"],
  ["больше", whole(2n ** 63n)],
  ["1.0", float(1)],
  ["__proto__", [1, 0.1, true, null, new Map([["constructor", "\u202e"]])]],
]);

/** A workspace with keys and inputs. */
class Yard extends Workspace {
  constructor() {
    super();
    Deno.writeTextFileSync(this.path("k"), formatKey(KEY), { mode: 0o600 });
    Deno.writeTextFileSync(this.path("other"), formatKey(OTHER_KEY), { mode: 0o600 });
    Deno.writeTextFileSync(this.path("notes.txt"), "Привет\r\n東京");
    for (const format of FORMAT_NAMES) {
      Deno.writeFileSync(this.path(`manifest.${format}`), formatOf(format).write(MANIFEST));
      Deno.writeFileSync(this.path(`document.${format}`), formatOf(format).write(DOCUMENT));
    }
  }

  /** Runs `wagons send` with the key. */
  async send(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return await this.run(["send", ...args], {
      ...options,
      env: { WAGONS_KEY_FILE: "k", ...options.env },
    });
  }

  /** Starts `wagons serve` with the key, by each of these schemes; gives it and its URLs. */
  async serveAll(schemes: readonly string[]): Promise<{ server: Server; urls: string[] }> {
    const listen = schemes.map((scheme) => `${scheme}://127.0.0.1:0`);
    const server = await this.serve(["--listen", ...listen, "--key-file", "k"]);
    const urls = [server.url];
    while (urls.length < schemes.length) urls.push((await server.next("listening")).url as string);
    return { server, urls };
  }

  /** What the store has of that id, read through a format that loses nothing. */
  async stored(kind: "manifests" | "documents", id: string): Promise<Dictionary> {
    const args = [kind, "show", id, "--format", "msgpack", "--store", "wagons.db"];
    const { code, stdout, stderr } = await this.runForBytes(args);
    assertEquals([code, stderr], [0, ""]);
    return formatOf("msgpack").read(stdout);
  }
}

/** The flags that go with each scheme: how a dictionary is written there is a matter of choice. */
const WAYS: Readonly<Record<string, (format: string) => string[]>> = {
  tcp: () => [],
  http: (format) => ["--format", format],
  dict: (format) => ["--format", format, "--file", "notes.txt", "--pause", "0ms"],
};

test("send: manifests and documents in every format, by tcp, http and dict, arrive as they were", async () => {
  await using space = new Yard();
  const schemes = Object.keys(WAYS);
  const { server, urls } = await space.serveAll(schemes);
  let count = 0;
  for (const [i, scheme] of schemes.entries()) {
    for (const format of FORMAT_NAMES) {
      const flags = [...WAYS[scheme]!(format), "--to", urls[i]!];
      for (const [kind, dictionary] of [["manifest", MANIFEST], ["document", DOCUMENT]] as const) {
        const what = `${kind} in ${format} by ${scheme}`;
        const { code, stdout, stderr } = await space.send([
          ...[`${kind}.${format}`, ...flags],
          "--json",
        ]);
        assertEquals([code, stderr], [0, ""], what);
        const { id } = await server.next(kind);
        const [answer] = jsonLines(stdout);
        if (scheme === "dict") assertEquals(answer, { received: true, answer: DONE } as never);
        else assertEquals([answer!.id, answer!.kind, answer!.duplicate], [id, kind, false], what);
        assert(sameValue(await space.stored(`${kind}s`, id as string), dictionary), what);
        count++;
      }
    }
  }
  assertEquals(count, 36);
  assertEquals((await server.stop()).code, 0);
});

test("send: the file that goes with a dictionary arrives to the last byte", async () => {
  await using space = new Yard();
  const { server, urls: [dict = "", tcp = ""] } = await space.serveAll(["dict", "tcp"]);
  const sent = await space.send(["document.xml", "--file", "notes.txt", "--to", dict]);
  assertEquals(sent, { code: 0, stdout: `${DONE}\n`, stderr: "" });
  const keyed = ["--key-file", "k", "--from", tcp];
  const list = await space.run(["files", "list", "--json", ...keyed]);
  const [file] = jsonLines(list.stdout);
  const got = await space.run(["files", "get", String(file!.id), "-o", "got", ...keyed]);
  assertEquals(got.code, 0, got.stderr);
  const [there, here] = ["got", "notes.txt"].map((name) => Deno.readFileSync(space.path(name)));
  assertEquals(there, here);
  assertEquals((await server.stop()).code, 0);
});

test("send: an empty file arrives, framed or not, and a framed dictionary as any", async () => {
  await using space = new Yard();
  await space.write("empty.txt", "");
  const { server, urls: [dict = "", tcp = ""] } = await space.serveAll(["dict", "tcp"]);
  for (const flags of [[], ["--framed"]]) {
    for (const file of ["empty.txt", "notes.txt"]) {
      const sent = await space.send(["document.xml", ...flags, "--file", file, "--to", dict]);
      assertEquals(sent, { code: 0, stdout: `${DONE}\n`, stderr: "" });
      const { id } = await server.next("document");
      assert(sameValue(await space.stored("documents", id as string), DOCUMENT));
    }
  }
  const list = await space.run(["files", "list", "--json", "--key-file", "k", "--from", tcp]);
  const sizes = jsonLines(list.stdout).map(({ bytes }) => bytes);
  const notes = Deno.statSync(space.path("notes.txt")).size;
  assertEquals(sizes, [0, notes, 0, notes] as never);
  assertEquals((await server.stop()).code, 0);
});

test("send: by dict without a file, a key of the environment is said to seal nothing", async () => {
  await using space = new Yard();
  await using server = new OddServer(async (conn) => {
    await readToEnd(conn);
    await writeText(conn, "Data received successfully.\n");
  });
  const to = ["--to", `dict://127.0.0.1:${server.port}`];
  const keyed = await space.send(["document.json", ...to]);
  assertEquals(keyed.code, 0);
  assertStringIncludes(keyed.stderr, "the dictionary goes in plain");
  const none = await space.send(["document.json", ...to], { env: { WAGONS_KEY_FILE: "" } });
  assertEquals([none.code, none.stderr], [0, ""]);
});

test("send: names that try something are stored like others, by each scheme", async () => {
  await using space = new Yard();
  const names = new Set(
    hostileNames().map(({ name }) => name).filter((name) => name.isWellFormed()),
  );
  const dictionary = new Map(Array.from(names, (name) => [name, [name]]));
  await space.write("names.json", formatOf("json").write(dictionary));
  const schemes = Object.keys(WAYS);
  const { server, urls } = await space.serveAll(schemes);
  for (const [i, scheme] of schemes.entries()) {
    const flags = WAYS[scheme]!(scheme === "http" ? "xml" : "pickle");
    const { code, stderr } = await space.send(["names.json", ...flags, "--to", urls[i]!]);
    assertEquals([code, stderr], [0, ""]);
    const { id } = await server.next("document");
    assert(sameValue(await space.stored("documents", id as string), dictionary), scheme);
  }
  assertEquals((await server.stop()).code, 0);
});

test("send: inputs of several formats make one manifest, and a document stands alone", async () => {
  await using space = new Yard();
  await space.write("more.txt", "Москва = 8\nnone\nОмск = 1\n");
  const { server, urls: [tcp = "", http = ""] } = await space.serveAll(["tcp", "http"]);
  const all = ["manifest.pickle", "more.txt", "manifest.csv"];
  const merged = await space.send([...all, "--to", tcp, "--json"]);
  assertEquals(merged.code, 0, merged.stderr);
  assertEquals(jsonLines(merged.stdout)[0]!.cities, 4);
  assertStringIncludes(merged.stderr, "more.txt, line 2 skipped");
  assertStringIncludes(
    merged.stderr,
    "manifest.csv: Москва stands in more.txt, line 1 already: 7 counts, not 8",
  );
  assertEquals((await server.next("manifest")).entries, {
    "Москва": 7,
    "1941": 0,
    ["__proto__"]: 4_294_967_295,
    "Омск": 1,
  });
  for (const to of [tcp, http]) {
    const strict = await space.send([...all, "--to", to, "--strict"]);
    assertEquals([strict.code, strict.stdout], [6, ""]);
    const mixed = await space.send(["document.json", "more.txt", "--to", to]);
    assertEquals([mixed.code, mixed.stdout], [6, ""]);
    assertStringIncludes(mixed.stderr, "document.json is no manifest");
  }
  // What a person may have meant as a manifest is told to be none.
  await space.write("almost.json", '{"Москва": 7, "Омск": -1}');
  const almost = await space.send(["almost.json", "--to", tcp]);
  assertEquals(almost.code, 0);
  assertMatch(almost.stdout, /^[0-9a-f-]{36} {2}stored as a document at \S+Z\n$/);
  const says = "warning: this is no manifest and is sent as a document: Омск has -1";
  assertStringIncludes(almost.stderr, says);
  const quiet = await space.send(["almost.json", "--to", http, "--quiet"]);
  assertEquals(quiet.code, 0);
  assertStringIncludes(quiet.stderr, says);
  const strict = await space.send(["almost.json", "--to", tcp, "--strict"]);
  assertEquals([strict.code, strict.stdout], [6, ""]);
  assertStringIncludes(strict.stderr, "almost.json is no manifest: Омск has -1");
  await space.write("shown.json", '{"id": "a", "storedAt": "b", "entries": {"Москва": 7}}');
  const shown = await space.send(["shown.json", "--to", tcp]);
  assertEquals(shown.code, 0);
  assertStringIncludes(shown.stderr, "--format json gives what it says");
  assertEquals((await server.stop()).code, 0);
});

test("send: a document is kept once for each id, and the id of another one is refused", async () => {
  await using space = new Yard();
  const { server, urls: [url = ""] } = await space.serveAll(["tcp"]);
  const first = await space.send(["document.json", "--to", url, "--source", "yard", "--json"]);
  const [{ id }] = jsonLines(first.stdout) as [{ event: string; id: string }];
  const again = ["--to", url, "--source", "yard", "--id", id];
  const second = await space.send(["document.pickle", ...again]);
  assertEquals([second.code, second.stderr], [0, ""]);
  assertMatch(second.stdout, /was stored before as a document, at/);
  await space.write("other.json", '{"a": "b"}');
  const other = await space.send(["other.json", ...again]);
  assertEquals([other.code, other.stdout], [5, ""], other.stderr);
  assertEquals((await server.stop()).code, 0);
});

test("send: a server of wagons that refuses is told by its words and the exit code", async () => {
  await using space = new Yard();
  const { server, urls: [http = "", dict = ""] } = await space.serveAll(["http", "dict"]);
  const wrong = { env: { WAGONS_KEY_FILE: "other" } };
  const cases: [string[], RunOptions, string][] = [
    [["--to", http], wrong, "another key"],
    [["--to", `${http}/nowhere`], {}, "404"],
    [["--to", dict, "--file", "notes.txt"], wrong, "Refused"],
    [["--to", dict], {}, "--file"],
  ];
  for (const [args, options, says] of cases) {
    const { code, stdout, stderr } = await space.send(["document.json", ...args], options);
    assertEquals([code, stdout], [5, ""], stderr);
    assertStringIncludes(stderr, says);
  }
  assertEquals((await server.stop()).code, 0);
});

test("send: by http the path and the format are those that are named, and the token opens", async () => {
  await using space = new Yard();
  const receipt = { id: "01a216ae-5308-72dc-a64d-9d83ce063178", storedAt: "2026", duplicate: true };
  const args = JSON.stringify({ ...receipt, kind: "document" });
  await using server = new PostServer(() =>
    new Response(SEAL.seal({ cmd: "dictionary", text: "stored", args }))
  );
  const url = `http://127.0.0.1:${server.endpoint.port}`;
  for (const [to, path] of [[url, "/dictionary"], [`${url}/a/b`, "/a/b"]] as const) {
    const { code, stdout, stderr } = await space.send(["document.xml", "--to", to, "--json"]);
    assertEquals([code, stderr], [0, ""]);
    const [{ id, kind, duplicate }] = jsonLines(stdout) as Record<string, unknown>[] as [
      Record<string, unknown>,
    ];
    assertEquals([id, kind, duplicate], [receipt.id, "document", true]);
    assertEquals(server.requests.at(-1)!.path, path);
  }
  for (const format of FORMAT_NAMES) {
    const { code } = await space.send(["document.xml", "--to", url, "--format", format]);
    assertEquals(code, 0);
    const { openFernet } = await import("../../lib/seal/fernet.ts");
    const { plaintext } = openFernet(KEY, server.requests.at(-1)!.body, { nowS: 0 });
    assert(sameValue(formatOf(format).read(plaintext), DOCUMENT), format);
  }
});

test("send: what a server by http answers is no receipt unless it says so in each part", async () => {
  await using space = new Yard();
  const good = { id: "a", storedAt: "b", duplicate: false, kind: "manifest" };
  const answers = [
    { cmd: "manifest", args: JSON.stringify(good) },
    { cmd: "dictionary", args: "" },
    { cmd: "dictionary", args: "null" },
    { cmd: "dictionary", args: JSON.stringify({ ...good, kind: "file" }) },
    { cmd: "dictionary", args: JSON.stringify({ ...good, duplicate: "no" }) },
    { cmd: "", text: "Welcome \u001b[2J", args: "" },
    { cmd: "error", text: "no room", args: "busy" },
  ];
  let next = 0;
  await using server = new PostServer(() => new Response(SEAL.seal(answers[next++]!)));
  const to = `http://127.0.0.1:${server.endpoint.port}`;
  for (const { cmd } of answers) {
    const { code, stdout, stderr } = await space.send(["manifest.json", "--to", to]);
    assertEquals([code, stdout], [5, ""], stderr);
    assertStringIncludes(stderr, cmd === "error" ? "no room" : "no receipt");
    assert(!stderr.includes("\u001b"), JSON.stringify(stderr));
  }
  assertEquals(next, 7);
});

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly says: readonly string[];
  readonly env?: Record<string, string>;
}

const NOBODY = "dict://127.0.0.1:1";

const CASES: readonly Case[] = [
  { name: "nobody by dict", args: ["--to", NOBODY], code: 3, says: ["127.0.0.1:1"] },
  { name: "nobody by http", args: ["--to", "http://127.0.0.1:1"], code: 3, says: ["127.0.0.1:1"] },
  { name: "a scheme for others", args: ["--to", "udp://a"], code: 2, says: ["udp://a", "dict://"] },
  {
    name: "a format by tcp",
    args: ["--to", "tcp://127.0.0.1:1", "--format", "json"],
    code: 2,
    says: ["--format does nothing for tcp://", "the protocol's own"],
  },
  {
    name: "a protocol of pickles by tls",
    args: ["--to", "tls://127.0.0.1:1", "--pickle-protocol", "2"],
    code: 2,
    says: ["--pickle-protocol does nothing for tls://"],
  },
  {
    name: "a protocol of pickles for XML",
    args: ["--to", NOBODY, "--format", "xml", "--pickle-protocol", "2"],
    code: 2,
    says: ["--pickle-protocol does nothing for xml"],
  },
  {
    name: "a file by http",
    args: ["--to", "http://127.0.0.1:1", "--file", "notes.txt"],
    code: 2,
    says: ["--file does nothing for http://", "wagons put"],
  },
  {
    name: "an id by http",
    args: ["--to", "http://127.0.0.1:1", "--id", "01a216ae-5308-72dc-a64d-9d83ce063178"],
    code: 2,
    says: ["--id does nothing for http://"],
  },
  {
    name: "a source by dict",
    args: ["--to", NOBODY, "--source", "yard"],
    code: 2,
    says: ["--source does nothing for dict://"],
  },
  {
    name: "no seal by dict",
    args: ["--to", NOBODY, "--plain"],
    code: 2,
    says: ["--plain does nothing for dict://"],
  },
  {
    name: "a key and nothing that it seals",
    args: ["--to", NOBODY, "--key-file", "k"],
    code: 2,
    says: ["--key-file does nothing without --file", "in plain"],
  },
  {
    name: "a pause before nothing",
    args: ["--to", NOBODY, "--pause", "1s"],
    code: 2,
    says: ["--pause does nothing without --file: it is the time before the file"],
  },
  {
    name: "a pause between frames",
    args: ["--to", NOBODY, "--file", "notes.txt", "--framed", "--pause", "1s"],
    code: 2,
    says: ["--pause does nothing with --framed"],
  },
  {
    name: "frames by http",
    args: ["--to", "http://127.0.0.1:1", "--framed"],
    code: 2,
    says: ["--framed does nothing for http://"],
  },
  {
    name: "no answer by tcp",
    args: ["--to", "tcp://127.0.0.1:1", "--no-answer"],
    code: 2,
    says: ["--no-answer does nothing for tcp://"],
  },
  {
    name: "a framed table",
    args: ["--to", NOBODY, "--format", "csv", "--framed"],
    code: 2,
    says: ["With --framed there is no csv", "pickle, json, xml"],
  },
  {
    name: "a pause without a unit",
    args: ["--to", NOBODY, "--file", "notes.txt", "--pause", "200"],
    code: 2,
    says: ["--pause", "100ms"],
  },
  {
    name: "a file and no key",
    args: ["--to", NOBODY, "--file", "notes.txt"],
    env: { WAGONS_KEY_FILE: "" },
    code: 2,
    says: ["no key to seal notes.txt", "--key-file"],
  },
  {
    name: "http and no key",
    args: ["--to", "http://127.0.0.1:1"],
    env: { WAGONS_KEY_FILE: "" },
    code: 2,
    says: ["no key to seal", "WAGONS_KEY_FILE"],
  },
  {
    name: "a file that is not there",
    args: ["--to", NOBODY, "--file", "none.txt"],
    code: 2,
    says: ["none.txt"],
  },
  {
    name: "stdin twice",
    args: ["-", "--to", NOBODY, "--file", "-"],
    code: 2,
    says: ["FILE and --file"],
  },
  { name: "an odd format", args: ["--to", NOBODY, "--format", "yaml"], code: 2, says: ["yaml"] },
  {
    name: "a certificate by dict",
    args: ["--to", NOBODY, "--ca", "ca.pem"],
    code: 2,
    says: ["--ca does nothing for dict://"],
  },
  {
    name: "a pickle that runs something",
    args: ["evil.pickle", "--to", NOBODY],
    code: 6,
    says: ["evil.pickle as pickle", "GLOBAL", "at byte 2", "It needs os.system", "pickle dict(x)"],
  },
  {
    name: "a dictionary that could pass for a message",
    args: ["message.json", "--to", "http://127.0.0.1:1"],
    code: 6,
    says: ["a cmd", "as messages have", "--format xml"],
  },
  {
    name: "a file that could pass for a message",
    args: ["--to", NOBODY, "--file", "message.json"],
    code: 6,
    says: ["message.json has", "as messages have", "wagons put"],
  },
  {
    name: "a number that MessagePack has not",
    args: ["huge.json", "--to", NOBODY, "--format", "msgpack"],
    code: 6,
    says: ["Cannot write it as msgpack"],
  },
];

Deno.test("send: one clear error, and its exit code", async (t) => {
  await using space = new Yard();
  await space.write("evil.pickle", latin1("\x80\x02cos\nsystem\n(S'touch ran'\ntR."));
  await space.write("huge.json", `{"a": ${10n ** 30n}}`);
  await space.write("message.json", '{"cmd": "say", "text": "hello"}');
  const before = space.files();
  for (const { name, args, code, says, env = {} } of CASES) {
    await t.step(name, async () => {
      const inputs = /^(-|\w+\.\w+)$/.test(args[0]!) ? [] : ["document.json"];
      const ended = await space.send([...inputs, ...args], { env });
      assertEquals([ended.code, ended.stdout], [code, ""], ended.stderr);
      for (const text of says) assertStringIncludes(ended.stderr, text);
      assert(!ended.stderr.includes("    at "), `no trace: ${ended.stderr}`);
      assertEquals(space.files(), before);
    });
  }
  assertEquals(CASES.length, 27);
});

test("send: the commands for other dialects name it as the one that speaks dict", async () => {
  await using space = new Yard();
  for (const args of [["client", NOBODY], ["shutdown", NOBODY], ["put", "k", "--to", NOBODY]]) {
    const { code, stderr } = await space.run(args);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, "`wagons send` speaks dict://");
  }
});

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

test("send: what is too large is found before anybody is asked", async () => {
  await using space = new Yard();
  // Each of these names is six times as long in JSON.
  const names = Array.from({ length: 6_000 }, (_, i) => `${"\u0001".repeat(1_000)}${i}`);
  const large = new Map<string, Value>(names.map((name) => [name, null]));
  await space.write("large.msgpack", formatOf("msgpack").write(large));
  // Just short enough for JSON, and too long for a message.
  const near = { text: "x".repeat(16 * 1024 * 1024 - 20) };
  await space.write("near.json", JSON.stringify(near));
  // Shorter than a token may be, which is a third longer.
  await Deno.truncate(space.path("notes.txt"), Math.floor(0.8 * MAX_DICT_TOKEN_BYTES));
  const cases: [string[], string][] = [
    [["large.msgpack", "--to", "tcp://127.0.0.1:1", "--plain"], "Cannot write it as json"],
    [["large.msgpack", "--to", "http://127.0.0.1:1"], "Cannot write it as json"],
    [["document.json", "--to", NOBODY, "--file", "notes.txt"], "notes.txt makes a token of"],
  ];
  for (const [args, says] of cases) {
    const { code, stdout, stderr } = await space.send(args);
    assertEquals([code, stdout], [6, ""], stderr);
    assertStringIncludes(stderr, says);
  }
  const { server, urls: [url = ""] } = await space.serveAll(["tcp"]);
  const { code, stderr } = await space.send(["near.json", "--to", url]);
  assertEquals(code, 6, stderr);
  assertStringIncludes(stderr, "the document takes");
  assertEquals((await server.stop()).code, 0);
});

test("send: by dict a server that says no, nothing, or too little in time", async () => {
  await using space = new Yard();
  const send = async (server: OddServer, ...args: string[]) =>
    await space.send([
      ...["manifest.txt", "--file", "notes.txt", "--pause", "0ms"],
      ...["--to", `dict://127.0.0.1:${server.port}`, ...args],
    ].map((arg) => arg === "manifest.txt" ? "manifest.text" : arg));
  {
    await using server = new OddServer(async (conn) => {
      await readToEnd(conn);
      await writeText(conn, "нет: \u001b[2Jplace\n");
    });
    const { code, stdout, stderr } = await send(server, "--json");
    assertEquals([code, stdout], [5, ""]);
    assertStringIncludes(stderr, "answers: нет: \\u{1b}[2Jplace");
  }
  {
    await using server = new OddServer(readToEnd);
    const { code, stdout, stderr } = await send(server);
    assertEquals([code, stdout], [3, ""]);
    assertStringIncludes(stderr, "has closed without an answer: it is not known");
    assertStringIncludes(stderr, "--no-answer");
    const quiet = await send(server, "--quiet", "--json");
    assertEquals([quiet.code, quiet.stdout, quiet.stderr], [3, "", stderr]);
    assertEquals(await send(server, "--no-answer"), { code: 0, stdout: "", stderr: "" });
    const { stdout: json } = await send(server, "--no-answer", "--json");
    assertEquals(jsonLines(json), [{ received: null, answer: null }] as never);
  }
  for (
    const [answer, code, says] of [
      ["HTTP/1.1 400 Bad Request\r\n\r\n", 5, "is no server for dictionaries"],
      ["\0\0\x01", 5, "Is the port right?"],
      ["no", 5, "answers: no"],
      ["Data received successfully.\n", 0, ""],
    ] as const
  ) {
    await using server = new OddServer(async (conn) => {
      await readToEnd(conn);
      await writeText(conn, answer);
    });
    const ended = await send(server, "--no-answer");
    assertEquals(ended.code, code, `${answer}: ${ended.stderr}`);
    assertStringIncludes(ended.stderr, says);
  }
  {
    const over = Promise.withResolvers<void>();
    await using server = new OddServer(async (conn) => {
      await readToEnd(conn);
      await over.promise;
    });
    const { code, stdout, stderr } = await send(server, "--timeout", "300ms");
    assertEquals([code, stdout], [4, ""]);
    assertStringIncludes(stderr, "300ms");
    over.resolve();
  }
});

test("send: by dict it can be interrupted, and says that nothing is known", async () => {
  await using space = new Yard();
  const over = Promise.withResolvers<void>();
  const isThere = Promise.withResolvers<void>();
  await using server = new OddServer(async (conn) => {
    await readToEnd(conn);
    isThere.resolve();
    await over.promise;
  });
  const to = `dict://127.0.0.1:${server.port}`;
  const child = space.spawn(["send", "document.json", "--to", to]);
  await isThere.promise;
  child.kill("SIGINT");
  const stderr = await new Response(child.stderr).text();
  assertEquals((await child.status).code, 130);
  assertStringIncludes(stderr, "it is not known whether the dictionary was kept");
  over.resolve();
});
