/**
 * What the tests of sealing share: bytes of any size, keys, and what does not open.
 *
 * @module
 */

import { assert, assertThrows } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { SealError, type SealFailure } from "../../lib/seal/seal_error.ts";

/** Properties are tried that often. */
export const RUNS = { numRuns: 1000 };

/** Bytes that depend on `seed`, at an offset of 0 to 7 in what holds them, as those of a frame. */
export function bytesOf(length: number, seed: number): Uint8Array {
  const offset = seed & 7;
  const bytes = new Uint8Array(length + offset);
  let state = seed | 1;
  for (let i = 0; i < bytes.length; i++) {
    // Marsaglia's xorshift32.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return bytes.subarray(offset);
}

/** Any bytes of at most that many. */
export function bytes(maxLength: number): fc.Arbitrary<Uint8Array> {
  return bytesOfSize(fc.integer({ min: 0, max: maxLength }));
}

/** Any bytes of these sizes. */
export function bytesOfSize(size: fc.Arbitrary<number>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(size, fc.integer()).map(([length, seed]) => bytesOf(length, seed));
}

/** Sizes around a block, around what is worked on in one piece (16 KiB), and between. */
export const messageSize: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 70 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 2000 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -17, max: 17 }))
      .map(([pieces, more]) => pieces * 16 * 1024 + more),
  },
);

/** A key of any size. */
export const key: fc.Arbitrary<Uint8Array> = bytesOfSize(fc.constantFrom(16, 24, 32));

/** Asserts that a call refuses what it was to open, for that reason. */
export function assertRefused(open: () => unknown, reason: SealFailure, name?: string): void {
  const error = assertThrows(open, SealError, undefined, name);
  assert(error.reason === reason, `${name}: ${error.reason}`);
}

/** Some change of what is sealed, of the nonce or of the associated data. */
export type Change =
  | { kind: "flip"; at: number }
  | { kind: "cut"; bytes: number }
  | { kind: "cutBefore"; bytes: number }
  | { kind: "extend"; by: Uint8Array }
  | { kind: "extendBefore"; by: Uint8Array }
  | { kind: "nonce"; other: Uint8Array }
  | { kind: "data"; other: Uint8Array };

const some = bytesOfSize(fc.integer({ min: 1, max: 40 }));
/** Any such change. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("flip"), at: fc.nat() }),
  fc.record({ kind: fc.constant("cut"), bytes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("cutBefore"), bytes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("extend"), by: some }),
  fc.record({ kind: fc.constant("extendBefore"), by: some }),
  fc.record({ kind: fc.constant("nonce"), other: bytes(40) }),
  fc.record({ kind: fc.constant("data"), other: bytes(40) }),
);

/** What is sealed after the change. */
export function changed(sealed: Uint8Array, change: Change): Uint8Array {
  switch (change.kind) {
    case "flip": {
      const bit = change.at % (sealed.length * 8);
      const flipped = sealed.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      return flipped;
    }
    case "cut":
      return sealed.slice(0, Math.max(0, sealed.length - change.bytes));
    case "cutBefore":
      return sealed.slice(change.bytes);
    case "extend":
      return concat([sealed, change.by]);
    case "extendBefore":
      return concat([change.by, sealed]);
    case "nonce":
    case "data":
      return sealed;
  }
}
