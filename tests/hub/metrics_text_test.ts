import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DurationCounts } from "../../lib/duration_counts.ts";
import { MetricsText, type Sample } from "../../lib/hub/metrics_text.ts";
import { type ReadMetrics, readMetrics } from "../helpers/metrics_reader.ts";
import { checkMetrics, HAS_PROMTOOL, withPromtool } from "../helpers/promtool.ts";
import { test } from "../helpers/strict.ts";

const HARD = 'a "b" \\ c \\n \n д';

function sample(): MetricsText {
  const text = new MetricsText();
  text.counter("a_total", HARD, [[{ name: HARD, other: "" }, 1e21], [{ name: "", other: "x" }, 0]]);
  text.gauge("b_bytes", "Bytes.", [[{}, -1.5]]);
  const durations = { one: new DurationCounts(), none: new DurationCounts() };
  for (const durationMs of [0.05, 0.1, 3, 3, 20_000]) durations.one.add(durationMs);
  text.durations("c_seconds", "Durations.", [
    [{ route: "one" }, durations.one],
    [{ route: "none" }, durations.none],
  ]);
  return text;
}

test("metrics text: is written as its description says", () => {
  const text = sample().toString();
  assertEquals(text.split("\n").slice(0, 9), [
    '# HELP a_total a "b" \\\\ c \\\\n \\n д',
    "# TYPE a_total counter",
    'a_total{name="a \\"b\\" \\\\ c \\\\n \\n д",other=""} 1e+21',
    'a_total{name="",other="x"} 0',
    "# HELP b_bytes Bytes.",
    "# TYPE b_bytes gauge",
    "b_bytes -1.5",
    "# HELP c_seconds Durations.",
    "# TYPE c_seconds histogram",
  ]);
  assertEquals(text.split("\n").filter((line) => line.includes('"one"')), [
    'c_seconds_bucket{route="one",le="0.0001"} 2',
    'c_seconds_bucket{route="one",le="0.00025"} 2',
    'c_seconds_bucket{route="one",le="0.0005"} 2',
    'c_seconds_bucket{route="one",le="0.001"} 2',
    'c_seconds_bucket{route="one",le="0.0025"} 2',
    'c_seconds_bucket{route="one",le="0.005"} 4',
    'c_seconds_bucket{route="one",le="0.01"} 4',
    'c_seconds_bucket{route="one",le="0.025"} 4',
    'c_seconds_bucket{route="one",le="0.05"} 4',
    'c_seconds_bucket{route="one",le="0.1"} 4',
    'c_seconds_bucket{route="one",le="0.25"} 4',
    'c_seconds_bucket{route="one",le="0.5"} 4',
    'c_seconds_bucket{route="one",le="1"} 4',
    'c_seconds_bucket{route="one",le="2.5"} 4',
    'c_seconds_bucket{route="one",le="5"} 4',
    'c_seconds_bucket{route="one",le="10"} 4',
    'c_seconds_bucket{route="one",le="+Inf"} 5',
    'c_seconds_sum{route="one"} 20.00615',
    'c_seconds_count{route="one"} 5',
  ]);
  readMetrics(text);
});

test(
  withPromtool("metrics text: promtool takes it, whatever a label says"),
  async () => assertEquals(await checkMetrics(sample().toString()), ""),
  { ignore: !HAS_PROMTOOL },
);

test(
  withPromtool("metrics text: promtool says what is wrong"),
  async () => {
    const wrong = sample().toString().replace("a_total{name=", "a_total{1name=");
    assertEquals((await checkMetrics(wrong)).endsWith("(it failed)"), true);
  },
  { ignore: !HAS_PROMTOOL },
);

test("metrics text: what is written is what is read, for any labels, helps and values", () => {
  const samples = fc.uniqueArray(
    fc.tuple(
      fc.record({ a: fc.string({ unit: "binary" }), b: fc.string() }),
      fc.double().map((value) => value === 0 ? 0 : value),
    ),
    { minLength: 1, selector: ([labels]) => JSON.stringify(labels) },
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), samples, (help, samples: Sample[]) => {
      const text = new MetricsText();
      text.gauge("x", help, samples);
      const { name, type, ...family } = readMetrics(text.toString()).families.get("x")!;
      assertEquals([name, type, family.help], ["x", "gauge", help]);
      assertEquals(
        family.samples,
        samples.map(([labels, value]) => ({ name: "x", labels, value })),
      );
    }),
    { numRuns: 1000 },
  );
});

test("metrics text: the reader of these tests takes nothing that is not right", () => {
  const right = sample().toString();
  const wrong: [string, (text: string) => string][] = [
    ["no end", (text) => text.slice(0, -1)],
    ["lines that end otherwise", (text) => text.replaceAll("\n", "\r\n")],
    ["an empty line", (text) => text.replace("b_bytes -", "\nb_bytes -")],
    ["a family in two places", (text) => text + text],
    ["no type", (text) => text.replace(/# TYPE b_bytes.*\n/, "")],
    ["no help", (text) => text.replace(/# HELP b_bytes.*\n/, "")],
    ["an unknown type", (text) => text.replace("gauge", "gage")],
    ["no samples", (text) => text.replace("b_bytes -1.5\n", "")],
    ["a sample twice", (text) => text.replace("b_bytes -1.5\n", "b_bytes 1\nb_bytes 1\n")],
    ["a bad value", (text) => text.replace("-1.5", "1,5")],
    ["a JavaScript value", (text) => text.replace("-1.5", "Infinity")],
    ["a time behind the value", (text) => text.replace("-1.5", "-1.5 2")],
    ["a label twice", (text) => text.replace("other=", "name=")],
    ["a bad label", (text) => text.replace("other=", "o-ther=")],
    ["a label without quotes", (text) => text.replace('other=""', "other=x")],
    ["a quote that is not escaped", (text) => text.replaceAll('\\"', '"')],
    ["a bad escape", (text) => text.replaceAll('\\"', "\\x")],
    ["a bad escape in a help", (text) => text.replace("# HELP b_bytes ", "# HELP b_bytes \\x")],
    ["a bad name", (text) => text.replaceAll("b_bytes", "b-bytes")],
    ["a name of another family", (text) => text.replace("b_bytes -", "bytes -")],
    ["a counter that shrinks", (text) => text.replace("1e+21", "-1")],
    ["no bucket for all", (text) => text.replaceAll(/.*\+Inf.*\n/g, "")],
    ["buckets out of order", (text) => text.replace('le="0.0001"', 'le="3"')],
    ["buckets that are not cumulative", (text) => text.replace('le="10"} 4', 'le="10"} 3')],
    [
      "a count that is another",
      (text) => text.replace('count{route="one"} 5', 'count{route="one"} 4'),
    ],
    ["no sum", (text) => text.replace(/c_seconds_sum\{route="one".*\n/, "")],
    ["no count", (text) => text.replace(/c_seconds_count\{route="none".*\n/, "")],
  ];
  for (const [what, spoil] of wrong) {
    const spoilt = spoil(right);
    assertEquals(spoilt === right, false, `${what}: something was changed`);
    assertThrows(() => void (readMetrics(spoilt) satisfies ReadMetrics), Error, undefined, what);
  }
});
