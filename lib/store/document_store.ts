import type { Dictionary } from "../formats/value.ts";
import type { Added, Range } from "./records.ts";

/** A dictionary that is no manifest, as somebody sent it. */
export interface Document {
  /** A UUIDv7 in lower case. A document is kept once for each id. */
  readonly id: string;
  /** Who made it, for a person to read. */
  readonly source: string;
  /** Milliseconds since the Unix epoch. */
  readonly madeAtMs: number;
  /** What it says. */
  readonly dictionary: Dictionary;
}

/** A document and when it was stored. */
export interface StoredDocument extends Document {
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
}

/** What a list says of a document. What the document says, which can be long, is not read for it. */
export interface DocumentHead {
  /** The document's id. */
  readonly id: string;
  /** Who made it, for a person to read. */
  readonly source: string;
  /** Milliseconds since the Unix epoch: when it was made. */
  readonly madeAtMs: number;
  /** Milliseconds since the Unix epoch: when it was stored. */
  readonly storedAtMs: number;
  /** How many names it has. */
  readonly names: number;
}

/** What is seen of a document in a store before it is read: no key is needed for that. */
export interface DocumentRecord {
  /** The document's id. */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
  /** The fingerprint of the key that reading it takes, where the store was not given that key. */
  readonly lockedBy: string | undefined;
  /**
   * What is known of it.
   *
   * @throws {SealedError} when it is locked.
   */
  head(): DocumentHead;
  /**
   * What it says.
   *
   * @throws {SealedError} when it is locked.
   */
  read(): StoredDocument;
}

/** Keeps documents. */
export interface DocumentStore {
  /**
   * Keeps a document, once for each id. Resolves when it is durable: what was resolved survives a
   * crash of the process or the machine.
   *
   * @throws {ConflictError} (as a rejection) when the id belongs to a document that says something
   * else, or to a manifest.
   * @throws {FormatError} (as a rejection) when it is too long to be kept; any rejection means that
   * nothing was stored.
   */
  addDocument(document: Document): Promise<Added>;
  /**
   * The document of that id.
   *
   * @throws {SealedError} when it is there and this opening of the store has no key for it.
   */
  document(id: string): StoredDocument | undefined;
  /** The documents of that time, in the order that they were stored in, none of them read yet. */
  documentRecords(range: Range): Iterable<DocumentRecord>;
}
