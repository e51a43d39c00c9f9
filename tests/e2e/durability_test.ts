import { assert, assertEquals } from "@std/assert";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { UnreachableError } from "../../lib/errors.ts";
import { jsonFormat } from "../../lib/formats/json.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import type { DocumentMessage, Manifest } from "../../lib/wire/messages.ts";
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

function document(wagons: number): DocumentMessage {
  const json = new TextEncoder().encode(`{"wagons":${wagons},"of":["Пермь"]}`);
  const { id, source, madeAtMs } = manifest(wagons);
  return { kind: "document", id, source, madeAtMs, json };
}

/** Sends both in turn until the connection is lost; gives those that had a receipt. */
async function sendUntilLost(
  url: string,
  onReceipt: () => void,
): Promise<(Manifest | DocumentMessage)[]> {
  const stored: (Manifest | DocumentMessage)[] = [];
  using connection = await WireConnection.open(parseEndpoint(url));
  try {
    while (true) {
      const make = stored.length % 2 === 0 ? manifest : document;
      const next = make(stored.length);
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

Deno.test("kill -9 at any moment loses no manifest and no document that had a receipt", async () => {
  await using space = await new Workspace();
  const receipts: (Manifest | DocumentMessage)[] = [];
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
    for (const receipt of receipts) {
      const { id } = receipt;
      const why = `${id} had a receipt and is not stored`;
      if (receipt.kind === "manifest") {
        assertEquals(store.manifest(id)?.entries, receipt.entries, why);
      } else {
        assertEquals(store.document(id)?.dictionary, jsonFormat.read(receipt.json), why);
      }
    }
  } finally {
    store.close();
  }
  assertEquals((await server.stop()).code, 0);
});
