import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { HarmfulWire } from "../helpers/harmful_wire.ts";
import {
  bytesOf,
  closeIfOpen,
  connect,
  readAtLeast,
  settle,
  TestAcceptor,
  textOf,
  TlsPair,
  writeAll,
} from "../helpers/tls.ts";
import { test } from "../helpers/strict.ts";

const { BadResource, Busy, ConnectionReset, Interrupted } = Deno.errors;

test("bytes go both ways, whatever the sizes of writes and reads", async () => {
  await using pair = await TlsPair.open();
  for (const size of [1, 16_383, 16_384, 16_385, 65_536, 1_000_000]) {
    const sent = new Uint8Array(size).map((_, index) => index * 7 + (index >> 8));
    for (const [from, to] of [[pair.client, pair.server], [pair.server, pair.client]] as const) {
      const [received] = await Promise.all([readAtLeast(to, size), writeAll(from, sent)]);
      assertEquals(received.length, size);
      assert(received.every((byte, index) => byte === sent[index]), `${size} bytes`);
    }
  }
});

test("a small buffer gets a part, and the next read the rest", async () => {
  await using pair = await TlsPair.open();
  await writeAll(pair.client, bytesOf("abcdef"));
  const buffer = new Uint8Array(4);
  assertEquals(await pair.server.read(buffer), 4);
  assertEquals(textOf(buffer), "abcd");
  assertEquals(await pair.server.read(buffer), 2);
});

test("a read may wait while writes go on, and a second one may not", async () => {
  await using pair = await TlsPair.open();
  const buffer = new Uint8Array(10);
  const reading = pair.client.read(buffer);
  await assertRejects(() => pair.client.read(new Uint8Array(1)), Busy);
  await writeAll(pair.client, bytesOf("ping"));
  assertEquals(textOf(await readAtLeast(pair.server, 4)), "ping");
  await writeAll(pair.server, bytesOf("pong"));
  assertEquals(await reading, 4);
});

test("who has closed its write side still gets what the peer sends", async () => {
  await using pair = await TlsPair.open();
  await writeAll(pair.client, bytesOf("last"));
  await pair.client.closeWrite();
  assertEquals(textOf(await readAtLeast(pair.server, 100)), "last");
  const buffer = new Uint8Array(10);
  assertEquals(await pair.server.read(buffer), null);
  assertEquals(await pair.server.read(buffer), null);
  await writeAll(pair.server, bytesOf("answer"));
  pair.server.close();
  assertEquals(textOf(await readAtLeast(pair.client, 100)), "answer");
});

test("a close ends the reads of both sides", async () => {
  await using pair = await TlsPair.open();
  const buffer = new Uint8Array(10);
  const [own, other] = [pair.client.read(buffer), pair.server.read(buffer)];
  pair.client.close();
  await assertRejects(() => own, Interrupted);
  assertEquals(await other, null);
  await assertRejects(() => pair.client.read(buffer), BadResource);
  await assertRejects(() => pair.client.write(buffer), BadResource);
  await assertRejects(() => pair.client.closeWrite(), BadResource);
  assertThrows(() => pair.client.close(), BadResource);
});

test("a peer that does not read stops the writer, and costs no more than the system holds", async () => {
  await using pair = await TlsPair.open();
  const chunk = new Uint8Array(64 * 1024);
  // The system's buffers on the loopback take some 6 MB at most.
  let taken = 0;
  const stalled = await until(async () => {
    taken += await pair.server.write(chunk);
  });
  assert(taken < 64 * 1024 * 1024, `${taken} bytes were taken`);
  // All that was taken arrives, and then the write goes on.
  let read = 0;
  const buffer = new Uint8Array(64 * 1024);
  while (read < taken) read += (await pair.client.read(buffer))!;
  await stalled.step;
  assert(read <= taken, `${read} of ${taken} bytes`);
});

test("a close ends a write that waits", async () => {
  await using pair = await TlsPair.open();
  const { step } = await until(async () => {
    await pair.server.write(new Uint8Array(64 * 1024));
  });
  pair.server.close();
  await assertRejects(() => step, Interrupted);
});

test("writes to a peer that is gone fail, and what it sent before can be read", async () => {
  await using pair = await TlsPair.open();
  await writeAll(pair.server, bytesOf("bye"));
  pair.server.close();
  await assertRejects(async () => {
    while (true) await pair.client.write(new Uint8Array(1024));
  }, Error);
  assertEquals(textOf(await readAtLeast(pair.client, 3)), "bye");
  closeIfOpen(pair.client);
});

test("a reset, and bytes that no peer by TLS sends, break the connection after what came", async () => {
  await using acceptor = await TestAcceptor.listen();
  for (const harm of ["reset", "garbage"]) {
    await using wire = await HarmfulWire.to(acceptor.port);
    const [{ conn }, client] = await Promise.all([acceptor.accept(), connect(wire.port)]);
    await writeAll(client, bytesOf("last"));
    assertEquals(textOf(await readAtLeast(conn, 4)), "last");
    const reading = conn.read(new Uint8Array(1));
    if (harm === "reset") wire.reset();
    else wire.inject(Uint8Array.of(23, 3, 3, 0, 32, ...new Uint8Array(32)));
    await assertRejects(() => reading, ConnectionReset);
    await assertRejects(() => conn.write(new Uint8Array(1)), ConnectionReset);
    // To the client it is no word about its certificate either.
    if (harm === "garbage") {
      await assertRejects(() => client.read(new Uint8Array(1)), ConnectionReset);
    }
    for (const end of [conn, client]) end.close();
    await settle();
  }
});

/** Does something again and again until it waits; gives the step that waits. */
async function until(step: () => Promise<void>): Promise<{ step: Promise<void> }> {
  while (true) {
    let isDone = false;
    const running = step().then(() => void (isDone = true));
    running.catch(() => {});
    // Turns of the event loop in which the system had the chance to take it.
    for (let turn = 0; turn < 100 && !isDone; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    if (!isDone) return { step: running };
  }
}
