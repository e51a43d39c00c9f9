/**
 * Reads Prometheus' text format, version 0.0.4, and takes nothing that its description does not allow:
 * https://github.com/prometheus/docs/blob/main/docs/instrumenting/exposition_formats.md
 *
 * @module
 */

/** A value, and what it is the value of. */
export interface ReadSample {
  /** The name that it stands behind: of a histogram's samples it has a suffix. */
  readonly name: string;
  /** The labels and their values. */
  readonly labels: Readonly<Record<string, string>>;
  /** The value. */
  readonly value: number;
}

/** All samples of one name, and what is said of them. */
export interface Family {
  /** The name. */
  readonly name: string;
  /** What it means. */
  readonly help: string;
  /** `counter`, `gauge` or `histogram`. */
  readonly type: string;
  /** Its samples, in their order. */
  readonly samples: readonly ReadSample[];
}

/** What was read. */
export class ReadMetrics {
  /** By their names. */
  readonly families: ReadonlyMap<string, Family>;

  /** Takes what was read. */
  constructor(families: ReadonlyMap<string, Family>) {
    this.families = families;
  }

  /** All samples of all families. */
  get samples(): ReadSample[] {
    return [...this.families.values()].flatMap(({ samples }) => samples);
  }

  /** The value of a sample that is there, with just these labels. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number {
    const key = keyOf({ name, labels });
    const found = this.samples.find((sample) => keyOf(sample) === key);
    if (found === undefined) throw new Error(`There is no ${key}`);
    return found.value;
  }

  /** All samples that are not 0, as they are written; of histograms the counts alone. */
  get counted(): Record<string, number> {
    return Object.fromEntries(
      this.samples
        .filter(({ name, value }) => value !== 0 && !/_(bucket|sum)$/.test(name))
        .map((sample) => [keyOf(sample), sample.value]),
    );
  }

  /** What identifies each sample, and its type: all but the values. */
  get shape(): string[] {
    return [...this.families.values()].flatMap(({ name, type, samples }) => [
      `${name} ${type}`,
      ...samples.map(keyOf),
    ]);
  }
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/;
const VALUE = /^(?:[+-]?Inf|NaN|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)$/;
const TYPES = ["counter", "gauge", "histogram"];

/** Reads a text. Throws at the first thing that is not right. */
export function readMetrics(text: string): ReadMetrics {
  if (!text.endsWith("\n")) throw new Error("The last line does not end");
  const families = new Map<string, Family & { samples: ReadSample[] }>();
  const seen = new Set<string>();
  let help: { name: string; text: string } | undefined;
  let family: (Family & { samples: ReadSample[] }) | undefined;
  for (const [index, line] of text.slice(0, -1).split("\n").entries()) {
    const check = (isRight: boolean, what: string) => {
      if (!isRight) throw new Error(`Line ${index + 1}, ${JSON.stringify(line)}: ${what}`);
    };
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) ([^]+)$/.exec(line) ?? [];
    if (keyword === "HELP") {
      check(NAME.test(name) && !families.has(name), "a bad name, or one that was there");
      check(/^(?:[^\\]|\\[\\n])*$/.test(rest), "a bad escape");
      help = { name, text: unescape(rest) };
      family = undefined;
    } else if (keyword === "TYPE") {
      check(help?.name === name, "a type without its help");
      check(TYPES.includes(rest), "an unknown type");
      family = { name, help: help!.text, type: rest, samples: [] };
      families.set(name, family);
    } else {
      check(!line.startsWith("#"), "a comment that is nothing");
      const sample = readSample(line, check);
      const key = keyOf(sample);
      check(!seen.has(key), "it was there before");
      seen.add(key);
      check(family !== undefined, "no type before it");
      const { name, type } = family!;
      const suffixes = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      check(suffixes.some((suffix) => name + suffix === sample.name), `not one of ${name}`);
      check(type !== "counter" || sample.value >= 0, "a counter below 0");
      family!.samples.push(sample);
    }
  }
  for (const family of families.values()) {
    if (family.samples.length === 0) throw new Error(`${family.name} has no samples`);
    if (family.type === "histogram") checkHistogram(family);
  }
  return new ReadMetrics(families);
}

function readSample(line: string, check: (isRight: boolean, what: string) => void): ReadSample {
  const name = /^[^{ ]*/.exec(line)![0];
  check(NAME.test(name), "a bad name");
  let rest = line.slice(name.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith("{")) {
    do {
      rest = rest.slice(1);
      const match = LABEL.exec(rest);
      check(match !== null, "a bad label");
      check(!Object.hasOwn(labels, match![1]!), "a label twice");
      labels[match![1]!] = unescape(match![2]!);
      rest = rest.slice(match![0].length);
    } while (rest.startsWith(","));
    check(rest.startsWith("}"), "labels that do not end");
    rest = rest.slice(1);
  }
  check(rest.startsWith(" ") && VALUE.test(rest.slice(1)), "a bad value");
  return { name, labels, value: readValue(rest.slice(1)) };
}

/** Buckets in their order, each with those before it, up to all; and a sum and a count. */
function checkHistogram({ name, samples }: Family): void {
  const series = Map.groupBy(samples, ({ labels: { le: _, ...labels } }) => JSON.stringify(labels));
  for (const [labels, samples] of series) {
    const check = (isRight: boolean, what: string) => {
      if (!isRight) throw new Error(`${name} ${labels}: ${what}`);
    };
    const of = (suffix: string) => samples.filter((sample) => sample.name === name + suffix);
    const buckets = of("_bucket").map(({ labels: { le }, value }) => ({
      le: readValue(le ?? "none"),
      value,
    }));
    const [sum, count] = [of("_sum"), of("_count")];
    check(sum.length === 1 && count.length === 1, "not one sum and one count");
    check(buckets.at(-1)?.le === Infinity, "no bucket for all");
    check(buckets.at(-1)!.value === count[0]!.value, "the last bucket is not the count");
    for (const [index, { le, value }] of buckets.entries()) {
      check(!Number.isNaN(le), "a bad bound");
      const before = buckets[index - 1] ?? { le: -Infinity, value: 0 };
      check(before.le < le && before.value <= value, `the bucket ${le} is less than one before`);
    }
  }
}

function keyOf({ name, labels }: Pick<ReadSample, "name" | "labels">): string {
  const pairs = Object.entries(labels).sort().map(([label, value]) =>
    `${label}=${JSON.stringify(value)}`
  );
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, char) => char === "n" ? "\n" : char);
}

function readValue(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}
