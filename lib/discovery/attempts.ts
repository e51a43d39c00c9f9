/** What was tried in one way, on one interface or in one network, and what came of it. */
export class Attempts {
  /** Where, and what was tried. */
  readonly what: string;
  readonly #outcomes = new Map<string, number>();
  readonly #notes = new Set<string>();

  /** Takes where it is tried, and what: `eth0, 10.0.0.5/24: broadcast to 10.0.0.255`. */
  constructor(what: string) {
    this.what = what;
  }

  /** Somebody or something that was asked has answered so: a few words, as they stand behind a number. */
  count(outcome: string): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
  }

  /** Something is to be said of all of it. */
  note(text: string): void {
    this.#notes.add(text);
  }

  /** What is to be said of it. */
  get notes(): string[] {
    return [...this.#notes];
  }

  /** How often each thing has come of it, the most frequent ones first. */
  get outcomes(): [outcome: string, count: number][] {
    return Array.from(this.#outcomes).sort(([, one], [, other]) => other - one);
  }
}
