/**
 * `wagons send --to dict://` against servers as system E's are, in Python.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { jsonLines, Workspace } from "../e2e/workspace.ts";
import { makeKeyFile, TokenPeers } from "./token_peers.ts";

const peers = await TokenPeers.find();

/** What their programs can say in each of their formats: XML has texts alone, under names of its own. */
const TEXTS = { "станция": "Нижний Новгород", "Kiel": "Ада & <Bo>", "yard": "" };
const VALUES = {
  ...TEXTS,
  "": "none",
  "__proto__x": [1, 2.5, true, null, { "вложено": [] }],
  "big": 0,
};

/** Their server has to read once in that time: longer than usual, for a machine that is busy. */
const PAUSE = ["--pause", "1s"];

/** Each format as system E calls it, as it is called here, and what is sent in it. */
const FORMATS = [
  { theirs: "binary", args: [], json: JSON.stringify(VALUES) },
  {
    theirs: "binary",
    args: ["--format", "pickle", "--pickle-protocol", "2"],
    json: JSON.stringify(VALUES),
  },
  { theirs: "json", args: ["--format", "json"], json: JSON.stringify(VALUES) },
  { theirs: "xml", args: ["--format", "xml"], json: '{"station": "Омск", "Kiel": "Ада & <Bo>"}' },
];

for (const { theirs, args, json } of FORMATS) {
  const how = [theirs, ...args].join(" ");
  peers.test(`send: a server of system E gets a dictionary and a file (${how})`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    await using server = await peers.server("e_server.py", key, "--format", theirs);
    await space.write("d.json", json);
    const notes = "Привет, 東京\r\nthe second line\n";
    await space.write("notes.txt", notes);
    const send = ["send", "d.json", ...args, "--file", "notes.txt", "--key-file", key, ...PAUSE];
    // More than once: what comes together or apart is a matter of time.
    for (let i = 0; i < 2; i++) {
      const to = ["--to", server.url, "--no-answer"];
      const { code, stdout, stderr } = await space.run([...send, ...to, "--json"]);
      assertEquals(code, 0, stderr);
      assert(!stderr.includes("answer"), stderr);
      assertEquals(jsonLines(stdout), [{ received: null, answer: null }] as never);
      const received = await server.nextOf("received");
      assertEquals(received.file, notes);
      assertEquals(received.dictionary, JSON.parse(json));
    }
    const quiet = await space.run([...send, "--to", server.url, "--quiet"]);
    assertEquals([quiet.code, quiet.stdout], [3, ""]);
    assertStringIncludes(quiet.stderr, "has closed without an answer: it is not known");
    await server.nextOf("received");
  });
}

for (const format of ["pickle", "json", "xml"]) {
  peers.test(`send: a later server of system E gets both in frames (${format})`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    await using server = await peers.server("e_server.py", key, "--reads", "framed");
    const dictionary = { "Kiel": "Ада & <Bo>", "text": "y".repeat(20_000) };
    await space.write("d.json", JSON.stringify(dictionary));
    await space.write("empty.txt", "");
    await space.write("notes.txt", "Привет\n");
    const to = ["--to", server.url, "--key-file", key, "--no-answer"];
    for (const [name, text] of [["empty.txt", ""], ["notes.txt", "Привет\n"]] as const) {
      const send = ["send", "d.json", "--format", format, "--framed", "--file", name, ...to];
      assertEquals(await space.run(send), { code: 0, stdout: "", stderr: "" });
      const received = await server.nextOf("received");
      assertEquals([received.dictionary, received.file], [dictionary, text] as never);
    }
  });
}

peers.test("send: a manifest and a QR code to a server of system E", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  await using server = await peers.server("e_server.py", key);
  await space.write("today.txt", "Москва = 7\n1941 = 4294967295\n");
  assertEquals((await space.run(["qr", "make", "today.txt", "-o", "code.png"])).code, 0);
  const args = [
    "send",
    "code.png",
    "--file",
    "-",
    "--to",
    server.url,
    "--key-file",
    key,
    ...PAUSE,
    "--no-answer",
  ];
  const { code, stderr } = await space.run(args, { stdin: new Uint8Array([1, 2, 3, 10]) });
  assertEquals(code, 0, stderr);
  const received = await server.nextOf("received");
  assertEquals(received.dictionary, { "Москва": 7, "1941": 4294967295 });
  assertEquals(received.file, "\u0001\u0002\u0003\n");
});

peers.test("send: the answer of a server of system E that gives one is printed", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  await using server = await peers.server("e_server.py", key, "--answers");
  await space.write("d.json", '{"a": "b"}');
  const args = [
    "send",
    "d.json",
    "--file",
    "d.json",
    "--to",
    server.url,
    "--key-file",
    key,
    ...PAUSE,
  ];
  const answer = "Data and file received successfully.";
  assertEquals(await space.run(args), { code: 0, stdout: `${answer}\n`, stderr: "" });
  const { stdout } = await space.run([...args, "--json"]);
  assertEquals(jsonLines(stdout), [{ received: true, answer }] as never);
});

peers.test("send: a server of system E with another key has got no file", async () => {
  await using space = new Workspace();
  await using server = await peers.server("e_server.py", await makeKeyFile(space));
  const wrong = await makeKeyFile(space, "wrong");
  await space.write("d.json", '{"a": "b"}');
  const args = [
    "send",
    "d.json",
    "--file",
    "d.json",
    "--to",
    server.url,
    "--key-file",
    wrong,
    ...PAUSE,
  ];
  const { code, stderr } = await space.run(args);
  assertEquals((await server.nextOf("failed")).why, "InvalidToken: ");
  // It does not tell: whoever sends cannot know.
  assertEquals(code, 3);
  assertStringIncludes(stderr, "it is not known whether it was kept");
});

/** What Python reads of a file, as it writes it itself, so that no digit is lost on the way here. */
const READERS = {
  pickle: "import pickle; print(ascii(pickle.load(file)))",
  json: "import json; print(ascii(json.load(file)))",
};

const BIG = `{"большое": ${2n ** 63n}, "a": ${-(2n ** 64n)}, "b": ${
  10n ** 30n
}, "c": 1.0, "d": [0.1]}`;
const BIG_IN_PYTHON =
  "{'\\u0431\\u043e\\u043b\\u044c\\u0448\\u043e\\u0435': 9223372036854775808, " +
  "'a': -18446744073709551616, 'b': 1000000000000000000000000000000, 'c': 1.0, 'd': [0.1]}\n";

peers.test("convert: Python reads each number as it was, in whatever protocol", async () => {
  await using space = new Workspace();
  await space.write("d.json", BIG);
  for (const protocol of ["2", "3", "4", ""]) {
    const format = protocol === "" ? "json" : "pickle";
    const args = ["convert", "d.json", "-o", "out", "--format", format];
    const more = protocol === "" ? [] : ["--pickle-protocol", protocol];
    const { code, stderr } = await space.run([...args, ...more]);
    assertEquals(code, 0, stderr);
    const script = `import sys; file = open(sys.argv[1], "rb"); ${READERS[format]}`;
    const [python = ""] = peers.command("");
    const { stdout } = await new Deno.Command(python, {
      args: ["-c", script, space.path("out")],
    }).output();
    assertEquals(new TextDecoder().decode(stdout), BIG_IN_PYTHON);
  }
});
