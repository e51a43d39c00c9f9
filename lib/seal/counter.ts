/**
 * AES in counter mode (NIST SP 800-38A, section 6.5), with a counter of all 128 bits that goes on
 * at 0 behind its last value.
 *
 * @module
 */

import { type Aes, BLOCK_BYTES } from "./aes.ts";

/** Blocks of the counter, one piece of a message at a time. One for all keys, as in omac.ts. */
const PIECE = new DataView(new ArrayBuffer(16 * 1024));

/**
 * Encrypts or decrypts in place: adds what AES makes of `first`, `first` + 1 and so on.
 *
 * The counters go through ECB, which does many blocks at once: a CTR cipher begins somewhere else
 * for every message, so that it cannot be kept, and takes twice as long for a byte.
 */
export function addKeystream(aes: Aes, first: Uint8Array, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += PIECE.byteLength) {
    const length = Math.min(PIECE.byteLength, bytes.length - at);
    const blocks = Math.ceil(length / BLOCK_BYTES);
    writeCounters(at === 0 ? first : plus(first, at / BLOCK_BYTES), blocks);
    const counters = new Uint8Array(PIECE.buffer, 0, blocks * BLOCK_BYTES);
    addBytes(bytes, at, length, aes.encryptBlocks(counters));
  }
}

/** A counter that many blocks further on. */
export function plus(counter: Uint8Array, blocks: number): Uint8Array {
  const sum = new Uint8Array(counter);
  let carry = blocks;
  for (let i = BLOCK_BYTES - 1; i >= 0 && carry > 0; i--) {
    carry += sum[i]!;
    sum[i] = carry % 256;
    carry = Math.floor(carry / 256);
  }
  return sum;
}

function writeCounters(first: Uint8Array, blocks: number): void {
  const view = new DataView(first.buffer, first.byteOffset, BLOCK_BYTES);
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => view.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ];
  for (let at = 0; at < blocks * BLOCK_BYTES; at += BLOCK_BYTES) {
    PIECE.setUint32(at, a);
    PIECE.setUint32(at + 4, b);
    PIECE.setUint32(at + 8, c);
    PIECE.setUint32(at + 12, d);
    d = (d + 1) >>> 0;
    if (d !== 0) continue;
    c = (c + 1) >>> 0;
    if (c !== 0) continue;
    b = (b + 1) >>> 0;
    if (b === 0) a = (a + 1) >>> 0;
  }
}

/** Adds the first `length` of `others` to bytes, by words where both lie so that it can be done. */
function addBytes(bytes: Uint8Array, at: number, length: number, others: Uint8Array): void {
  let done = 0;
  const offset = bytes.byteOffset + at;
  if (length >= 64 && offset % 4 === 0 && others.byteOffset % 4 === 0) {
    const words = new Uint32Array(bytes.buffer, offset, length >> 2);
    const otherWords = new Uint32Array(others.buffer, others.byteOffset, length >> 2);
    for (let i = 0; i < words.length; i++) words[i]! ^= otherWords[i]!;
    done = words.length * 4;
  }
  for (let i = done; i < length; i++) bytes[at + i]! ^= others[i]!;
}
