import type { RequesterEvent, Summary } from "../client/requester.ts";
import type { Log } from "../log.ts";
import { showable, type Ui } from "../ui.ts";
import { counted } from "../units.ts";

/** Tells what a client does: answers on stdout, the rest on stderr, all of it in the log. */
export class ClientOutput {
  readonly #ui: Ui;
  readonly #log: Log | undefined;
  readonly #isPeriodic: boolean;

  /** Takes where to tell it, and whether there is more than one request to tell of. */
  constructor(ui: Ui, log: Log | undefined, isPeriodic: boolean) {
    this.#ui = ui;
    this.#log = log;
    this.#isPeriodic = isPeriodic;
  }

  /** Tells the user something. */
  say(text: string): void {
    this.#ui.note(text);
  }

  /** Something happened. */
  event(event: RequesterEvent): void {
    switch (event.event) {
      case "connecting":
        // The first attempt says nothing that its outcome does not.
        if (event.attempt > 1) this.#ui.aside(`attempt ${event.attempt} to reach ${event.url}`);
        return this.#record("info", event);
      case "connected":
        if (this.#isPeriodic) {
          this.#ui.aside(`connected to ${event.url}${event.sealed ? ", sealed" : ""}`);
        }
        return this.#record("info", event);
      case "failed":
      case "lost": {
        const { event: what, url, error } = event;
        // Of a single request it is the error that the command ends with.
        if (this.#isPeriodic) this.#ui.warn(showable(error.message));
        return this.#record("warning", { event: what, url, reason: error.message });
      }
      case "request":
        return this.#record("info", event);
      case "answer": {
        const rttMs = round(event.rttMs);
        if (!this.#ui.json) {
          const what = event.kind === "fast"
            ? showable(event.currentDateTime)
            : counted(event.connectedClientCount, "client");
          this.#ui.text(`${what}  ${rttMs.toFixed(3)} ms\n`);
        }
        return this.#record("info", { ...event, rttMs });
      }
      case "skipped":
        return this.#record("info", event);
    }
  }

  /** What was done, at the end. */
  summary({ sent, answered, skipped, lost, rtt }: Summary): void {
    const rttMs = {
      min: round(rtt.minMs),
      median: round(rtt.quantileMs(0.5)),
      p99: round(rtt.quantileMs(0.99)),
      max: round(rtt.maxMs),
    };
    // NaN is null in JSON: there was no answer.
    if (this.#ui.json) this.#ui.object({ event: "summary", sent, answered, skipped, lost, rttMs });
    const counts = `${sent} sent, ${answered} answered, ${skipped} skipped, ${lost} lost`;
    const times = answered === 0
      ? ""
      : `; round trip min ${rttMs.min}, median ${rttMs.median}, p99 ${rttMs.p99}, max ${rttMs.max} ms`;
    if (this.#isPeriodic) this.#ui.note(counts + times);
    this.#log?.write("info", "summary", { sent, answered, skipped, lost, ...rttMs });
  }

  #record(level: "info" | "warning", { event, ...values }: { event: string } & Values): void {
    if (this.#ui.json) this.#ui.object({ event, ...values });
    this.#log?.write(level, event, values);
  }
}

type Values = Record<string, string | number | boolean>;

/** To whole microseconds: more digits are noise. */
function round(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}
