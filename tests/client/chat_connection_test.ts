/** Our client of the chat dialect, with our own listener and with servers that are rude. */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ChatConnection, type ChatConnectionOptions } from "../../lib/client/chat_connection.ts";
import { ChatSpool, type ChatSpoolOptions } from "../../lib/client/chat_spool.ts";
import type { Endpoint } from "../../lib/endpoint.ts";
import { ProtocolError, UnreachableError, UsageError } from "../../lib/errors.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { ChatClient } from "../helpers/chat_client.ts";
import { sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";
import { parts } from "../wire/chat_arbitraries.ts";

/** A folder for a test. */
class Folder implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "wagons-test-" });

  write(name: string, content: Uint8Array | string): string {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    Deno.writeFileSync(`${this.path}/${name}`, bytes);
    return `${this.path}/${name}`;
  }

  files(): string[] {
    return Array.from(Deno.readDirSync(this.path), ({ name }) => name).sort();
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

const start = () => TestServer.start({ scheme: "chat" });

/** A connection with a spool of its own. */
async function join(
  endpoint: Endpoint,
  folder: Folder,
  options: Partial<ChatConnectionOptions> & Partial<ChatSpoolOptions> = {},
): Promise<ChatConnection & Disposable> {
  const { maxBytes, folder: spoolFolder = folder.path, ...rest } = options;
  const spool = await ChatSpool.open({ folder: spoolFolder, ...(maxBytes && { maxBytes }) });
  const connection = await ChatConnection.connect(endpoint, { name: "ann", spool, ...rest });
  return Object.assign(connection, {
    [Symbol.dispose]: () => {
      connection.close();
      spool[Symbol.dispose]();
    },
  });
}

/** A server that sends these bytes to who comes, so many in a write, and closes. */
async function rudeServer(
  bytes: Uint8Array,
  step: number,
): Promise<AsyncDisposable & { endpoint: Endpoint }> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    using conn = await listener.accept();
    conn.setNoDelay();
    for (let at = 0; at < bytes.length;) {
      at += await conn.write(bytes.subarray(at, at + step));
    }
    await conn.closeWrite();
    // What the client has sent is read, else it would be reset before it has read all.
    while (await conn.read(new Uint8Array(1000)) !== null);
  })();
  const { hostname, port } = listener.addr as Deno.NetAddr;
  return await Promise.resolve({
    endpoint: { scheme: "chat", host: hostname, port },
    [Symbol.asyncDispose]: async () => {
      await serving;
      listener.close();
    },
  });
}

function fileOf({ what }: RoomEvent): FileInfo {
  assert(what.type === "file", what.type);
  return what.file;
}

test("chat client: texts go and come, with name and time", async () => {
  using folder = new Folder();
  await using server = await start();
  using ann = await join(server.endpoint, folder);
  await server.events.wait("came");
  using bob = await ChatClient.join(server.endpoint, "Боб");
  assertEquals([ann.name, ann.last, ann.who(), ann.history()], [
    "ann",
    undefined,
    undefined,
    undefined,
  ]);
  await ann.say(sampleId(1), "привет 😀");
  assertEquals(await bob.line(), "ann: привет 😀");
  await bob.say("пока");
  const { kind, number, name, dialect, what, atMs } = await ann.next();
  assertEquals([kind, number, name, dialect, atMs], ["roomEvent", 0, "Боб", "chat", 2000]);
  assertEquals(what, { type: "text", text: "пока" });
});

for (const size of [0, 1, 131_072, 131_073, 3_000_000]) {
  test(`chat client: a file of ${size} bytes goes and comes`, async () => {
    using folder = new Folder();
    await using server = await start();
    using ann = await join(server.endpoint, folder);
    await server.events.wait("came");
    using bob = await ChatClient.join(server.endpoint, "bob");
    const content = Uint8Array.from({ length: size }, (_, i) => i * 31 + (i >> 8));
    const sent = folder.write("отчёт 1.bin", content);
    const told: number[] = [];
    await ann.offer(sampleId(1), sent, {
      onProgress: ({ doneBytes, totalBytes }) => told.push(doneBytes, totalBytes),
    });
    const event = await bob.next();
    assertEquals(event?.text, "_1-000000.bin");
    assertEquals(event?.content, content);
    assertEquals(told.slice(-2), [size, size]);

    await bob.say("photo.jpg%", content);
    const file = fileOf(await ann.next());
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    assertEquals([file.name, file.size, file.source], ["photo.jpg", size, "bob"]);
    assertEquals(file.sha256, sha256);
    using target = new Folder();
    for (const expected of ["photo.jpg", "photo (2).jpg"]) {
      const path = await ann.save(file, target.path);
      assertEquals(path, `${target.path}/${expected}`);
      assertEquals(await Deno.readFile(path), content);
    }
    assertEquals(target.files(), ["photo (2).jpg", "photo.jpg"]);
    ann[Symbol.dispose]();
    assertEquals(folder.files(), ["отчёт 1.bin"]);
  });
}

test("chat client: what is said and offered at once comes one after the other", async () => {
  using folder = new Folder();
  await using server = await start();
  using ann = await join(server.endpoint, folder);
  await server.events.wait("came");
  using bob = await ChatClient.join(server.endpoint, "bob");
  const path = folder.write("a.bin", new Uint8Array(1_000_000));
  await Promise.all([
    ann.say(sampleId(1), "one"),
    ann.offer(sampleId(2), path),
    ann.say(sampleId(3), "two"),
    ann.offer(sampleId(4), path),
  ]);
  const got = [];
  for (let i = 0; i < 4; i++) got.push((await bob.next())!.text);
  assertEquals(got, ["one", "a.bin", "two", "a.bin"]);
});

const stream = parts(
  "Анна",
  "привет",
  "01-02-2030 03:04:05",
  "bob",
  "a.bin%",
  new Uint8Array([1, 2, 3]),
  "never",
);

for (const step of [1, 3, 7, 1000]) {
  test(`chat client: a server that sends ${step} bytes at a time is understood`, async () => {
    using folder = new Folder();
    await using server = await rudeServer(stream, step);
    using ann = await join(server.endpoint, folder);
    const first = await ann.next();
    assertEquals([first.name, first.what], ["Анна", { type: "text", text: "привет" }]);
    assertEquals(first.atMs, Date.UTC(2030, 1, 1, 3, 4, 5));
    const before = Date.now();
    const second = await ann.next();
    // A time that says nothing is the time that it is here.
    assert(second.atMs >= before && second.atMs <= Date.now());
    const path = await ann.save(fileOf(second), folder.path);
    assertEquals(await Deno.readFile(path), new Uint8Array([1, 2, 3]));
    const error = await assertRejects(() => ann.next(), UnreachableError, "the server closed it");
    assertStringIncludes(error.message, ann.url);
    await assertRejects(() => ann.say(sampleId(1), "x"), UnreachableError, "the server closed it");
  });
}

test("chat client: what is not the dialect is a ProtocolError, after what came before", async () => {
  using folder = new Folder();
  const bytes = new Uint8Array([
    ...parts("a", "b", "c"),
    ...new TextEncoder().encode("HTTP/1.1 4"),
  ]);
  await using server = await rudeServer(bytes, 1000);
  using ann = await join(server.endpoint, folder);
  assertEquals((await ann.next()).what, { type: "text", text: "b" });
  const error = await assertRejects(() => ann.next(), ProtocolError, '"HTTP/1.1 4" stands where');
  assertStringIncludes(error.hint!, "encoding");
  await assertRejects(() => ann.next(), ProtocolError);
});

test("chat client: files that nobody saves make room for newer ones", async () => {
  using folder = new Folder();
  await using server = await start();
  using ann = await join(server.endpoint, folder, { maxBytes: 1000 });
  await server.events.wait("came");
  using bob = await ChatClient.join(server.endpoint, "bob");
  await bob.say("1.bin%", new Uint8Array(400), "2.bin%", new Uint8Array(400));
  const first = fileOf(await ann.next());
  const second = fileOf(await ann.next());
  await bob.say("3.bin%", new Uint8Array(600));
  const third = fileOf(await ann.next());
  using target = new Folder();
  await assertRejects(() => ann.save(first, target.path), UsageError, "1.bin is not kept any more");
  for (const file of [second, third]) await ann.save(file, target.path);
  assertEquals(target.files(), ["2.bin", "3.bin"]);
});

test("chat client: a file that comes when there is no room for it ends the connection", async () => {
  using folder = new Folder();
  await using server = await start();
  using ann = await join(server.endpoint, folder, { folder: `${folder.path}/none` });
  await server.events.wait("came");
  using bob = await ChatClient.join(server.endpoint, "bob");
  await bob.say("1.bin%", new Uint8Array(400));
  await assertRejects(() => ann.next(), UsageError, "Cannot keep a file");
  await server.events.wait("disconnected");
});

test("chat client: files outlive the connection that they came by, but not one that was cut", async () => {
  using folder = new Folder();
  await using server = await start();
  using spool = await ChatSpool.open({ folder: folder.path });
  const first = await ChatConnection.connect(server.endpoint, { name: "ann", spool });
  await server.events.wait("came");
  using bob = await ChatClient.join(server.endpoint, "bob");
  await bob.say("1.bin%", new Uint8Array(400));
  const file = fileOf(await first.next());
  first.close();
  const cut = parts("bob", "2.bin%", new Uint8Array(100_000), "time").subarray(0, 50_000);
  await using rude = await rudeServer(cut, 10_000);
  const second = await ChatConnection.connect(rude.endpoint, { name: "ann", spool });
  await assertRejects(() => second.next(), UnreachableError, "the server closed it");
  second.close();
  using target = new Folder();
  await second.save(file, target.path);
  assertEquals(target.files(), ["1.bin"]);
  const [own] = folder.files();
  assertEquals(Array.from(Deno.readDirSync(`${folder.path}/${own}`)).length, 2, "a lock, a file");
});

test("chat client: without a spool a file is told of, and dropped", async () => {
  using folder = new Folder();
  await using server = await start();
  using ann = await join(server.endpoint, folder, { spool: undefined });
  await server.events.wait("came");
  using bob = await ChatClient.join(server.endpoint, "bob");
  const content = new Uint8Array(300_000).fill(7);
  await bob.say("1.bin%", content, "still here");
  const file = fileOf(await ann.next());
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  assertEquals([file.name, file.size, file.sha256], ["1.bin", 300_000, sha256]);
  assertEquals((await ann.next()).what, { type: "text", text: "still here" });
  await assertRejects(() => ann.save(file, folder.path), UsageError, "was not kept");
  assertEquals(folder.files(), []);
});

for (const what of ["connection", "chat"]) {
  test(`chat client: a ${what} that ends when a file begins leaves nothing`, async () => {
    using folder = new Folder();
    const spool = await ChatSpool.open({ folder: folder.path });
    await using rude = await rudeServer(parts("bob", "1.bin%", new Uint8Array(1000), "t"), 1000);
    const ann = await ChatConnection.connect(rude.endpoint, { name: "ann", spool });
    // While the folder is being made.
    const begin = spool.begin.bind(spool);
    spool.begin = async (id, size) => {
      const beginning = begin(id, size);
      ann.close();
      if (what === "chat") spool[Symbol.dispose]();
      return await beginning;
    };
    await assertRejects(() => ann.next(), UnreachableError, "it was closed here");
    const files = folder.files().flatMap((own) =>
      Array.from(Deno.readDirSync(`${folder.path}/${own}`), ({ name }) => name)
    );
    assertEquals(files, what === "chat" ? [] : ["lock"]);
    spool[Symbol.dispose]();
    assertEquals(folder.files(), []);
  });
}

test("chat client: what was left by the dead is removed, and nothing else", async () => {
  using folder = new Folder();
  using living = await ChatSpool.open({ folder: folder.path });
  living.begin("a", 1).then((file) => file.finish());
  (await living.begin("b", 1)).finish();
  const [alive] = folder.files();
  const names = ["wagons-chat-dead", "wagons-chat-new", "wagons-chat-odd", "other"];
  for (const name of names) Deno.mkdirSync(`${folder.path}/${name}`);
  for (const name of ["wagons-chat-dead/lock", "wagons-chat-dead/a", "wagons-chat-new/a"]) {
    folder.write(name, "x");
  }
  folder.write("other/lock", "");
  Deno.mkdirSync(`${folder.path}/wagons-chat-odd/lock`);
  const before = folder.files();
  using _next = await ChatSpool.open({ folder: folder.path });
  assertEquals(folder.files(), before.filter((name) => name !== "wagons-chat-dead"));
  assertEquals(Array.from(Deno.readDirSync(`${folder.path}/${alive}`)).length, 3);
});

test("chat client: who leaves while the server talks is heard to the end", async () => {
  using folder = new Folder();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const leaving = Promise.withResolvers<void>();
  const text = "x".repeat(60_000);
  const serving = (async () => {
    using conn = await listener.accept();
    let hasLeft = false;
    const talking = (async () => {
      const bytes = parts(...Array.from({ length: 3000 }, () => ["bob", "hello", "time"]).flat());
      for (let at = 0; !hasLeft; at %= bytes.length) at += await conn.write(bytes.subarray(at));
    })();
    await leaving.promise;
    const buffer = new Uint8Array(10_000);
    let count = 0;
    for (let read; (read = await conn.read(buffer)) !== null;) count += read;
    hasLeft = true;
    await talking;
    return count;
  })();
  const { port } = listener.addr;
  using ann = await join({ scheme: "chat", host: "127.0.0.1", port }, folder);
  const listening = (async () => {
    for (;;) await ann.next();
  })();
  const ended = assertRejects(() => listening, UnreachableError);
  for (let i = 0; i < 5; i++) await ann.say(sampleId(i), text);
  const finished = ann.finish();
  leaving.resolve();
  await finished;
  await ended;
  assertEquals(await serving, parts("ann", ...Array(5).fill(text)).length);
});

test("chat client: a file that cannot be sent harms nothing else", async () => {
  using folder = new Folder();
  await using server = await start();
  using ann = await join(server.endpoint, folder, { maxFileBytes: 10 });
  await server.events.wait("came");
  using bob = await ChatClient.join(server.endpoint, "bob");
  const long = folder.write("long.bin", new Uint8Array(11));
  const error = await assertRejects(() => ann.offer(sampleId(1), long), UsageError, "11 bytes");
  assertStringIncludes(error.hint!, "wagons put");
  await assertRejects(() => ann.offer(sampleId(2), `${folder.path}/none`), UsageError, "none");
  await assertRejects(() => ann.offer(sampleId(3), folder.path), UsageError);
  await assertRejects(
    () => ann.offer(sampleId(4), long, { signal: AbortSignal.abort(new Error("enough")) }),
    Error,
  );
  await ann.say(sampleId(5), "still here");
  assertEquals(await bob.line(), "ann: still here");
});

test("chat client: a file that is given up in the middle ends the connection", async () => {
  using folder = new Folder();
  await using server = await start();
  using ann = await join(server.endpoint, folder);
  const path = folder.write("long.bin", new Uint8Array(1_000_000));
  const giveUp = new AbortController();
  await assertRejects(
    () =>
      ann.offer(sampleId(1), path, {
        signal: giveUp.signal,
        onProgress: () => giveUp.abort(new Error("enough")),
      }),
    Error,
    "enough",
  );
  await assertRejects(() => ann.say(sampleId(2), "x"), UnreachableError, "not sent to its end");
  assertStringIncludes((await server.events.wait("disconnected")).reason, "middle of a part");
  assertEquals(server.store.files(0, 1), []);
});

test("chat client: nobody there, and the own end", async () => {
  using folder = new Folder();
  const server = await start();
  const { endpoint } = server;
  const ann = await join(endpoint, folder);
  const waiting = assertRejects(() => ann.next(), UnreachableError, "it was closed here");
  ann.close();
  await waiting;
  await server[Symbol.asyncDispose]();
  await assertRejects(() => join(endpoint, folder), UnreachableError, "nobody listens there");
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => join(endpoint, folder, { signal }), Error, "enough");
});
