import type { Content, FileStore } from "../store/file_store.ts";

/** Contents that one peer reads from, at most so many of them; the one not used longest is closed. */
export class OpenContents {
  readonly #store: FileStore;
  readonly #max: number;
  /** The one that was used last is at the end. */
  readonly #contents = new Map<string, Content>();

  /** Takes where they are, and how many may be open. */
  constructor(store: FileStore, max: number) {
    this.#store = store;
    this.#max = max;
  }

  /** The content of the file of that id, for one use before the next call; `undefined`: none. */
  async open(id: string): Promise<Content | undefined> {
    const content = this.#contents.get(id) ?? await this.#store.openContent(id);
    if (content === undefined) return undefined;
    this.#contents.delete(id);
    this.#contents.set(id, content);
    if (this.#contents.size > this.#max) this.close(this.#contents.keys().next().value!);
    return content;
  }

  /** Closes the content of that id, if it is open. */
  close(id: string): void {
    this.#contents.get(id)?.close();
    this.#contents.delete(id);
  }

  /** Closes all. */
  closeAll(): void {
    for (const id of [...this.#contents.keys()]) this.close(id);
  }
}
