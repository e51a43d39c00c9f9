/**
 * Prometheus' text format, version 0.0.4: what `/metrics` is written in. By hand, because all numbers
 * are there already: a library would keep them a second time.
 *
 * @module
 */

import { DURATION_BOUNDS_S, type DurationCounts } from "../duration_counts.ts";

/** The Content-Type of the format. */
export const METRICS_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Labels and their values, in the order that they are written in. */
export type Labels = Readonly<Record<string, string>>;

/** The value of a metric, or all of its values, where its labels are these. */
export type Sample<Value = number> = readonly [labels: Labels, value: Value];

/** Writes metrics, one after the other. Names and labels are the program's own. */
export class MetricsText {
  readonly #lines: string[] = [];

  /** Writes numbers that only grow; the name ends in `_total`. */
  counter(name: string, help: string, samples: readonly Sample[]): void {
    this.#describe(name, "counter", help);
    for (const [labels, value] of samples) this.#sample(name, labels, value);
  }

  /** Writes numbers that grow and shrink. */
  gauge(name: string, help: string, samples: readonly Sample[]): void {
    this.#describe(name, "gauge", help);
    for (const [labels, value] of samples) this.#sample(name, labels, value);
  }

  /** Writes how long something took; the name ends in `_seconds`. */
  durations(name: string, help: string, samples: readonly Sample<DurationCounts>[]): void {
    this.#describe(name, "histogram", help);
    for (const [labels, { buckets, sumMs }] of samples) {
      let count = 0;
      for (const [index, inBucket] of buckets.entries()) {
        // A bucket counts those of all smaller ones too.
        count += inBucket;
        const le = formatValue(DURATION_BOUNDS_S[index] ?? Infinity);
        this.#sample(`${name}_bucket`, { ...labels, le }, count);
      }
      this.#sample(`${name}_sum`, labels, sumMs / 1000);
      this.#sample(`${name}_count`, labels, count);
    }
  }

  /** All that was written. */
  toString(): string {
    return this.#lines.join("");
  }

  #describe(name: string, type: string, help: string): void {
    this.#lines.push(`# HELP ${name} ${escape(help)}\n# TYPE ${name} ${type}\n`);
  }

  #sample(name: string, labels: Labels, value: number): void {
    const pairs = Object.entries(labels)
      .map(([label, text]) => `${label}="${escape(text).replaceAll('"', '\\"')}"`);
    const where = pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
    this.#lines.push(`${name}${where} ${formatValue(value)}\n`);
  }
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

/** A number as Go's ParseFloat reads it. */
function formatValue(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return String(value);
}
