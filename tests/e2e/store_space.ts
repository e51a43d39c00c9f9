/**
 * A workspace with a store and two keys for it.
 *
 * @module
 */

import { assertEquals, assertRejects } from "@std/assert";
import { InterruptedError } from "../../lib/errors.ts";
import { writeKeyFile } from "../../lib/key_file.ts";
import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { sampleKey, sampleManifest } from "../helpers/samples.ts";
import { findInFiles } from "../helpers/store_files.ts";
import { Workspace } from "./workspace.ts";

/** A folder with the keys `old.key` and `new.key`, and the folder `yard`. */
export class StoreSpace extends Workspace {
  /** The store. */
  readonly store: string = this.path("yard/wagons.db");

  /** Makes it. */
  constructor() {
    super();
    Deno.mkdirSync(this.path("yard"));
    writeKeyFile(this.path("old.key"), sampleKey(1));
    writeKeyFile(this.path("new.key"), sampleKey(2));
  }

  /** Fills the store with so many manifests. */
  async fill(count: number, key?: Uint8Array): Promise<void> {
    const store = openSqliteStore(this.store, { key });
    for (let from = 0; from < count; from += 500) {
      const numbers = Array.from({ length: Math.min(500, count - from) }, (_, i) => from + i);
      await Promise.all(numbers.map((number) => store.addManifest(sampleManifest(number))));
    }
    store.close();
  }

  /** Fills the store, and leaves it between its two keys. */
  async fillHalfChanged(count: number): Promise<void> {
    await this.fill(count, sampleKey(1));
    const stop = new AbortController();
    const run = rekeyStore(this.store, {
      oldKey: sampleKey(1),
      newKey: sampleKey(2),
      batchRecords: Math.ceil(count / 2),
      signal: stop.signal,
      onProgress: ({ changed }) => changed > 0 && stop.abort(),
    });
    await assertRejects(() => run, InterruptedError);
  }

  /** Runs it and expects that exit code. */
  async expect(
    code: number,
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<{ stdout: string; stderr: string }> {
    const ended = await this.run(args, { env });
    assertEquals(ended.code, code, `${args.join(" ")}: ${ended.stdout}${ended.stderr}`);
    return ended;
  }

  /** Where some words stand in the files of the store. */
  found(...words: string[]): string[] {
    return words.flatMap((word) => findInFiles(this.path("yard"), word));
  }
}
