import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { isNews, type ReceivedEvent, RECORD_FORMS } from "../../lib/commands/print_records.ts";
import { dictionaryOf } from "../../lib/formats/entries.ts";
import { jsonFormat } from "../../lib/formats/json.ts";
import { xmlFormat } from "../../lib/formats/xml.ts";
import { type Dictionary, sameValue } from "../../lib/formats/value.ts";
import type { HubEvent } from "../../lib/hub/events.ts";
import { PRINT_FORMATS } from "../../lib/print/format.ts";
import { isoTime } from "../../lib/ui.ts";
import { anyDictionary } from "../helpers/dictionaries.ts";
import { LOCAL, sampleFile, sampleId, sampleManifest } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";

const STORED_AT_MS = 1_800_000_000_500;
const [MADE, STORED] = ["2027-01-15T08:00:00.001Z", "2027-01-15T08:00:00.500Z"];
const ID = sampleId(1);
const COMMON = { peer: LOCAL, storedAtMs: STORED_AT_MS, duplicate: false };

const MANIFEST: ReceivedEvent = {
  ...COMMON,
  event: "manifest",
  manifest: sampleManifest(1, { source: 'Yard "7"\u202e' }),
};
const DOCUMENT = document(
  new Map<string, string | boolean | Dictionary>([
    ["driver", "Ann\nLee \u009b"],
    ["ready", true],
    ["a,b", new Map([["x", null]])],
  ]),
);
const FILE: ReceivedEvent = {
  event: "file",
  peer: LOCAL,
  file: sampleFile(1, { name: "=1<2.txt", storedAtMs: STORED_AT_MS }),
  duplicate: false,
};

function document(dictionary: Dictionary, source = "Yard 7"): ReceivedEvent {
  const made = { id: ID, source, madeAtMs: 1_800_000_000_001 };
  return { ...COMMON, event: "document", document: { ...made, dictionary } };
}

const record = (format: keyof typeof RECORD_FORMS, event: ReceivedEvent) =>
  RECORD_FORMS[format].record(event);

test("print records: text is a heading, and the text form of what came", () => {
  assertEquals(
    record("text", MANIFEST),
    `# ${ID} from Yard "7"\\u{202e}, ${MADE}\nKöln = 1\nŁódź = 4294967295\n`,
  );
  assertEquals(
    record("text", DOCUMENT),
    `# ${ID} from Yard 7, ${MADE}, a document: 3 names\n` +
      '"driver" = "Ann\\nLee \\u009b"\n"ready" = true\n"a,b" = {"x":null}\n',
  );
  const text = `# ${ID} from Yard 7, ${STORED}, a file: =1<2.txt, 1001 bytes\n`;
  assertEquals(record("text", FILE), text);
});

test("print records: JSON is an object in a line", () => {
  const common = `"peer":"127.0.0.1:4001","storedAt":"${STORED}"`;
  assertEquals(
    record("json", MANIFEST),
    `{"event":"manifest","id":"${ID}","source":"Yard \\"7\\"\\u202e",${common},` +
      `"madeAt":"${MADE}","entries":{"Köln":1,"Łódź":4294967295}}\n`,
  );
  assertEquals(
    record("json", DOCUMENT),
    `{"event":"document","id":"${ID}","source":"Yard 7",${common},"madeAt":"${MADE}",` +
      '"dictionary":{"driver":"Ann\\nLee \\u009b","ready":true,"a,b":{"x":null}}}\n',
  );
  assertEquals(
    record("json", FILE),
    `{"event":"file","id":"${ID}","source":"Yard 7",${common},"name":"=1<2.txt","bytes":1001}\n`,
  );
});

test("print records: CSV is a row for each value", () => {
  assertEquals(RECORD_FORMS.csv.heading, "id,stored_at,kind,source,peer,name,value\n");
  const before = (kind: string, source = "Yard 7") =>
    `${ID},${STORED},${kind},${source},127.0.0.1:4001,`;
  const yard = before("manifest", '"Yard ""7""\\u{202e}"');
  assertEquals(record("csv", MANIFEST), `${yard}Köln,1\n${yard}Łódź,4294967295\n`);
  const rows = ['driver,"""Ann\\nLee \\u009b"""', "ready,true", '"a,b","{""x"":null}"'];
  assertEquals(
    record("csv", DOCUMENT),
    rows.map((row) => `${before("document")}${row}\n`).join(""),
  );
  // A spreadsheet would take it for a formula.
  assertEquals(record("csv", FILE), `${before("file")}'=1<2.txt,1001\n`);
  assertEquals(record("csv", document(new Map())), `${before("document")},\n`);
});

test("print records: only what was not there before is news", () => {
  const events: HubEvent[] = [MANIFEST, DOCUMENT, FILE];
  assertEquals(events.map(isNews), [true, true, true]);
  const others: HubEvent[] = [
    ...[MANIFEST, DOCUMENT, FILE].map((event) => ({ ...event, duplicate: true })),
    { event: "leftovers", files: 1 },
    { event: "sealed", peer: LOCAL },
  ];
  assertEquals(others.map(isNews), others.map(() => false));
});

const anySource = fc.string({ unit: "grapheme", maxLength: 12 });

test("print records: whatever came, a record is whole lines that steer no terminal", () => {
  let records = 0;
  fc.assert(
    fc.property(anyDictionary(), anySource, (dictionary, source) => {
      const file: ReceivedEvent = { ...FILE, file: sampleFile(1, { name: source, source }) };
      for (const event of [document(dictionary, source), file]) {
        for (const format of PRINT_FORMATS) {
          const text = record(format, event);
          assert(text.endsWith("\n"), format);
          const isOneLine = format !== "text" && format !== "csv";
          assert(text.startsWith(RECORD_FORMS[format].start) || format === "csv");
          if (format === "text") assertEquals(text.match(/^#/gm)?.length, 1, text);
          if (isOneLine) assertEquals(text.indexOf("\n"), text.length - 1, text);
          const odd = /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.exec(text);
          assertEquals(odd, null, `${format}: ${JSON.stringify(text)}`);
          records++;
        }
      }
    }),
    { numRuns: 1000 },
  );
  assertEquals(records, 8000);
});

test("print records: what is in a line of JSON is what came", () => {
  fc.assert(
    fc.property(anyDictionary(), anySource, (dictionary, source) => {
      const line = new TextEncoder().encode(record("json", document(dictionary, source)));
      const read = jsonFormat.read(line);
      const expected = new Map([
        ...[["event", "document"], ["id", ID], ["source", source], ["peer", LOCAL.address]],
        ...[["storedAt", isoTime(STORED_AT_MS)], ["madeAt", isoTime(1_800_000_000_001)]],
        ["dictionary", dictionary],
      ] as [string, string | Dictionary][]);
      assert(sameValue(read, expected), JSON.stringify([...read]));
    }),
    { numRuns: 1000 },
  );
});

test("print records: XML is an element in a line, with what came in an element of its own", () => {
  const facts = (source: string) =>
    ` id="${ID}" source="${source}" peer="127.0.0.1:4001" storedAt="${STORED}"`;
  assertEquals(
    record("xml", MANIFEST),
    `<manifest${facts("Yard &#34;7&#34;&#8238;")} madeAt="${MADE}">` +
      "<data><Köln>1</Köln><Łódź>4294967295</Łódź></data></manifest>\n",
  );
  assertEquals(
    record("xml", DOCUMENT),
    `<document${facts("Yard 7")} madeAt="${MADE}"><data><driver>Ann&#10;Lee &#155;</driver>` +
      '<ready type="bool">true</ready><key name="a,b"><x type="null"/></key></data></document>\n',
  );
  assertEquals(record("xml", FILE), `<file${facts("Yard 7")} name="=1&#60;2.txt" bytes="1001"/>\n`);
});

test("print records: what is in an element of XML is what came", () => {
  fc.assert(
    fc.property(anyDictionary(), anySource, (dictionary, source) => {
      const line = record("xml", document(dictionary, source));
      const [, data] = /^<document [^<>]*>(<data>.*<\/data>|<data\/>)<\/document>\n$/.exec(line) ??
        [];
      const read = xmlFormat.read(new TextEncoder().encode(data));
      assert(sameValue(read, dictionary), line);
    }),
    { numRuns: 1000 },
  );
});

test("print records: a table has the same columns in every row, and the names that came", () => {
  let quoted = 0;
  fc.assert(
    fc.property(anyDictionary({ withControls: false }), anySource, (dictionary, source) => {
      const rows = readCsv(RECORD_FORMS.csv.heading + record("csv", document(dictionary, source)));
      assertEquals(rows.map((row) => row.length), rows.map(() => 7));
      const names = rows.slice(1).map((row) => row[5]!);
      for (const [i, name] of [...dictionary.keys()].entries()) {
        const isFormula = /^[=+@'-]/.test(name);
        if (isFormula) quoted++;
        const plain = isFormula ? names[i]!.slice(1) : names[i]!;
        if (!/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(name)) {
          assertEquals(plain, name);
        }
      }
      for (const row of rows.slice(1)) {
        assert(!/^[=+@\t\r-]/.test(row[5]!) && !/^[=+@-]/.test(row[3]!));
      }
    }),
    { numRuns: 1000 },
  );
  assert(quoted > 20, String(quoted));
});

/** Rows of fields, as RFC 4180 has them, with line feeds. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const fields = /("(?:[^"]|"")*"|[^",\n]*)([,\n])/gy;
  let end = 0;
  for (const [whole, field, separator] of text.matchAll(fields)) {
    end += whole.length;
    rows.at(-1)!.push(field!.startsWith('"') ? field!.slice(1, -1).replaceAll('""', '"') : field!);
    if (separator === "\n" && end < text.length) rows.push([]);
  }
  assertEquals(end, text.length, text);
  return rows;
}

test("print records: a manifest is the same dictionary in JSON", () => {
  const line = jsonFormat.read(new TextEncoder().encode(record("json", MANIFEST)));
  const { entries } = sampleManifest(1);
  assert(sameValue(line.get("entries")!, dictionaryOf(entries)));
});
