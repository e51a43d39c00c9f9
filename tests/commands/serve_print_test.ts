import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { preparePrint, readPrintSetup, ServePrint } from "../../lib/commands/serve_print.ts";
import { ServeOutput } from "../../lib/commands/serve_output.ts";
import { resolveSettings } from "../../lib/config/resolve.ts";
import { UsageError } from "../../lib/errors.ts";
import type { HubEvent } from "../../lib/hub/events.ts";
import { PrintFile } from "../../lib/print/print_file.ts";
import { Ui } from "../../lib/ui.ts";
import { LOCAL, sampleFile, sampleId, sampleManifest } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";

const COMMON = { peer: LOCAL, storedAtMs: 1_800_000_000_500, duplicate: false };
const MANIFEST: HubEvent = { ...COMMON, event: "manifest", manifest: sampleManifest(1) };
const FILE: HubEvent = { event: "file", peer: LOCAL, file: sampleFile(2), duplicate: false };
const TEXT =
  `# ${sampleId(1)} from Yard 7, 2027-01-15T08:00:00.001Z\nKöln = 1\nŁódź = 4294967295\n` +
  `# ${sampleId(2)} from Yard 7, 2027-01-15T08:00:00.002Z, a file: wagons.png, 1002 bytes\n`;

/** What is set by flags, with the config and the environment left out. */
function setUp(
  flags: Record<string, string>,
  json = false,
  variables = new Map<string, string>(),
  store = "/var/wagons.db",
) {
  const sources = { flags, variable: (name: string) => variables.get(name) };
  return readPrintSetup(resolveSettings("serve", sources), { json, store });
}

/** What a server prints to stdout and to a file, and what it says on stderr. */
async function print(flags: Record<string, string>, events: HubEvent[], json = false) {
  const [out, err] = [new Stream(), new Stream()];
  const ui = new Ui({ json }, out, err, true);
  const setup = setUp(flags, json);
  await preparePrint(setup, ui);
  const printing = new ServePrint(setup, ui, new ServeOutput(ui, undefined));
  for (const event of events) printing.event(event);
  await printing.close(10_000);
  return { out: out.text, err: err.text };
}

test("serve print: on the screen as text, each thing once, and nothing else", async () => {
  const events: HubEvent[] = [
    MANIFEST,
    { ...MANIFEST, duplicate: true },
    FILE,
    { ...FILE, duplicate: true },
    { event: "leftovers", files: 1 },
  ];
  assertEquals(await print({}, events), { out: TEXT, err: "" });
  assertEquals(await print({ print: "screen" }, events), { out: TEXT, err: "" });
  assertEquals(await print({ print: "none" }, events), { out: "", err: "" });
});

test("serve print: in a file, or both", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const path = `${folder}/received`;
  const flags = { print: `file:${path}`, printFormat: "csv" };
  assertEquals(await print(flags, [MANIFEST, FILE]), { out: "", err: "" });
  const { out } = await print({ ...flags, print: "screen" }, [MANIFEST, FILE]);
  assertEquals(Deno.readTextFileSync(path), out);
  const both = await print({ print: `both:${path}` }, [MANIFEST, FILE]);
  const warning =
    `warning: ${path} does not begin like text: what is printed stands behind what is there\n`;
  assertEquals(both, { out: TEXT, err: warning });
  assertEquals(Deno.readTextFileSync(path), out + TEXT);
  Deno.renameSync(path, `${path}.1`);
  const { err } = await print({ print: `file:${path}` }, []);
  const older = "as one of the older files it goes when there are too many";
  assertEquals(err, `warning: ${path}.1 does not begin like text: ${older}\n`);
  Deno.removeSync(`${path}.1`);
  for (const printFormat of ["csv", "text", "json", "xml"]) {
    Deno.removeSync(path);
    // Twice: the second time there is something.
    for (let i = 0; i < 2; i++) {
      const { err } = await print({ print: `file:${path}`, printFormat }, [MANIFEST]);
      assertEquals(err, "", printFormat);
    }
  }
  assertEquals(out.match(/^id,stored_at/gm)?.length, 1);
  Deno.removeSync(folder, { recursive: true });
});

test("serve print: with --json the screen is for events, and the file is in JSON", async () => {
  const path = Deno.makeTempFileSync({ prefix: "wagons-test-" });
  assertEquals(await print({ print: `both:${path}` }, [MANIFEST], true), { out: "", err: "" });
  assertEquals(JSON.parse(Deno.readTextFileSync(path)).entries, {
    "Köln": 1,
    "Łódź": 4294967295,
  });
  Deno.removeSync(path);
  assertEquals(setUp({ printFormat: "json" }, true).format, "json");
  const text = "--json and --print-format xml do not go together";
  assertThrows(() => setUp({ printFormat: "xml" }, true), UsageError, text);
  const variables = new Map([["WAGONS_SERVE_PRINT_FORMAT", "text"]]);
  const place = "--json and WAGONS_SERVE_PRINT_FORMAT text do not go together";
  assertThrows(() => setUp({}, true, variables), UsageError, place);
});

test("serve print: a file that takes nothing is told of, with what is left out of it", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const path = `${folder}/full`;
  Deno.symlinkSync("/dev/full", path);
  const { out, err } = await print({ print: `both:${path}` }, [MANIFEST, FILE]);
  Deno.removeSync(folder, { recursive: true });
  assertEquals(out, TEXT);
  const [fault, leftOut, ...others] = err.trimEnd().split("\n");
  assertStringIncludes(fault!, `warning: Cannot print to ${path}: No space left on device`);
  assertEquals(leftOut, `warning: left out of ${path}: 2 records; all is in the store`);
  assertEquals(others, []);
});

test("serve print: it goes on when nobody reads what is said of it", async () => {
  const err = new Stream();
  let tries = 0;
  err.writeSync = () => {
    tries++;
    throw new Deno.errors.BrokenPipe("nobody reads");
  };
  const ui = new Ui({}, new Stream(), err, true);
  const output = new ServeOutput(ui, undefined);
  const printing = new ServePrint(setUp({ print: "file:/dev/full" }), ui, output);
  printing.event(MANIFEST);
  await printing.close(10_000);
  output.unprinting("received");
  output.unprinted("received", 1);
  // The fault, what was left out, and these two.
  assertEquals(tries, 4);
});

test("serve print: a device is no file", async () => {
  for (const path of ["/dev/stdout", "/dev/full", "/proc/self/fd/1"]) {
    await assertRejects(() => print({ print: `file:${path}` }, []), UsageError, "it is no file");
  }
});

test("serve print: what cannot be is told before the server starts", () => {
  const wrong: [Record<string, string>, string][] = [
    [
      { print: "paper" },
      '--print: "paper" is no place to print: write it like screen, none, file:',
    ],
    [{ print: "file:" }, '--print: "file:" is no place to print'],
    [{ printFormat: "pickle" }, '--print-format: "pickle" is none of text, json, xml, csv'],
    [{ printMaxBytes: "10" }, '--print-max-bytes: "10" is no size: write it like 64KiB or 1MiB'],
    [{ printMaxBytes: "1KiB" }, '--print-max-bytes: "1KiB" is out of range: it goes from 64KiB'],
    [{ printFiles: "1" }, '--print-files: "1" is no whole number from 2 to 1000'],
    [{ printFiles: "3" }, "--print-files is set, and nothing is printed to a file"],
    [{ print: "none", printMaxBytes: "1MiB" }, "--print-max-bytes is set, and nothing is printed"],
    [{ print: "file:/var/../var/wagons.db" }, "the server uses that file for something else"],
    [{ print: "both:x.log", logFile: "./x.log" }, "Cannot print to x.log: the server uses that"],
  ];
  for (const [flags, message] of wrong) assertThrows(() => setUp(flags), UsageError, message);
  // For other runs, it may be.
  const variables = new Map([["WAGONS_SERVE_PRINT_FILES", "3"]]);
  assert(setUp({ print: "none" }, false, variables).file === undefined);
});

test("serve print: nothing that the server uses is printed to or moved, by whatever name", () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const at = (name: string) => `${folder}/${name}`;
  for (const folder of ["data", "data/wagons.db.files"]) Deno.mkdirSync(at(folder));
  // The store and the log are not there yet.
  Deno.symlinkSync("data/wagons.db", at("store"));
  Deno.symlinkSync("data", at("folder"));
  for (const name of ["key", "ca", "cert", "wagons.toml"]) Deno.writeTextFileSync(at(name), "");
  Deno.linkSync(at("key"), at("hard"));
  Deno.symlinkSync("key", at("other.1"));
  Deno.symlinkSync("nowhere/else", at("dangling"));
  Deno.symlinkSync("round", at("round"));
  const flags = {
    config: at("wagons.toml"),
    keyFile: at("key"),
    clientCa: at("ca"),
    tlsCert: at("cert"),
    logFile: at("data/log"),
  };
  const set = (path: string, more = {}) =>
    setUp({ ...flags, print: `file:${at(path)}`, ...more }, false, new Map(), at("data/wagons.db"));
  const used = [
    ...["data/wagons.db", "data/wagons.db-wal", "data/wagons.db-shm", "data/wagons.db-journal"],
    ...["data/wagons.db.files", "data/wagons.db.files/x", "folder/wagons.db.files/x"],
    ...["store", "folder/wagons.db", "folder/wagons.db-wal", "key", "hard", "ca", "cert"],
    ...["wagons.toml", "data/log", "data/log.1", "folder/log.4"],
  ];
  for (const path of used) {
    const text = `Cannot print to ${at(path)}: the server uses `;
    assertThrows(() => set(path), UsageError, text);
  }
  const older = `Cannot print to ${at("other")}: the server uses ${
    at("other.1")
  }, one of the older`;
  assertThrows(() => set("other"), UsageError, older);
  // The database that a link leads to would be found by its number.
  const linked = () => setUp({ print: `file:${at("x")}` }, false, new Map(), at("x.1"));
  assertThrows(linked, UsageError, "one of the older files, for something else");
  for (const path of ["data/log.5", "data/wagons.db.filesx", "data/other", "dangling", "round"]) {
    assertEquals(set(path).file?.path, at(path));
  }
  assertThrows(() => set("data/log.5", { logFiles: "9" }), UsageError, "the server uses that file");
  Deno.removeSync(folder, { recursive: true });
});

test("serve print: that a file cannot be moved is told once for each time that it lasts", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const path = `${folder}/received`;
  const file = new PrintFile({ path, heading: new Uint8Array(), maxBytes: 1, files: 2 });
  Deno.mkdirSync(`${path}.1`);
  const [out, err] = [new Stream(), new Stream()];
  const ui = new Ui({}, out, err, true);
  for (let i = 0; i < 2; i++) {
    const setup = { screen: false, format: "text", file } as const;
    const printing = new ServePrint(setup, ui, new ServeOutput(ui, undefined));
    printing.event(MANIFEST);
    printing.event(FILE);
    await printing.close(10_000);
  }
  assertEquals(Deno.readTextFileSync(path), TEXT + TEXT);
  assertEquals(
    err.text,
    `warning: Cannot begin a new file after ${path}: ${path}.1 is in the way: it is no regular file\n`,
  );
  Deno.removeSync(folder, { recursive: true });
});

class Stream {
  text = "";

  writeSync(bytes: Uint8Array): number {
    this.text += new TextDecoder().decode(bytes);
    return bytes.length;
  }

  isTerminal(): boolean {
    return false;
  }
}
