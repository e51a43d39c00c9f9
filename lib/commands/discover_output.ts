import type { Attempts } from "../discovery/attempts.ts";
import type { FoundServer } from "../discovery/merge.ts";
import type { KeyMatch } from "../discovery/sighting.ts";
import { formatEndpoint } from "../endpoint.ts";
import { textColumns } from "../progress.ts";
import { showable, type Ui } from "../ui.ts";

const HEADINGS = ["NAME", "ADDRESS", "TIME", "FOUND BY", "KEY", "DIALECTS"];

const KEYS: Readonly<Record<KeyMatch, string>> = {
  opens: "ours",
  clock: "ours, but its clock differs",
  other: "another",
  unknown: "unknown",
};

/** Shows what was found: a table for people, and with `--json` a line for each server. */
export class DiscoverOutput {
  readonly #ui: Ui;

  /** Takes where to show it. */
  constructor(ui: Ui) {
    this.#ui = ui;
  }

  /** The servers that were found. */
  servers(servers: readonly FoundServer[]): void {
    if (this.#ui.json) {
      for (const server of servers) this.#ui.object(serverJson(server));
    } else if (servers.length > 0) {
      this.#ui.text(formatTable([HEADINGS, ...servers.map(serverRow)]));
    }
  }

  /** What was tried, and what came of it. */
  attempts(attempts: readonly Attempts[]): void {
    for (const { what, outcomes, notes } of attempts) {
      const said = [...outcomes.map(([outcome, count]) => `${count} ${outcome}`), ...notes];
      this.#ui.note(showable(`${what}: ${said.length === 0 ? "no answer" : said.join(", ")}`));
    }
  }

  /** There is no key. */
  keyless(): void {
    this.#ui.note(
      "there is no key to try (--key-file): servers answer broadcasts only with theirs",
    );
  }
}

function serverJson(server: FoundServer): Record<string, unknown> {
  const { id, name, version, addresses, endpoints, roundTripMs, ways, key } = server;
  return {
    id: id ?? null,
    name,
    version: version ?? null,
    addresses,
    endpoints: endpoints.map(formatEndpoint),
    roundTripMs: roundTripMs === undefined ? null : Math.round(roundTripMs * 1000) / 1000,
    foundBy: ways,
    key,
  };
}

function serverRow({ name, addresses, endpoints, roundTripMs, ways, key }: FoundServer): string[] {
  const dialects = new Set(endpoints.map(({ scheme, port }) => `${scheme}:${port}`));
  return [
    name === "" ? "-" : showable(name),
    addresses.join(", "),
    roundTripMs === undefined ? "-" : `${roundTripMs.toFixed(roundTripMs < 10 ? 1 : 0)} ms`,
    ways.join(", "),
    KEYS[key],
    // The longest, which may wrap, is the last.
    [...dialects].join(" "),
  ];
}

/** Columns as wide as what is in them. */
function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => textColumns(row[column]!)))
  );
  const pad = (text: string, width: number) => text + " ".repeat(width - textColumns(text));
  return rows.map((row) =>
    `${row.map((cell, column) => pad(cell, widths[column]!)).join("  ").trimEnd()}\n`
  ).join("");
}
