import { dictionaryOf } from "../../lib/formats/entries.ts";
import type { Value } from "../../lib/formats/value.ts";
import type { Store } from "../../lib/store/store.ts";

/** All that a store has of what comes by dict, in a form that is easily compared. */
export interface KeptParts {
  /** The dictionaries of manifests and documents. */
  dictionaries: Record<string, Value>[];
  /** The texts of files. */
  files: string[];
}

/** What a store has by now. */
export async function keptIn(store: Store): Promise<KeptParts> {
  const dictionaries = [
    ...Array.from(store.manifests({}), ({ entries }) => dictionaryOf(entries)),
    ...Array.from(store.documentRecords({}), (record) => record.read().dictionary),
  ].map((dictionary) => Object.fromEntries(dictionary));
  const files: string[] = [];
  for (const { id, size } of store.files(0, 1000)) {
    const content = (await store.openContent(id))!;
    files.push(new TextDecoder().decode(await content.read(0, size)));
    content.close();
  }
  return { dictionaries, files };
}
