import { Eax } from "../../lib/seal/eax.ts";

/** What it takes to seal and to open messages of a size. */
export interface EaxFigures {
  /** The size of the message, for a table. */
  name: string;
  /** Bytes in a message. */
  messageBytes: number;
  /** Whether other threads do it: `sealLarge` and `openLarge`. */
  large: boolean;
  /** Nanoseconds to seal one. */
  sealNs: number;
  /** Nanoseconds to open one. */
  openNs: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;
const DURATION_MS = 300;
const ROUNDS = 3;

/** Seals and opens messages with AES-256-EAX as a session does, each size for two seconds. */
export async function benchEax(): Promise<EaxFigures[]> {
  return [
    measure("40 B", 40),
    measure("1 KiB", KIB),
    measure("64 KiB", 64 * KIB),
    measure("1 MiB", MIB),
    await measureLarge("16 MiB, other threads", 16 * MIB),
  ];
}

function measure(name: string, messageBytes: number): EaxFigures {
  using eax = new Eax(new Uint8Array(32).fill(7));
  const message = new Uint8Array(messageBytes).fill(1);
  const nonce = new Uint8Array(16);
  const data = new Uint8Array(32);
  const sealed = eax.seal(nonce, message, data);
  const sealNs = best(() => eax.seal(nonce, message, data));
  const openNs = best(() => eax.open(nonce, sealed, data));
  return { name, messageBytes, large: false, sealNs, openNs };
}

async function measureLarge(name: string, messageBytes: number): Promise<EaxFigures> {
  using eax = new Eax(new Uint8Array(32).fill(7));
  const message = new Uint8Array(messageBytes).fill(1);
  const nonce = new Uint8Array(16);
  const data = new Uint8Array(32);
  const sealed = await eax.sealLarge(nonce, message, data);
  const sealNs = await bestAsync(() => eax.sealLarge(nonce, message, data));
  const openNs = await bestAsync(() => eax.openLarge(nonce, sealed, data));
  return { name, messageBytes, large: true, sealNs, openNs };
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

async function bestAsync(call: () => Promise<unknown>): Promise<number> {
  let bestNs = Infinity;
  for (let round = 0; round <= ROUNDS; round++) {
    const startMs = performance.now();
    let calls = 0;
    let tookMs = 0;
    for (; tookMs < DURATION_MS; tookMs = performance.now() - startMs) {
      await call();
      calls++;
    }
    if (round > 0) bestNs = Math.min(bestNs, tookMs * 1e6 / calls);
  }
  return bestNs;
}
