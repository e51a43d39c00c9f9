/**
 * `wagons convert`: the built program, from every format to every other.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { FORMAT_NAMES, type FormatName } from "../../lib/formats/format.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import { type Dictionary, float, sameValue, type Value, whole } from "../../lib/formats/value.ts";
import { hostileNames } from "../helpers/hostile_names.ts";
import { test } from "../helpers/strict.ts";
import { Workspace } from "./workspace.ts";

const MANIFEST: Dictionary = new Map([["Москва", 7], ["1941", 0], ["__proto__", 4_294_967_295]]);

const DOCUMENT: Dictionary = new Map<string, Value>([
  ["станция", "Нижний Новгород"],
  ["большое", whole(2n ** 63n)],
  ["отрицательное", whole(-(2n ** 62n))],
  ["1.0", float(1)],
  ["дробь", 0.1],
  ["да", true],
  ["ничего", null],
  ["список", [1, float(2), "3", [], new Map([["x", "<&>\"'"]])]],
  ["вложено", new Map<string, Value>([["__proto__", "a\nb"], ["constructor", new Map()]])],
  ["=", " spaces "],
]);

/** What files of each format are called. */
const EXTENSIONS: Readonly<Record<FormatName, string>> = {
  text: "txt",
  json: "json",
  xml: "xml",
  msgpack: "msgpack",
  pickle: "pickle",
  csv: "csv",
};

function bytesOf(dictionary: Dictionary, format: FormatName): Uint8Array<ArrayBuffer> {
  return new Uint8Array(formatOf(format).write(dictionary));
}

/** A workspace that has a manifest and a document in each format. */
async function filled(): Promise<Workspace> {
  const space = new Workspace();
  for (const format of FORMAT_NAMES) {
    await space.write(`manifest.${EXTENSIONS[format]}`, bytesOf(MANIFEST, format));
    await space.write(`document.${EXTENSIONS[format]}`, bytesOf(DOCUMENT, format));
  }
  return space;
}

for (const [what, dictionary] of [["manifest", MANIFEST], ["document", DOCUMENT]] as const) {
  test(`convert: a ${what} from every format to every other, by the names of the files`, async () => {
    await using space = await filled();
    let count = 0;
    for (const from of FORMAT_NAMES) {
      await Promise.all(FORMAT_NAMES.map(async (to) => {
        const output = `out-${from}.${EXTENSIONS[to]}`;
        const args = ["convert", `${what}.${EXTENSIONS[from]}`, "-o", output];
        const { code, stdout, stderr } = await space.run(args);
        assertEquals([code, stdout, stderr], [0, "", `wrote ${output}\n`], `${from} to ${to}`);
        const made = formatOf(to).read(await Deno.readFile(space.path(output)));
        assert(sameValue(made, dictionary), `${from} to ${to}`);
        count++;
      }));
    }
    assertEquals(count, 36);
    assertEquals(space.files().filter((name) => name.includes("part")), []);
  });
}

test("convert: from stdin to stdout, and what is said goes before what it looks like", async () => {
  await using space = await filled();
  for (const format of FORMAT_NAMES) {
    const stdin = bytesOf(DOCUMENT, format);
    const { code, stdout, stderr } = await space.runForBytes(
      ["convert", "-", "--format", "msgpack"],
      { stdin },
    );
    assertEquals([code, stderr], [0, ""]);
    assertEquals(new Uint8Array(stdout), bytesOf(DOCUMENT, "msgpack"));
  }
  // The names of the files say nothing of what comes in, and --format goes before that of the output.
  await space.write("odd.txt", bytesOf(MANIFEST, "json"));
  const named = await space.run(["convert", "odd.txt", "-o", "odd.json", "--format", "xml"]);
  assertEquals([named.code, named.stderr], [0, "wrote odd.json\n"]);
  assert(sameValue(formatOf("xml").read(Deno.readFileSync(space.path("odd.json"))), MANIFEST));
  // A city may be called so: only who says it is text gets it.
  await space.write("odd.csv", "city,wagons\nОмск = 7\n");
  const csv = await space.run(["convert", "odd.csv", "--format", "json"]);
  assertEquals([csv.code, csv.stdout], [6, ""], csv.stderr);
  const text = await space.run(["convert", "odd.csv", "--from", "text", "--format", "json"]);
  assertEquals([text.code, JSON.parse(text.stdout)], [0, { "Омск": 7 }]);
  assertStringIncludes(text.stderr, "odd.csv, line 1 skipped");
});

test("convert: pickles of the protocol that is asked for", async () => {
  await using space = await filled();
  for (const protocol of ["2", "3", "4"]) {
    const args = ["convert", "document.json", "--format", "pickle", "--pickle-protocol", protocol];
    const { code, stdout, stderr } = await space.runForBytes(args);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(Array.from(stdout.subarray(0, 2)), [0x80, Number(protocol)]);
    assert(sameValue(formatOf("pickle").read(stdout), DOCUMENT));
  }
  const { code, stderr } = await space.run(["convert", "document.json", "-o", "named.PKL"]);
  assertEquals([code, stderr], [0, "wrote named.PKL\n"]);
  const named = await Deno.readFile(space.path("named.PKL"));
  assertEquals(named, bytesOf(DOCUMENT, "pickle"));
});

test("convert: texts with lines that are none, several inputs, and QR codes", async () => {
  await using space = await filled();
  await space.write("lines.txt", "Омск = 1\nnone\nМосква = 9\n");
  const lenient = await space.run(["convert", "lines.txt", "--format", "csv"]);
  assertEquals(lenient.code, 0);
  assertEquals(lenient.stdout.trim().split(/\r?\n/), ["city,wagons", "Омск,1", "Москва,9"]);
  assertStringIncludes(lenient.stderr, "lines.txt, line 2 skipped");
  const strict = await space.run(["convert", "lines.txt", "--strict", "-o", "strict.csv"]);
  assertEquals(strict.code, 6);
  assertStringIncludes(strict.stderr, "--strict is set");
  assert(!space.files().includes("strict.csv"));

  const codes = await space.run(["qr", "make", "manifest.xml", "-o", "code.png"]);
  assertEquals(codes.code, 0, codes.stderr);
  const picture = await space.run(["convert", "code.png", "--format", "text"]);
  assertEquals([picture.code, picture.stdout], [0, await text(space, "manifest.txt")]);
  const merged = await space.run(["convert", "code.png", "lines.txt", "--format", "text"]);
  assertEquals([merged.code, merged.stdout], [
    0,
    "Москва = 9\n1941 = 0\n__proto__ = 4294967295\nОмск = 1\n",
  ]);
  assertStringIncludes(
    merged.stderr,
    "lines.txt, line 3: Москва stands in code.png, line 1 already: 9 counts, not 7",
  );
  const mixed = await space.run(["convert", "document.xml", "lines.txt", "--format", "json"]);
  assertEquals([mixed.code, mixed.stdout], [6, ""]);
  assertStringIncludes(mixed.stderr, "document.xml is no manifest");
});

test("convert: several records in a text are none, and names in quotes are asked about", async () => {
  await using space = await filled();
  const [manifest, document] = await Promise.all(
    ["manifest.txt", "document.txt"].map((name) => text(space, name)),
  );
  const plain = document!.split("\n").slice(1).join("\n").replace(/^"большое" = .*$/m, '"a" = 7');
  const cases = [
    [manifest! + document!, "line 4: the line # wagons: dictionary is not the first one"],
    [document! + document!, "several records"],
  ] as const;
  for (const [content, says] of cases) {
    await space.write("several.txt", content);
    const { code, stdout, stderr } = await space.run([
      "convert",
      "several.txt",
      "--format",
      "json",
    ]);
    assertEquals([code, stdout], [6, ""], stderr);
    assertStringIncludes(stderr, says);
  }
  await space.write("cut.txt", plain);
  const cut = await space.run(["convert", "cut.txt", "--format", "json"]);
  assertEquals([cut.code, JSON.parse(cut.stdout)], [0, { '"a"': 7 }]);
  assertStringIncludes(
    cut.stderr,
    'the city "a" has quotes around it: is the first line, # wagons',
  );
  // Cities that begin with a quote stay what they are.
  await space.write("quotes.txt", '"Ost" und "West" = 1\n"x = 2\n');
  const quotes = await space.run(["convert", "quotes.txt", "--format", "text"]);
  assertEquals([quotes.code, quotes.stderr], [0, ""]);
  assertEquals(quotes.stdout, '"Ost" und "West" = 1\n"x = 2\n');
  const code = await space.run(["qr", "make", "document.txt", "--raw", "-o", "document.png"]);
  assertEquals(code.code, 0, code.stderr);
  const read = await space.run(["qr", "read", "document.png"]);
  assertEquals([read.code, read.stdout], [6, ""]);
  assertStringIncludes(read.stderr, "document.png is no manifest");
});

test("convert: names that try something are names like others", async () => {
  await using space = new Workspace();
  const names = new Set(
    hostileNames().map(({ name }) => name).filter((name) => name.isWellFormed()),
  );
  const dictionary = new Map(Array.from(names, (name) => [name, name]));
  await space.write("names.pickle", bytesOf(dictionary, "pickle"));
  for (const format of FORMAT_NAMES) {
    const output = `names.${EXTENSIONS[format]}`;
    if (format === "pickle") continue;
    const { code, stderr } = await space.run(["convert", "names.pickle", "-o", output]);
    assertEquals(code, 0, stderr);
    const back = await space.runForBytes(["convert", output, "--format", "pickle"]);
    assertEquals([back.code, back.stderr], [0, ""]);
    assertEquals(new Uint8Array(back.stdout), bytesOf(dictionary, "pickle"), format);
  }
});

async function text(space: Workspace, name: string): Promise<string> {
  return await Deno.readTextFile(space.path(name));
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly says: readonly string[];
}

const CASES: readonly Case[] = [
  { name: "JSON", args: ["good.txt", "--json"], code: 2, says: ["--format json"] },
  { name: "no format", args: ["good.txt"], code: 2, says: ["--format", "msgpack"] },
  {
    name: "an odd output",
    args: ["good.txt", "-o", "a.zip"],
    code: 2,
    says: ["a.zip", "--format"],
  },
  {
    name: "an odd format",
    args: ["good.txt", "--format", "yaml"],
    code: 2,
    says: ["--format", "yaml", "pickle"],
  },
  {
    name: "an odd format to read",
    args: ["good.txt", "--from", "yaml", "--format", "json"],
    code: 2,
    says: ["--from", "yaml"],
  },
  {
    name: "an odd protocol",
    args: ["good.txt", "-o", "a.pickle", "--pickle-protocol", "5"],
    code: 2,
    says: ["--pickle-protocol", "2 to 4"],
  },
  {
    name: "a protocol for another format",
    args: ["good.txt", "-o", "a.json", "--pickle-protocol", "2"],
    code: 2,
    says: ["--pickle-protocol", "json"],
  },
  {
    name: "the output is the input",
    args: ["good.txt", "-o", "./good.txt", "--format", "json"],
    code: 2,
    says: ["good.txt is the input"],
  },
  { name: "no input", args: ["none.txt", "-o", "a.json"], code: 2, says: ["none.txt"] },
  { name: "no folder", args: ["good.txt", "-o", "none/a.json"], code: 2, says: ["none/a.json"] },
  { name: "stdin twice", args: ["-", "-", "--format", "json"], code: 2, says: ["named twice"] },
  { name: "an empty input", args: ["empty", "-o", "a.json"], code: 6, says: ["empty"] },
  { name: "no entry", args: ["empty.txt", "-o", "a.json"], code: 6, says: ["empty.txt"] },
  {
    name: "a pickle that runs something",
    args: ["evil.pickle", "-o", "a.json"],
    code: 6,
    says: ["evil.pickle as pickle", "GLOBAL", "at byte 2"],
  },
  {
    name: "XML with a DTD",
    args: ["bomb.xml", "-o", "a.json"],
    code: 6,
    says: ["bomb.xml as xml", "in line 1"],
  },
  {
    name: "JSON with a name twice",
    args: ["twice.json", "-o", "a.xml"],
    code: 6,
    says: ["twice.json as json", "twice"],
  },
  { name: "JSON cut off", args: ["cut.json", "-o", "a.xml"], code: 6, says: ["cut.json as json"] },
  {
    name: "the wrong format",
    args: ["twice.json", "--from", "xml", "-o", "a.txt"],
    code: 6,
    says: ["twice.json as xml"],
  },
  {
    name: "a name that says another format",
    args: ["{.txt", "-o", "a.xml"],
    code: 6,
    says: ["{.txt as json", "its name says text: wagons convert --from text"],
  },
  {
    name: "a document where a manifest is wanted",
    args: ["big.json", "--strict", "-o", "a.xml"],
    code: 6,
    says: ["big.json is no manifest"],
  },
  {
    name: "a table that is not UTF-8",
    args: ["1251.csv", "-o", "a.xml"],
    code: 6,
    says: ["CSV UTF-8"],
  },
  {
    name: "a table with other words in its header",
    args: ["words.csv", "-o", "a.xml"],
    code: 6,
    says: ["words.csv, line 1 skipped", "the first line has to be city,wagons"],
  },
  {
    name: "a text that is not UTF-8",
    args: ["1251.txt", "-o", "a.xml"],
    code: 6,
    says: ["1251.txt is no text in UTF-8", "CSV UTF-8"],
  },
  {
    name: "more than there may be",
    args: ["long.json", "-o", "a.xml"],
    code: 6,
    says: ["long.json has 16777217 bytes: dictionaries go up to 16MiB"],
  },
  {
    name: "a number that the format has not",
    args: ["big.json", "-o", "a.msgpack"],
    code: 6,
    says: ["Cannot write it as msgpack", "--format"],
  },
  {
    name: "a picture without a code",
    args: ["cut.png", "-o", "a.json"],
    code: 6,
    says: ["cut.png"],
  },
];

Deno.test("convert: one clear error, its exit code, and no file that was not there", async (t) => {
  await using space = new Workspace();
  await space.write("good.txt", "Москва = 7\n");
  await space.write("empty", "");
  await space.write("empty.txt", "# nothing\n");
  await space.write("evil.pickle", latin1("\x80\x02cos\nsystem\n(S'touch ran'\ntR."));
  await space.write("bomb.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a><b>&b;</b></a>');
  await space.write("twice.json", '{"a": 1, "a": 2}');
  await space.write("cut.json", '{"a": [1, 2');
  await space.write("{.txt", "{x} = 7\n{y\n");
  await space.write("1251.csv", latin1("city;wagons\n\xcc\xee;7\n"));
  await space.write("words.csv", "Город;Вагоны\r\nОмск;7\r\n");
  await space.write("1251.txt", latin1("\xcc\xee = 7\n"));
  await space.write("long.json", new Uint8Array(16 * 1024 * 1024 + 1).fill(0x20));
  await space.write("big.json", `{"a": ${10n ** 30n}}`);
  await space.write("cut.png", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]));
  const before = space.files();
  for (const { name, args, code, says } of CASES) {
    await t.step(name, async () => {
      const ended = await space.run(["convert", ...args]);
      assertEquals([ended.code, ended.stdout], [code, ""], ended.stderr);
      for (const text of says) assertStringIncludes(ended.stderr, text);
      assert(!ended.stderr.includes("    at "), `no trace: ${ended.stderr}`);
      assertEquals(space.files(), before);
    });
  }
  assertEquals(CASES.length, 26);
});

test("convert: a file that is there is replaced whole, or stays as it was", async () => {
  await using space = await filled();
  await space.write("a.json", "what was there");
  const bad = await space.run(["convert", "manifest.json", "--from", "xml", "-o", "a.json"]);
  assertEquals([bad.code, await text(space, "a.json")], [6, "what was there"]);
  const before = space.files();
  const good = await space.run(["convert", "manifest.xml", "-o", "a.json", "--quiet"]);
  assertEquals([good.code, good.stderr], [0, ""]);
  assertEquals(JSON.parse(await text(space, "a.json"))["Москва"], 7);
  assertEquals(space.files(), before);
  await Deno.mkdir(space.path("folder"));
  const folder = await space.run(["convert", "manifest.xml", "-o", "folder", "--format", "json"]);
  assertEquals(folder.code, 2, folder.stderr);
  assertEquals(space.files(), [...before, "folder"].sort());
});

test("convert: a pipe as the output is written to, and stays one", async () => {
  await using space = await filled();
  const pipe = space.path("pipe");
  assert((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
  const reading = Deno.readTextFile(pipe);
  const args = ["convert", "manifest.xml", "-o", "pipe", "--format", "text"];
  const { code, stderr } = await space.run(args);
  assertEquals(code, 0, stderr);
  assertEquals(await reading, await text(space, "manifest.txt"));
  assert(Deno.statSync(pipe).isFifo);
});

test("convert: what an output leads to is replaced, keeps its mode, and is no input", async () => {
  await using space = await filled();
  const [private_, link, loose] = ["private.json", "link.json", "loose.json"];
  await space.write(private_, "{}");
  await Deno.chmod(space.path(private_), 0o640);
  await Deno.symlink(private_, space.path(link));
  await Deno.symlink("new.json", space.path(loose));
  for (const output of [link, loose]) {
    const { code, stderr } = await space.run(["convert", "manifest.xml", "-o", output]);
    assertEquals(code, 0, stderr);
    assert(Deno.lstatSync(space.path(output)).isSymlink, output);
  }
  for (const name of [private_, "new.json"]) {
    assert(sameValue(formatOf("json").read(Deno.readFileSync(space.path(name))), MANIFEST));
  }
  assertEquals(Deno.statSync(space.path(private_)).mode! & 0o7777, 0o640);
  const before = space.files();
  for (const output of [private_, link]) {
    for (const input of [private_, link]) {
      const { code, stderr } = await space.run(["convert", input, "-o", output]);
      assertEquals(code, 2);
      assertStringIncludes(stderr, `The output ${output} is the input`);
    }
  }
  assertEquals(space.files(), before);
  await Deno.mkdir(space.path("folder.json"));
  const folder = await space.run(["convert", "manifest.xml", "-o", "folder.json"]);
  assertEquals([folder.code, folder.stderr], [
    2,
    "error: Cannot write folder.json: it is a folder\n",
  ]);
});

test("convert: the system's names of stdin, stdout and stderr are these", async () => {
  await using space = await filled();
  const [stdin, expected] = [bytesOf(MANIFEST, "xml"), await text(space, "manifest.txt")];
  for (const number of [0, 1, 2]) {
    const names = [`/dev/std${["in", "out", "err"][number]}`, `/dev/fd/${number}`];
    for (const name of [...names, `/proc/self/fd/${number}`]) {
      const [from, to] = [number === 0 ? name : "-", number === 0 ? "-" : name];
      const { code, stdout, stderr } = await space.run(
        ["convert", from, "-o", to, "--format", "text", "--quiet"],
        { stdin },
      );
      assertEquals([code, stdout, stderr], number === 2 ? [0, "", expected] : [0, expected, ""]);
    }
  }
  for (const name of ["/dev/full", "/dev/nowhere", "/dev/fd/63"]) {
    const write = await space.run(["convert", "manifest.xml", "-o", name, "--format", "text"]);
    const read = await space.run(["convert", name, "--format", "text"]);
    for (const [verb, { code, stderr }] of [["write", write], ["read", read]] as const) {
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, `Cannot ${verb} ${name}: `);
      assert(!stderr.includes("--allow-all") && !stderr.includes(".part"), stderr);
    }
  }
  const twice = await space.run(["convert", "-", "/dev/stdin", "--format", "text"]);
  assertEquals(twice.code, 2);
  assertStringIncludes(twice.stderr, "stdin is named twice");
});

test("convert: a flag goes before the name of the output, and that before the environment", async () => {
  await using space = await filled();
  const env = { WAGONS_CONVERT_FORMAT: "XML" };
  const cases: [string[], FormatName][] = [
    [["-o", "out.json"], "json"],
    [["-o", "out"], "xml"],
    [["-o", "-"], "xml"],
    [["-o", "out.json", "--format", "CSV"], "csv"],
  ];
  for (const [args, format] of cases) {
    const { code, stdout, stderr } = await space.run(["convert", "document.txt", ...args], { env });
    assertEquals(code, 0, stderr);
    const made = args[1] === "-" ? stdout : await text(space, args[1]!);
    assert(sameValue(formatOf(format).read(new TextEncoder().encode(made)), DOCUMENT), format);
  }
});

test("convert: to a terminal goes what a person can read, and no bytes", async () => {
  await using space = new Workspace();
  await space.write("d.json", '{"name": "\\u001b[2J\\u0007"}');
  const run = async (format: string) => {
    const child = space.spawnInTerminal(["convert", "d.json", "--format", format]);
    const stdout = await new Response(child.stdout).text();
    const { code } = await child.status;
    return { code, stdout };
  };
  for (const format of ["msgpack", "pickle"]) {
    const { code, stdout } = await run(format);
    assertEquals(code, 2, stdout);
    assertStringIncludes(stdout, "no text for a terminal");
  }
  for (const format of ["text", "json", "xml", "csv"]) {
    const { code, stdout } = await run(format);
    assertEquals(code, 0, stdout);
    assertStringIncludes(stdout, "name");
    assert(!stdout.includes("\x1b") && !stdout.includes("\x07"), JSON.stringify(stdout));
  }
});
