import { openChaCha, sealChaCha } from "../../lib/seal/chacha.ts";
import { Eax } from "../../lib/seal/eax.ts";

/** What it takes to seal and to open messages of a size. */
export interface CipherFigures {
  /** The cipher, for a table. */
  name: string;
  /** Bytes in a message. */
  messageBytes: number;
  /** Nanoseconds to seal one. */
  sealNs: number;
  /** Nanoseconds to open one. */
  openNs: number;
}

const KIB = 1024;
const SIZES = [40, KIB, 16 * KIB, KIB * KIB];
const DURATION_MS = 300;
const ROUNDS = 3;
const KEY = new Uint8Array(32).fill(7);
const DATA = new Uint8Array(17);

/** Seals and opens messages as a session does, by either cipher, each size for two seconds. */
export function benchCiphers(): CipherFigures[] {
  return SIZES.flatMap((messageBytes) => [measureEax(messageBytes), measureChaCha(messageBytes)]);
}

function measureEax(messageBytes: number): CipherFigures {
  using eax = new Eax(KEY);
  const message = new Uint8Array(messageBytes).fill(1);
  const nonce = new Uint8Array(8);
  const sealed = eax.seal(nonce, message, DATA);
  const sealNs = best(() => eax.seal(nonce, message, DATA));
  const openNs = best(() => eax.open(nonce, sealed, DATA));
  return { name: "AES-256-EAX", messageBytes, sealNs, openNs };
}

function measureChaCha(messageBytes: number): CipherFigures {
  const message = new Uint8Array(messageBytes).fill(1);
  const nonce = new Uint8Array(12);
  const sealed = sealChaCha(KEY, nonce, [message], DATA);
  const sealNs = best(() => sealChaCha(KEY, nonce, [message], DATA));
  const openNs = best(() => openChaCha(KEY, nonce, sealed, DATA));
  return { name: "ChaCha20-Poly1305", messageBytes, sealNs, openNs };
}

/** The time of one call, in the round that was disturbed least. The first warms up. */
function best(call: () => void): number {
  let bestNs = Infinity;
  for (let round = 0; round <= ROUNDS; round++) {
    const startMs = performance.now();
    let calls = 0;
    let tookMs = 0;
    for (; tookMs < DURATION_MS; tookMs = performance.now() - startMs) {
      call();
      calls++;
    }
    if (round > 0) bestNs = Math.min(bestNs, tookMs * 1e6 / calls);
  }
  return bestNs;
}
