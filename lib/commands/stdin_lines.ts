/**
 * Lines from a stream, one at a time.
 *
 * @module
 */

import { concat } from "../bytes.ts";

/** A line, or one that is too long, of which nothing is kept. */
export type InputLine = { readonly text: string } | { readonly tooLong: true };

const READ_BYTES = 64 * 1024;

/**
 * The lines of a stream in UTF-8, without their line breaks; what is no UTF-8 becomes U+FFFD. No
 * more is read ahead than one read brings.
 */
export async function* readLines(
  source: { read(buffer: Uint8Array): Promise<number | null> },
  maxLineBytes: number,
): AsyncGenerator<InputLine, void> {
  const buffer = new Uint8Array(READ_BYTES);
  const line = new PartialLine(maxLineBytes);
  while (true) {
    const count = await source.read(buffer);
    if (count === null) break;
    let rest = buffer.subarray(0, count);
    for (let end = rest.indexOf(LF); end >= 0; end = rest.indexOf(LF)) {
      line.add(rest.subarray(0, end));
      yield line.take();
      rest = rest.subarray(end + 1);
    }
    line.add(rest);
  }
  if (!line.isEmpty) yield line.take();
}

const LF = 10;

class PartialLine {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder();
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  add(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes) this.#parts = [];
    else this.#parts.push(bytes.slice());
  }

  take(): InputLine {
    const line = this.#bytes > this.#maxBytes
      ? { tooLong: true } as const
      : { text: this.#decoder.decode(concat(this.#parts)).replace(/\r$/, "") };
    this.#parts = [];
    this.#bytes = 0;
    return line;
  }
}
