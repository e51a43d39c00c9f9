/**
 * Keeps the dictionaries that peers send, in whatever dialect and format they came.
 *
 * @module
 */

import { entriesOf } from "../formats/entries.ts";
import { FormatError } from "../formats/format_error.ts";
import { jsonFormat } from "../formats/json.ts";
import type { Dictionary } from "../formats/value.ts";
import type { Document } from "../store/document_store.ts";
import type { Store } from "../store/store.ts";
import { type DocumentMessage, type Refusal, RefusalCode } from "../wire/messages.ts";
import { type DictionaryTurns, isLong } from "./dictionary_turns.ts";
import type { Denial, Gate } from "./gate.ts";
import type { Keeping, Kept } from "./keeping.ts";
import type { ManifestRequests } from "./manifest_requests.ts";
import type { Peer } from "./peer.ts";
import { sourceProblem } from "./source_rules.ts";

/** What a dictionary is kept as. */
export type DictionaryKind = "manifest" | "document";

/** What became of a dictionary. */
export interface KeptDictionary {
  /** What it is, also when it was refused. */
  readonly of: DictionaryKind;
  /** A receipt, once it is on the disk, or why it is not. */
  readonly answer: Kept;
}

/** What it takes to keep dictionaries. */
export interface DictionariesOptions {
  /** Where documents are kept. */
  store: Store;
  /** Who is trusted. */
  gate: Gate;
  /** Decides over what is kept. */
  keeping: Keeping;
  /** Keeps those that are manifests. */
  manifests: ManifestRequests;
  /** When long ones are read. */
  turns: DictionaryTurns;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string, id?: string) => Refusal;
}

/** The one way of dictionaries into the store: `hub.dictionaries`. */
export class Dictionaries {
  readonly #options: DictionariesOptions;
  /** Of the peers whose long dictionaries wait for their turn or are being kept, when that ends. */
  readonly #waiting = new WeakMap<Peer, Promise<void>>();

  /** Takes what it needs of the hub. */
  constructor(options: DictionariesOptions) {
    this.#options = options;
  }

  /**
   * Keeps a dictionary: as a manifest when all its values are counts of cities, else as a document,
   * also when it is empty. Never throws, never rejects.
   */
  keep(peer: Peer, document: Document): KeptDictionary | Promise<KeptDictionary> {
    const { id, source, madeAtMs, dictionary } = document;
    const entries = entriesOf(dictionary);
    if (typeof entries === "string") return as("document", this.#keepDocument(peer, document));
    const manifest = { kind: "manifest", id, source, madeAtMs, entries } as const;
    return as("manifest", this.#options.manifests.keep(peer, manifest));
  }

  /** The answer to a dictionary that came as a message. */
  handle(peer: Peer, message: DocumentMessage): Kept | Promise<Kept> {
    const { gate, turns, refuse } = this.#options;
    // Before it is read: that takes time.
    const denial = gate.keep(peer, "document");
    if (denial !== undefined) return refuse(peer, ...denial, message.id);
    if (!isLong(message.json.length)) return this.#read(peer, message);
    const kept = turns.run(message.json.length, async () => await this.#read(peer, message));
    this.#waiting.set(peer, kept.then(() => void this.#waiting.delete(peer)));
    return kept;
  }

  /** Resolves when more may be read of a peer; `undefined`: now. A long one of it may be waiting. */
  whenReady(peer: Peer): Promise<void> | undefined {
    return this.#waiting.get(peer);
  }

  #read(peer: Peer, { id, source, madeAtMs, json }: DocumentMessage): Kept | Promise<Kept> {
    const deny = (...denial: Denial) => this.#options.refuse(peer, ...denial, id);
    let dictionary: Dictionary;
    try {
      dictionary = jsonFormat.read(json);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return deny(RefusalCode.invalid, `It is no dictionary in JSON: ${error.message}.`);
    }
    const kept = this.keep(peer, { id, source, madeAtMs, dictionary });
    return kept instanceof Promise ? kept.then(({ answer }) => answer) : kept.answer;
  }

  #keepDocument(peer: Peer, document: Document): Kept | Promise<Kept> {
    const { store, keeping } = this.#options;
    return keeping.keep(peer, {
      kind: "document",
      id: document.id,
      problem: () => sourceProblem(document.source),
      store: () => store.addDocument(document),
      stored: (added) => ({ event: "document", peer: peer.info, document, ...added }),
    });
  }
}

function as(
  of: DictionaryKind,
  kept: Kept | Promise<Kept>,
): KeptDictionary | Promise<KeptDictionary> {
  return kept instanceof Promise ? kept.then((answer) => ({ of, answer })) : { of, answer: kept };
}
