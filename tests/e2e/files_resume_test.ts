/**
 * Files whose server or client is killed in the middle: the next try goes on.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual, assertMatch } from "@std/assert";
import { hashFile } from "../../lib/client/local_file.ts";
import { putFile } from "../../lib/client/put_file.ts";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { type Endpoint, parseEndpoint } from "../../lib/endpoint.ts";
import { UnreachableError } from "../../lib/errors.ts";
import { CHUNK_BYTES } from "../../lib/limits/files.ts";
import { UPLOAD_SYNC_BYTES } from "../../lib/limits/store.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { decodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { newId } from "../../lib/new_id.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { Proxy } from "../helpers/proxy.ts";
import { sampleBytes, sha256 } from "../helpers/sample_files.ts";
import { ScriptedServer } from "../helpers/scripted_server.ts";
import { alter } from "../helpers/store_files.ts";
import { jsonLines, type Server, Workspace } from "./workspace.ts";

const SIZE = 40 * CHUNK_BYTES + 12_345;
const BYTES = sampleBytes(SIZE);

/** What a client has said by one connection. */
function said(frames: Uint8Array[] | undefined): Received[] {
  const messages: Received[] = [];
  const decoder = new FrameDecoder({ maxFrameBytes: 2 * 1024 * 1024 });
  for (const frame of frames ?? []) {
    decoder.decode(frame, (bytes, start, end) => void messages.push(decodeBody(bytes, start, end)));
  }
  return messages;
}

/** How many bytes of a file a client has sent by one connection, and from where on. */
function sentChunks(frames: Uint8Array[] | undefined): { from: number; bytes: number } {
  const chunks = said(frames).filter((message) => message.kind === "fileChunk");
  return {
    from: chunks[0]?.offset ?? NaN,
    bytes: chunks.reduce((sum, { data }) => sum + data.length, 0),
  };
}

async function assertKept(server: Server, space: Workspace, count = 1): Promise<void> {
  const list = await space.run(["files", "list", "--json", "--from", server.url]);
  const files = jsonLines(list.stdout);
  assertEquals(files.map(({ bytes }) => bytes), Array(count).fill(SIZE));
  for (const file of files) assertEquals(file.sha256, sha256(BYTES).toHex());
}

/** A proxy that does something when the client has sent so many frames, and lets no more through. */
function stoppingProxy(target: Endpoint, frames: number, act: () => void): Proxy {
  return new Proxy(target, (frame, index) => {
    if (index === frames) act();
    return index < frames ? [frame] : [];
  });
}

Deno.test("files: the server is killed in a put; what it had on its disk is not sent again", async () => {
  await using space = new Workspace();
  await space.write("file", BYTES);
  const first = await space.serve();
  const id = newId();
  // A client that waits in the middle until the server has told that something is on its disk.
  const local = await hashFile(space.path("file"));
  {
    using connection = await WireConnection.open(parseEndpoint(first.url));
    let sent = 0;
    let durable = 0;
    const channel = {
      url: first.url,
      send: async (message: Parameters<WireConnection["send"]>[0]) => {
        if (sent > UPLOAD_SYNC_BYTES + CHUNK_BYTES) await new Promise(() => {});
        if (message.kind === "fileChunk") sent += message.data.length;
        await connection.send(message);
      },
      receive: async () => {
        const message = await connection.receive();
        if (message.kind === "fileProgress") durable = message.durableBytes;
        if (durable > 0) first.child.kill("SIGKILL");
        return message;
      },
    };
    const wish = { id, name: "file", source: "test", toRoom: false };
    await putFile(channel, local, wish).then(
      () => assert(false, "it was killed"),
      (error) => assert(error instanceof UnreachableError, String(error)),
    );
    assert(durable > 0, `${durable}`);
  }
  await first.ended();
  const second = await space.serve();
  await using proxy = new Proxy(second.endpoint);
  const { hostname, port } = { hostname: proxy.endpoint.host, port: proxy.endpoint.port };
  const again = await space.run(["put", "file", "--id", id, "--to", `tcp://${hostname}:${port}`]);
  assertEquals([again.code, again.stderr], [0, ""]);
  const { from, bytes } = sentChunks(proxy.sent[0]);
  assert(from > UPLOAD_SYNC_BYTES - 1, `${from}`);
  assertEquals(from + bytes, SIZE);
  await assertKept(second, space);
  await second.stop();
});

Deno.test("files: the client is killed in a put; all that has come is not sent again", async () => {
  await using space = new Workspace();
  await space.write("file", BYTES);
  const server = await space.serve();
  const chunks = 20;
  // The first frame is the PutFile.
  const { promise: reached, resolve: act } = Promise.withResolvers<void>();
  await using proxy = stoppingProxy(server.endpoint, 1 + chunks, act);
  const url = `tcp://127.0.0.1:${proxy.endpoint.port}`;
  const client = space.spawn(["put", "file", "--to", url]);
  await reached;
  client.kill("SIGKILL");
  await client.status;
  await server.next("disconnected");
  await using second = new Proxy(server.endpoint);
  const again = await space.run(["put", "file", "--to", `tcp://127.0.0.1:${second.endpoint.port}`]);
  assertEquals([again.code, again.stderr], [0, ""]);
  assertEquals(sentChunks(second.sent[0]), {
    from: chunks * CHUNK_BYTES,
    bytes: SIZE - chunks * CHUNK_BYTES,
  });
  await assertKept(server, space);
  await server.stop();
});

Deno.test("files: a put connects again by itself, and goes on with the server that is there then", async () => {
  await using space = new Workspace();
  await space.write("file", BYTES);
  const first = await space.serve();
  let second: Promise<Server> | undefined;
  await using proxy = new Proxy(first.endpoint, (frame, index) => {
    if (index === 20 && second === undefined) {
      first.child.kill("SIGKILL");
      second = first.ended().then(() => space.serve(["--port", `${first.address.port}`]));
    }
    return [frame];
  });
  const url = `tcp://127.0.0.1:${proxy.endpoint.port}`;
  const { code, stdout, stderr } = await space.run(["put", "file", "--to", url, "--json"]);
  assertEquals(code, 0, stderr);
  assertMatch(stderr, /trying again in 500ms/);
  assertEquals(jsonLines(stdout)[0]!.sha256, sha256(BYTES).toHex());
  const server = (await second)!;
  await assertKept(server, space);
  await server.stop();
});

Deno.test("files: without retries a lost connection ends a put, with how to go on", async () => {
  await using space = new Workspace();
  await space.write("file", BYTES);
  const server = await space.serve();
  await using proxy = new Proxy(server.endpoint, (frame, index) => {
    if (index === 20) server.child.kill("SIGKILL");
    return [frame];
  });
  const url = `tcp://127.0.0.1:${proxy.endpoint.port}`;
  const { code, stdout, stderr } = await space.run(["put", "file", "--to", url, "--retries", "0"]);
  assertEquals([code, stdout], [3, ""]);
  assertMatch(stderr, /there is no receipt\n {2}Put it again with --id [0-9a-f-]{36}: it goes on/);
  await server.ended();
});

Deno.test("files: what a server takes and never keeps is no gain, however much it is", async () => {
  await using space = new Workspace();
  await space.write("file", BYTES);
  let [puts, chunks] = [0, 0];
  await using server = await ScriptedServer.start((message): Message[] => {
    if (message.kind === "putFile") {
      chunks = 0;
      puts++;
      const { id } = message;
      return [{ kind: "fileProgress", id, durableBytes: 0, maxChunkBytes: CHUNK_BYTES }];
    }
    // Each time it takes more before it fails.
    if (message.kind !== "fileChunk" || ++chunks !== 8 * puts) return [];
    return [{ kind: "refusal", id: message.id, code: RefusalCode.failed, text: "No disk." }];
  });
  const url = `tcp://127.0.0.1:${server.endpoint.port}`;
  const { code, stderr } = await space.run(["put", "file", "--to", url, "--retries", "1"]);
  assertEquals([code, puts], [5, 2], stderr);
  assertMatch(stderr, /No disk/);
});

Deno.test("files: SIGINT ends a put with how to go on, and SIGTERM to the server leaves it whole", async () => {
  await using space = new Workspace();
  await space.write("file", BYTES);
  const server = await space.serve();
  const { promise: reached, resolve: act } = Promise.withResolvers<void>();
  await using proxy = stoppingProxy(server.endpoint, 11, act);
  const url = `tcp://127.0.0.1:${proxy.endpoint.port}`;
  const client = space.spawn(["put", "file", "--to", url]);
  await reached;
  client.kill("SIGINT");
  const { code, stderr } = await client.output();
  assertEquals(code, 130);
  assertMatch(new TextDecoder().decode(stderr), /Interrupted.*\n {2}Put it again with --id /);
  // Then it has read all that came.
  await server.next("disconnected");
  const { code: stopped } = await server.stop();
  assertEquals(stopped, 0);
  const second = await space.serve();
  await using last = new Proxy(second.endpoint);
  await space.run(["put", "file", "--to", `tcp://127.0.0.1:${last.endpoint.port}`]);
  assertEquals(sentChunks(last.sent[0]).from, 10 * CHUNK_BYTES);
  await assertKept(second, space);
  await second.stop();
});

/** The bytes of the part that an interrupted get has left. */
function partBytes(space: Workspace): number {
  const parts = Array.from(Deno.readDirSync(space.folder), ({ name }) => name)
    .filter((name) => name.endsWith(".part"));
  assertEquals(parts.length, 1);
  return Deno.statSync(space.path(parts[0]!)).size;
}

for (const victim of ["server", "client"] as const) {
  Deno.test(`files: the ${victim} is killed in a get; the next one asks only for the rest`, async () => {
    await using space = new Workspace();
    await space.write("file", BYTES);
    const first = await space.serve();
    const put = await space.run(["put", "file", "--to", first.url, "--json"]);
    const id = jsonLines(put.stdout)[0]!.id as string;
    const { promise: reached, resolve: act } = Promise.withResolvers<void>();
    {
      // FindFile, then eight parts at once, then one for each that has come.
      await using proxy = stoppingProxy(first.endpoint, 1 + 8 + 12, act);
      const from = `tcp://127.0.0.1:${proxy.endpoint.port}`;
      const client = space.spawn([
        "files",
        "get",
        id,
        "-o",
        "got",
        "--from",
        from,
        "--retries",
        "0",
      ]);
      await reached;
      (victim === "server" ? first.child : client).kill("SIGKILL");
      const { code, stderr } = await client.output();
      if (victim === "server") {
        await first.ended();
        assertEquals(code, 3);
        assertMatch(new TextDecoder().decode(stderr), /the same command goes on with it/);
      }
    }
    const there = partBytes(space);
    assert(there > 12 * CHUNK_BYTES - 1, `${there}`);
    const second = victim === "server" ? await space.serve() : first;
    await using proxy = new Proxy(second.endpoint);
    const from = `tcp://127.0.0.1:${proxy.endpoint.port}`;
    const got = await space.run(["files", "get", id, "-o", "got", "--from", from]);
    assertEquals([got.code, got.stdout, got.stderr], [0, "got\n", ""]);
    assertEquals(sha256(await Deno.readFile(space.path("got"))), sha256(BYTES));
    const reads = said(proxy.sent[0]).filter((message) => message.kind === "readFile");
    assertEquals(reads[0]!.offset, there);
    assertEquals(reads.reduce((sum, { length }) => sum + length, 0), SIZE - there);
    assertLessOrEqual(there, SIZE);
    assert(!Array.from(Deno.readDirSync(space.folder)).some(({ name }) => name.endsWith(".part")));
    await (victim === "server" ? second : first).stop();
  });
}

Deno.test("files: leftovers are removed by a server that runs, and nothing else in their folder", async () => {
  await using space = new Workspace();
  const path = space.path("wagons.db");
  const earlier = openSqliteStore(path);
  await earlier.openUpload({ size: 10 });
  earlier.close();
  alter(path, "UPDATE contents SET used_at_ms = 0");
  await Deno.mkdir(`${path}.files/lost+found`);
  const first = await space.serve();
  assertEquals((await first.next("leftovers")).files, 1);
  assertEquals(Array.from(Deno.readDirSync(`${path}.files`), ({ name }) => name), ["lost+found"]);
  await first.stop();
  // What cannot be removed keeps no server from serving.
  alter(path, "INSERT INTO discarded VALUES (zeroblob(16))");
  await Deno.mkdir(`${path}.files/00000000-0000-0000-0000-000000000000/inside`, {
    recursive: true,
  });
  const second = await space.serve();
  const { doing } = await second.next("fault");
  assertEquals(doing, "remove what unfinished uploads have left");
  await space.write("file", BYTES);
  assertEquals((await space.run(["put", "file", "--to", second.url])).code, 0);
  await assertKept(second, space);
  await second.stop();
});

Deno.test("files: two puts of one file at once both end, and its bytes are sent once", async () => {
  await using space = new Workspace();
  await space.write("file", BYTES);
  const server = await space.serve();
  const { promise: held, resolve: hold } = Promise.withResolvers<void>();
  const { promise: free, resolve: release } = Promise.withResolvers<void>();
  using connection = await WireConnection.open(parseEndpoint(server.url));
  let chunks = 0;
  const channel = {
    url: server.url,
    receive: () => connection.receive(),
    send: async (message: Parameters<WireConnection["send"]>[0]) => {
      if (message.kind === "fileChunk" && ++chunks === 20) hold();
      if (chunks >= 20) await free;
      await connection.send(message);
    },
  };
  const wish = { id: newId(), name: "file", source: "test", toRoom: false };
  const one = putFile(channel, await hashFile(space.path("file")), wish);
  await held;
  await using second = new Proxy(server.endpoint);
  const other = space.run(["put", "file", "--to", `tcp://127.0.0.1:${second.endpoint.port}`]);
  assertEquals((await server.next("refused")).code, "busy");
  release();
  assertEquals((await one).duplicate, false);
  const two = await other;
  assertEquals(two.code, 0);
  assertMatch(two.stderr, /Somebody else is putting the same content: asking again every 1s/);
  assertEquals(sentChunks(second.sent[0]).bytes, 0);
  await assertKept(server, space, 2);
  await server.stop();
});
