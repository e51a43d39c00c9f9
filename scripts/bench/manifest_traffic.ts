import type { WireConnection } from "../../lib/client/wire_connection.ts";
import type { Message } from "../../lib/wire/messages.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";

/** Manifests without a receipt at once. */
const IN_FLIGHT = 64;

/**
 * Sends manifests of about 1 KiB for a time.
 *
 * @returns manifests that had a receipt, for each second.
 */
export async function manifestsPerSecond(
  connection: WireConnection,
  durationMs: number,
): Promise<number> {
  let next = 0;
  const manifest = (): Message => ({
    kind: "manifest",
    id: makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    source: "bench",
    madeAtMs: Date.now(),
    entries: Array.from({ length: 50 }, (_, i) => ({ city: `Город ${i}`, wagons: next++ % 1000 })),
  });
  const startMs = performance.now();
  let receipts = 0;
  for (let i = 0; i < IN_FLIGHT; i++) await connection.send(manifest());
  for (let open = IN_FLIGHT; open > 0; open--) {
    const answer = await connection.receive();
    if (answer.kind !== "receipt") throw new Error(`The answer is a ${answer.kind}`);
    receipts++;
    if (performance.now() - startMs >= durationMs) continue;
    await connection.send(manifest());
    open++;
  }
  return receipts / (performance.now() - startMs) * 1000;
}
