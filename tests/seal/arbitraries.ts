/**
 * What the tests of sealing share: bytes of any size, keys, and what does not open.
 *
 * @module
 */

import { assert, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Eax } from "../../lib/seal/eax.ts";
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

/** Whatever `open` and `openLarge` of the same bytes refuse, for the same reason. */
export async function assertRefused(
  eax: Eax,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associatedData: Uint8Array,
  reason: SealFailure,
  name?: string,
): Promise<void> {
  const errors = [
    assertThrows(() => eax.open(nonce, sealed, associatedData), SealError, undefined, name),
    await assertRejects(
      () => eax.openLarge(nonce, sealed, associatedData),
      SealError,
      undefined,
      name,
    ),
  ];
  for (const error of errors) assert(error.reason === reason, `${name}: ${error.reason}`);
}
