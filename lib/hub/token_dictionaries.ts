import { dictionaryOf, entriesOf } from "../formats/entries.ts";
import { type Dictionary, sameValue } from "../formats/value.ts";
import type { Document } from "../store/document_store.ts";
import type { Store } from "../store/store.ts";
import { type Refusal, RefusalCode } from "../wire/messages.ts";
import type { Dictionaries, KeptDictionary } from "./dictionaries.ts";
import type { HubEvent } from "./events.ts";
import { OneAtATime } from "./one_at_a_time.ts";
import type { Peer } from "./peer.ts";

/** What it takes to keep dictionaries that came with tokens. */
export interface TokenDictionariesOptions {
  /** Where they are looked for. */
  store: Store;
  /** The one way into the store. */
  dictionaries: Dictionaries;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string, id?: string) => Refusal;
  /** Is told what happens. */
  onEvent: (event: HubEvent) => void;
}

/**
 * All that is told of a token that is not taken: whoever has it may be a stranger who tries what it is
 * good for. The log has more.
 */
export const TOKEN_NOT_TAKEN: string =
  "The token is not taken: it has to be made with this server's key, " +
  "within its --token-life (5 minutes, if it is not set) by both clocks, and used for nothing else.";

/**
 * Keeps dictionaries under the ids of tokens. The store remembers them for good: with a token that was
 * used the same dictionary may come again, which changes nothing, and no other one.
 */
export class TokenDictionaries {
  readonly #options: TokenDictionariesOptions;
  readonly #turns = new OneAtATime();

  /** Takes what it needs of the hub. */
  constructor(options: TokenDictionariesOptions) {
    this.#options = options;
  }

  /** Keeps a dictionary, or says why not. Never rejects. */
  keep(peer: Peer, document: Document): Promise<KeptDictionary> {
    // One after the other: of two that differ the second one finds the first.
    return this.#turns.run(document.id, () => this.#keep(peer, document));
  }

  async #keep(peer: Peer, document: Document): Promise<KeptDictionary> {
    const { dictionaries, refuse, onEvent } = this.#options;
    const { id, dictionary } = document;
    const entries = entriesOf(dictionary);
    const of = typeof entries === "string" ? "document" : "manifest";
    const kept = typeof entries === "string" ? dictionary : dictionaryOf(entries);
    let before: { dictionary: Dictionary; source: string } | undefined;
    try {
      before = this.#before(id);
    } catch (error) {
      onEvent({ event: "fault", doing: `look for the dictionary ${id}`, error });
      const text = "The server could not store it. Try again later.";
      return { of, answer: refuse(peer, RefusalCode.failed, text, id) };
    }
    if (before === undefined) return await dictionaries.keep(peer, document);
    if (!sameValue(before.dictionary, kept)) {
      const why = "A token came that was used before, with another dictionary.";
      const refusal = refuse(peer, RefusalCode.forbidden, why, id);
      return { of, answer: { ...refusal, text: TOKEN_NOT_TAKEN } };
    }
    // Wherever it comes from this time.
    return await dictionaries.keep(peer, { ...document, source: before.source });
  }

  /** What was stored under that id before, be it a manifest or a document. */
  #before(id: string): { dictionary: Dictionary; source: string } | undefined {
    const { store } = this.#options;
    const manifest = store.manifest(id);
    if (manifest === undefined) return store.document(id);
    const { entries, source } = manifest;
    return { dictionary: dictionaryOf(entries), source };
  }
}
