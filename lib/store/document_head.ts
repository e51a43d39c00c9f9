/**
 * What a store knows of a document without what it says: the body of a row of `documents`. So a list
 * of long documents takes no longer than one of short ones, and two are told apart by it.
 *
 * When it was made as 8 bytes (milliseconds since the Unix epoch), and how many names it has as 4,
 * both most significant first; the 32 bytes of the SHA-256 of its JSON; the source in UTF-8.
 *
 * @module
 */

const NAMES_AT = 8;
const SHA256_AT = NAMES_AT + 4;
const SHA256_BYTES = 32;
const SOURCE_AT = SHA256_AT + SHA256_BYTES;

/** What is known of a document. */
export interface DocumentHeadRecord {
  /** Milliseconds since the Unix epoch: when it was made. */
  readonly madeAtMs: number;
  /** How many names its dictionary has. */
  readonly names: number;
  /** The SHA-256 of the JSON of its dictionary. */
  readonly sha256: Uint8Array;
  /** Who made it. */
  readonly source: string;
}

/** A head as it is written to the store, before it is sealed. */
export function encodeDocumentHead(head: DocumentHeadRecord): Uint8Array {
  const source = new TextEncoder().encode(head.source);
  const bytes = new Uint8Array(SOURCE_AT + source.length);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(0, BigInt(head.madeAtMs));
  view.setUint32(NAMES_AT, head.names);
  bytes.set(head.sha256, SHA256_AT);
  bytes.set(source, SOURCE_AT);
  return bytes;
}

/**
 * Reads what {@linkcode encodeDocumentHead} has written.
 *
 * @throws {RangeError} for anything else.
 */
export function decodeDocumentHead(bytes: Uint8Array): DocumentHeadRecord {
  const source = decodeSource(bytes.subarray(SOURCE_AT));
  if (bytes.length < SOURCE_AT || source === undefined) {
    throw new RangeError(
      `Cannot read what is known of a document: its ${bytes.length} bytes are something else`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    madeAtMs: Number(view.getBigInt64(0)),
    names: view.getUint32(NAMES_AT),
    sha256: bytes.slice(SHA256_AT, SOURCE_AT),
    source,
  };
}

function decodeSource(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
