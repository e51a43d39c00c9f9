import { type Progress, progressLine, REDRAW_MS } from "./progress.ts";
import { RateMeter } from "./rate_meter.ts";
import type { OutputStream } from "./ui.ts";

/** A progress bar on a terminal: one line that is drawn over and over, and gone at the end. */
export class ProgressBar implements Disposable {
  readonly #stream: OutputStream | undefined;
  readonly #columns: () => number;
  #meter = new RateMeter();
  #drawnAtMs = -Infinity;
  #isShown = false;

  /** Takes where it is drawn, and how wide that is; without a stream nothing is. */
  constructor(stream: OutputStream | undefined, columns: () => number = terminalColumns) {
    this.#stream = stream;
    this.#columns = columns;
  }

  /** Begins with something else, whose rate is another one. */
  restart(): void {
    this.#meter = new RateMeter();
    this.#drawnAtMs = -Infinity;
  }

  /** Shows how far it has come, if it is time to. */
  show(progress: Omit<Progress, "bytesPerSecond">): void {
    if (this.#stream === undefined) return;
    const nowMs = performance.now();
    this.#meter.note(progress.doneBytes, nowMs);
    const isDone = progress.doneBytes === progress.totalBytes;
    if (nowMs - this.#drawnAtMs < REDRAW_MS && !isDone) return;
    this.#drawnAtMs = nowMs;
    const { bytesPerSecond } = this.#meter;
    // The last column is left free: some terminals go to the next line behind it. And two for the
    // ^C that terminals show: in the next line it would leave this one behind.
    this.#write(`\r${progressLine({ ...progress, bytesPerSecond }, this.#columns() - 3)}\x1b[K`);
    this.#isShown = true;
  }

  /** Takes it away, so that something else can be said. */
  clear(): void {
    if (!this.#isShown) return;
    this.#write("\r\x1b[K");
    this.#isShown = false;
  }

  /** The same as {@linkcode clear}, for `using`. */
  [Symbol.dispose](): void {
    this.clear();
  }

  #write(text: string): void {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(this.#stream!.writeSync(bytes));
  }
}

function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    // None of stdin, stdout and stderr is one that tells its size.
    return 80;
  }
}
