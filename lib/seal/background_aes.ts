import { webcrypto } from "node:crypto";
import { BLOCK_BYTES } from "./aes.ts";

/** What subtle takes and gives. */
type Bytes = Uint8Array<ArrayBuffer>;

type Keys = Promise<[cbc: webcrypto.CryptoKey, ctr: webcrypto.CryptoKey]>;

/**
 * AES in the threads of WebCrypto: for long runs of bytes, since each call takes as long as to
 * encrypt some ten thousand. The key is handed to WebCrypto by the first call.
 */
export class BackgroundAes {
  readonly #key: Bytes;
  #keys: Keys | undefined;

  /** Takes a key of 16, 24 or 32 bytes. A copy of it is kept. */
  constructor(key: Uint8Array) {
    this.#key = new Uint8Array(key);
  }

  /** Bytes with what AES makes of `counter`, `counter` + 1 and so on added (CTR). */
  async addKeystream(counter: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
    const [, ctr] = await this.#import();
    const algorithm = { name: "AES-CTR", counter: counter as Bytes, length: 128 };
    return new Uint8Array(await webcrypto.subtle.encrypt(algorithm, ctr, bytes as Bytes));
  }

  /** The last of some whole blocks in a chain that begins with `start` (CBC). */
  async chain(start: Uint8Array, blocks: Uint8Array): Promise<Uint8Array> {
    const [cbc] = await this.#import();
    const algorithm = { name: "AES-CBC", iv: start as Bytes };
    const chained = await webcrypto.subtle.encrypt(algorithm, cbc, blocks as Bytes);
    // WebCrypto always pads, so that a block follows that is none of ours. A copy, so that the rest
    // can go.
    return new Uint8Array(chained.slice(blocks.length - BLOCK_BYTES, blocks.length));
  }

  #import(): Keys {
    const { subtle } = webcrypto;
    this.#keys ??= Promise.all([
      subtle.importKey("raw", this.#key, "AES-CBC", false, ["encrypt"]),
      subtle.importKey("raw", this.#key, "AES-CTR", false, ["encrypt"]),
    ]);
    return this.#keys;
  }
}
