import { MAX_OFFERED_FILES } from "../limits/client.ts";
import type { FileInfo } from "../wire/file_messages.ts";

/** The files that were offered, by the numbers that a person saves them by. */
export class OfferedFiles {
  readonly #files = new Map<number, FileInfo>();
  #last = 0;

  /** A file is offered; gives its number, from 1 on. The oldest of too many is forgotten. */
  add(file: FileInfo): number {
    this.#files.set(++this.#last, file);
    this.#files.delete(this.#last - MAX_OFFERED_FILES);
    return this.#last;
  }

  /** The file of that number, while it is remembered. */
  get(number: number): FileInfo | undefined {
    return this.#files.get(number);
  }
}
