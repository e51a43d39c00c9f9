/** The rate of the last some seconds is what the next ones will be like. */
const SPAN_MS = 5000;
/** Before, a rate says nothing. */
const MIN_SPAN_MS = 500;

/** Measures how fast something goes, from how far it has come when. */
export class RateMeter {
  readonly #notes: { doneBytes: number; atMs: number }[] = [];

  /** Notes how far it has come at a time in milliseconds. */
  note(doneBytes: number, atMs: number): void {
    const notes = this.#notes;
    const last = notes.at(-1);
    // What was there before this try has not come at any rate; nor has what is begun anew.
    if (last !== undefined && doneBytes < last.doneBytes) notes.length = 0;
    // Some dozens of notes are enough, however often it is told.
    const before = notes.at(-2);
    if (before !== undefined && atMs - before.atMs < SPAN_MS / 50) notes.pop();
    notes.push({ doneBytes, atMs });
    while (notes.length > 2 && atMs - notes[1]!.atMs >= SPAN_MS) notes.shift();
  }

  /** Bytes a second; `undefined` while that is not known. */
  get bytesPerSecond(): number | undefined {
    const [first, last] = [this.#notes[0], this.#notes.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const spanMs = last.atMs - first.atMs;
    if (spanMs < MIN_SPAN_MS) return undefined;
    return (last.doneBytes - first.doneBytes) / spanMs * 1000;
  }
}
