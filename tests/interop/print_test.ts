/**
 * What a server prints, and the modules for JSON, XML and tables that Python comes with.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { ServeOutput } from "../../lib/commands/serve_output.ts";
import { ServePrint } from "../../lib/commands/serve_print.ts";
import { RECORD_FORMS } from "../../lib/commands/print_records.ts";
import { dictionaryOf, entriesOf } from "../../lib/formats/entries.ts";
import type { Dictionary } from "../../lib/formats/value.ts";
import type { DocumentEvent, HubEvent, ManifestEvent } from "../../lib/hub/events.ts";
import { PrintFile } from "../../lib/print/print_file.ts";
import { Ui } from "../../lib/ui.ts";
import { findPython } from "../../scripts/bench/peers/peers.ts";
import { randomDictionaries, tell, type Told } from "../helpers/dictionaries.ts";
import { LOCAL, sampleId, sampleManifest } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { runProgram } from "./subprocess.ts";

const COUNT = 1000;
const root = new URL("../../", import.meta.url);
const python = await findPython("xml.etree.ElementTree");
const missing = python === undefined ? " (skipped: no python3)" : "";

/** What came, as Python reads it. */
interface Printed {
  json: [event: string, id: string, source: string, said: Told][];
  xml: [event: string, id: string, source: string, names: (string | null)[]][];
  csv: [event: string, id: string, name: string, said: Told][];
}

function source(number: number): string {
  return `Yard <"${number}">, & \u2028 'x'`;
}

function event(dictionary: Dictionary, number: number): ManifestEvent | DocumentEvent {
  const common = { peer: LOCAL, storedAtMs: 1_800_000_000_000 + number, duplicate: false };
  const entries = entriesOf(dictionary);
  if (typeof entries !== "string") {
    const manifest = sampleManifest(number, { entries, source: source(number) });
    return { ...common, event: "manifest", manifest };
  }
  const document = {
    id: sampleId(number),
    source: source(number),
    madeAtMs: 1_800_000_000_000,
    dictionary,
  };
  return { ...common, event: "document", document };
}

async function print(folder: string, events: readonly HubEvent[]): Promise<void> {
  const ui = new Ui({}, Deno.stdout, Deno.stderr, true);
  for (const format of ["json", "xml", "csv"] as const) {
    const path = `${folder}/received.${format}`;
    const heading = new TextEncoder().encode(RECORD_FORMS[format].heading);
    const file = new PrintFile({ path, heading, maxBytes: 2 ** 40, files: 2 });
    const print = new ServePrint(
      { screen: false, format, file },
      ui,
      new ServeOutput(ui, undefined),
    );
    for (const event of events) print.event(event);
    await print.close(60_000);
  }
}

test(`interop: Python reads what was printed${missing}`, async () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const events = [...randomDictionaries(COUNT, 7)].map(event);
  await print(folder, events);
  const command = [python!, "-B", "tests/interop/peers/printed.py", folder];
  const { code, stdout, stderr } = await runProgram(command, { cwd: root });
  assertEquals([code, stderr], [0, ""]);
  const printed = JSON.parse(stdout) as Printed;

  const common = events.map(({ event }, number) =>
    [event, sampleId(number), source(number)] as const
  );
  // Of a manifest the names are normalised.
  const dictionaries = events.map((event) =>
    event.event === "manifest" ? dictionaryOf(event.manifest.entries) : event.document.dictionary
  );
  assertEquals(printed.json, common.map((one, i) => [...one, tell(dictionaries[i]!)]));

  assertEquals(printed.xml.map((one) => one.slice(0, 3)), common.map((one) => [...one]));
  for (const [i, [, , , names]] of printed.xml.entries()) {
    const expected = [...dictionaries[i]!.keys()];
    assertEquals(names, expected.map((name, at) => names[at] === null ? null : name));
  }

  const rows = printed.csv.values();
  for (const [i, dictionary] of dictionaries.entries()) {
    const [event, id] = common[i]!;
    if (dictionary.size === 0) assertEquals(rows.next().value, [event, id, "", null]);
    for (const [name, value] of dictionary) {
      const [kind, rowId, , said] = rows.next().value!;
      assertEquals([kind, rowId, said], [event, id, tell(value)], name);
    }
  }
  assertEquals(rows.next().done, true);
  Deno.removeSync(folder, { recursive: true });
}, { ignore: python === undefined });
