import { assert, assertEquals } from "@std/assert";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { UnreachableError } from "../../lib/errors.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import type { Manifest } from "../../lib/wire/messages.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";
import { Workspace } from "./workspace.ts";

const ROUNDS = 8;
const SENDERS = 4;

function manifest(wagons: number): Manifest {
  const id = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  return {
    kind: "manifest",
    id,
    source: "test",
    madeAtMs: 1,
    entries: [{ city: "Пермь", wagons }],
  };
}

/** Sends manifests until the connection is lost; gives those that had a receipt. */
async function sendUntilLost(url: string, onReceipt: () => void): Promise<Manifest[]> {
  const stored: Manifest[] = [];
  using connection = await WireConnection.open(parseEndpoint(url));
  try {
    while (true) {
      const next = manifest(stored.length);
      const { id } = await connection.request(next, "receipt");
      assertEquals(id, next.id);
      stored.push(next);
      onReceipt();
    }
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return stored;
  }
}

Deno.test("kill -9 at any moment loses no manifest that had a receipt", async () => {
  await using space = await new Workspace();
  const receipts: Manifest[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const server = await space.serve();
    // A number of receipts, not a time: each round is cut off at another place.
    let left = 1 + Math.floor(Math.random() * 300);
    const kill = () => {
      if (--left === 0) server.child.kill("SIGKILL");
    };
    const senders = Array.from({ length: SENDERS }, () => sendUntilLost(server.url, kill));
    receipts.push(...(await Promise.all(senders)).flat());
    await server.ended();
  }
  assert(receipts.length >= ROUNDS, `${receipts.length} receipts`);
  const server = await space.serve();
  const store = openSqliteStore(space.path("wagons.db"), { readOnly: true });
  try {
    for (const { id, entries } of receipts) {
      assertEquals(store.manifest(id)?.entries, entries, `${id} had a receipt and is not stored`);
    }
  } finally {
    store.close();
  }
  assertEquals((await server.stop()).code, 0);
});
