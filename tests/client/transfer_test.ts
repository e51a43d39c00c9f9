import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import type { FileChannel } from "../../lib/client/file_channel.ts";
import { hashFile } from "../../lib/client/local_file.ts";
import { putFile, type PutOptions } from "../../lib/client/put_file.ts";
import { ServerRefusedError } from "../../lib/client/failures.ts";
import { readFile } from "../../lib/client/read_file.ts";
import { type Fetch, saveFile, WrongFileError } from "../../lib/client/save_file.ts";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import {
  BadInputError,
  ProtocolError,
  TimedOutError,
  UnreachableError,
  UsageError,
} from "../../lib/errors.ts";
import { CHUNK_BYTES, CHUNK_OVERHEAD_BYTES, MAX_UPLOADS } from "../../lib/limits/files.ts";
import { READ_AGAIN_BYTES } from "../../lib/limits/store.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import type { Store } from "../../lib/store/store.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { sampleBytes, sha256 } from "../helpers/sample_files.ts";
import { sampleId, sampleKey } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";

/** A server with a real store, a connection to it, and a folder. */
interface Yard {
  readonly folder: string;
  readonly store: Store;
  readonly server: TestServer;
  readonly connection: WireConnection;
  /** Writes a file in the folder. */
  write(name: string, bytes: Uint8Array): Promise<string>;
}

async function inYard(
  run: (yard: Yard) => Promise<void>,
  options: TestServerOptions & { key?: Uint8Array } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const store = openSqliteStore(join(folder, "wagons.db"));
  try {
    const hub = { ...options.hub, store, ...(options.key && { key: options.key }) };
    await using server = await TestServer.start({ ...options, hub });
    using connection = await WireConnection.open(server.endpoint, {
      ...(options.key && { key: options.key }),
    });
    const write = async (name: string, bytes: Uint8Array) => {
      const path = join(folder, name);
      await Deno.writeFile(path, bytes);
      return path;
    };
    await run({ folder, store, server, connection, write });
  } finally {
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const wish = (id = sampleId(1)) => ({ id, name: "план.pdf", source: "Yard 7", toRoom: false });

async function put({ connection }: Yard, path: string, options?: PutOptions, id?: string) {
  return await putFile(connection, await hashFile(path), wish(id), options);
}

function fetching(connection: WireConnection, file: FileInfo): Fetch {
  return async (from, take) => {
    for await (const bytes of readFile(connection, file, from)) await take(bytes);
  };
}

for (const key of [undefined, sampleKey(1)]) {
  const how = key === undefined ? "plain" : "sealed";
  const sizes = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 9 * CHUNK_BYTES + 7];
  test(`files of several sizes go there and back, ${how}`, async () => {
    await inYard(async (yard) => {
      const { connection, store, folder, write } = yard;
      const downloads = join(folder, "downloads");
      await Deno.mkdir(downloads);
      for (const [index, size] of sizes.entries()) {
        const bytes = sampleBytes(size, index + 1);
        const id = sampleId(index);
        const { duplicate } = await put(yard, await write("file", bytes), {}, id);
        assertEquals(duplicate, false);
        const file = store.file(id)!;
        assertEquals([file.size, file.sha256], [size, sha256(bytes)]);
        const path = await saveFile(file, { folder: downloads }, fetching(connection, file));
        assertEquals((await Deno.readFile(path)).toHex(), bytes.toHex());
        assertEquals(path, join(downloads, `план${index === 0 ? "" : ` (${index + 1})`}.pdf`));
      }
      assertEquals(Array.from(Deno.readDirSync(downloads)).length, sizes.length);
    }, key && { key });
  });
}

test("a server that takes short frames gets short chunks", async () => {
  const maxFrameBytes = 1024;
  const options = {
    hub: { maxChunkBytes: maxFrameBytes - CHUNK_OVERHEAD_BYTES },
    listener: { maxFrameBytes },
  };
  for (const key of [undefined, sampleKey(1)]) {
    await inYard(async (yard) => {
      const bytes = sampleBytes(50_000);
      await put(yard, await yard.write("file", bytes));
      assertEquals(yard.store.file(sampleId(1))?.sha256, sha256(bytes));
    }, { ...options, ...(key && { key }) });
  }
});

test("how far it is is told, to the end", async () => {
  await inYard(async (yard) => {
    const size = 3 * CHUNK_BYTES + 5;
    const told: number[] = [];
    await put(yard, await yard.write("file", sampleBytes(size)), {
      onProgress: ({ doneBytes, totalBytes }) => {
        assertEquals(totalBytes, size);
        told.push(doneBytes);
      },
    });
    assertEquals(told, [0, CHUNK_BYTES, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES, size]);
    const file = yard.store.file(sampleId(1))!;
    const got: number[] = [];
    await saveFile(file, yard, fetching(yard.connection, file), {
      onProgress: ({ doneBytes }) => got.push(doneBytes),
    });
    assertEquals(got, told);
  });
});

/** Gives each file of one connection the messages that have its id. */
function sharing(connection: WireConnection): (id: string) => FileChannel {
  const waiting = new Map<string, ReadableStreamDefaultController<Received>>();
  const pump = async () => {
    while (true) {
      const message = await connection.receive();
      if ("id" in message && message.id !== undefined) waiting.get(message.id)?.enqueue(message);
    }
  };
  pump().catch((error) => assert(error instanceof UnreachableError, String(error)));
  return (id) => {
    const stream = new ReadableStream<Received>({
      start: (controller) => void waiting.set(id, controller),
    });
    const reader = stream.getReader();
    return {
      url: connection.url,
      send: (message) => connection.send(message),
      receive: async () => (await reader.read()).value!,
    };
  };
}

test("of two who put one content the second waits, and sends nothing", async () => {
  await inYard(async (yard) => {
    const { server, connection, store } = yard;
    const bytes = sampleBytes(20 * CHUNK_BYTES);
    const local = await hashFile(await yard.write("file", bytes));
    const { promise: begun, resolve: onBegun } = Promise.withResolvers<void>();
    const { promise: busy, resolve: onBusy } = Promise.withResolvers<void>();
    let chunks = 0;
    const held: FileChannel = {
      url: connection.url,
      receive: () => connection.receive(),
      send: async (message) => {
        if (message.kind === "fileChunk" && ++chunks === 5) onBegun();
        if (chunks >= 5) await busy;
        await connection.send(message);
      },
    };
    const first = putFile(held, local, wish(), {
      onBusy: (error) => {
        throw error;
      },
    });
    await begun;
    using other = await WireConnection.open(server.endpoint);
    const sent: string[] = [];
    const counted: FileChannel = {
      url: other.url,
      receive: () => other.receive(),
      send: (message) => {
        sent.push(message.kind);
        return other.send(message);
      },
    };
    let texts: string[] = [];
    const second = putFile(counted, local, wish(sampleId(2)), {
      busyRetryMs: 5,
      onBusy: ({ message }, waitMs) => {
        assertEquals(waitMs, 5);
        texts.push(message);
        // Being asked many times harms nobody.
        if (texts.length === 3) onBusy();
      },
    });
    assertEquals((await first).duplicate, false);
    assertEquals((await second).duplicate, false);
    assert(texts.length >= 3, `${texts.length}`);
    texts = texts.filter((text) => !text.includes("Somebody else is putting the same content"));
    assertEquals(texts, []);
    assertEquals(sent.filter((kind) => kind !== "putFile"), []);
    for (const n of [1, 2]) assertEquals(store.file(sampleId(n))?.sha256, local.sha256);
    assertEquals(server.events.of("fault"), []);
  });
});

test("who waits for another one's put can give up", async () => {
  await inYard(async (yard) => {
    const bytes = sampleBytes(1000);
    const local = await hashFile(await yard.write("file", bytes));
    const upload = await yard.store.openUpload({ size: 1000, sha256: local.sha256 });
    await upload.write(bytes.subarray(0, 500));
    const { signal, abort } = stopper();
    const putting = putFile(yard.connection, local, wish(), { signal, onBusy: abort });
    await assertRejects(() => putting, Error, "enough");
    await upload.close();
    await putFile(yard.connection, local, wish());
  });
});

test("what takes long to be hashed is gone on with, however short the client's patience", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const bytes = sampleBytes(4 * READ_AGAIN_BYTES + 1000);
    const path = join(folder, "file");
    await Deno.writeFile(path, bytes);
    const local = await hashFile(path);
    const earlier = openSqliteStore(join(folder, "wagons.db"));
    const part = await earlier.openUpload({ size: bytes.length, sha256: local.sha256 });
    await part.write(bytes.subarray(0, 4 * READ_AGAIN_BYTES));
    await part.close();
    earlier.close();
    // Each try hashes one piece.
    const store = openSqliteStore(join(folder, "wagons.db"), { hashPatienceMs: -1 });
    try {
      await using server = await TestServer.start({ hub: { store } });
      using connection = await WireConnection.open(server.endpoint);
      const told: string[] = [];
      const begins: number[] = [];
      await putFile(connection, local, wish(), {
        busyRetryMs: 1,
        onBusy: ({ message }) => told.push(message),
        onProgress: ({ doneBytes }) => begins.push(doneBytes),
      });
      assertEquals(told.length, 3);
      for (const [i, text] of told.entries()) {
        assertStringIncludes(
          text,
          `${(i + 1) * READ_AGAIN_BYTES} of ${4 * READ_AGAIN_BYTES} bytes`,
        );
      }
      assertEquals(begins, [4 * READ_AGAIN_BYTES, bytes.length]);
      assertEquals(store.file(sampleId(1))?.sha256, local.sha256);
    } finally {
      store.close();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("puts that are given up leave the connection usable, and can be gone on with", async () => {
  await inYard(async (yard) => {
    const channelOf = sharing(yard.connection);
    const bytes = sampleBytes(40 * CHUNK_BYTES);
    const local = await hashFile(await yard.write("file", bytes));
    // More than may be under way at once: each is ended at the server too.
    for (let i = 1; i <= 2 * MAX_UPLOADS; i++) {
      const { signal, abort } = stopper();
      const putting = putFile(channelOf(sampleId(i)), local, wish(sampleId(i)), {
        signal,
        onProgress: ({ doneBytes }) => doneBytes > 0 && abort(),
      });
      await assertRejects(() => putting, Error, "enough");
    }
    const id = sampleId(99);
    await putFile(channelOf(id), local, wish(id));
    assertEquals(yard.store.file(id)?.sha256, sha256(bytes));
  });
});

function stopper(): { signal: AbortSignal; abort: () => void } {
  const stop = new AbortController();
  return { signal: stop.signal, abort: () => stop.abort(new Error("enough")) };
}

test("a file that changes is noticed, before and while it is sent", async () => {
  await inYard(async (yard) => {
    const path = await yard.write("file", sampleBytes(100));
    const local = await hashFile(path);
    await Deno.writeFile(path, sampleBytes(101));
    const put = () => putFile(yard.connection, local, wish());
    assertStringIncludes((await assertRejects(put, BadInputError)).message, "was changed");
    // Nothing was said yet: the connection can be used.
    await yard.connection.request({ kind: "fastRequest" }, "fastResponse");
  });
  await inYard(async (yard) => {
    const path = await yard.write("file", sampleBytes(20 * CHUNK_BYTES));
    const local = await hashFile(path);
    let isCut = false;
    await assertRejects(() =>
      putFile(yard.connection, local, wish(), {
        onProgress: () => {
          if (!isCut) Deno.truncateSync(path, 1000);
          isCut = true;
        },
      }), BadInputError);
    assertEquals(yard.store.file(sampleId(1)), undefined);
  });
});

test("content that is not what was hashed is refused by the server", async () => {
  await inYard(async (yard) => {
    const path = await yard.write("file", sampleBytes(1000));
    const local = { ...await hashFile(path), sha256: sha256(sampleBytes(1)) };
    const error = await assertRejects(
      () => putFile(yard.connection, local, wish()),
      ServerRefusedError,
    );
    assertEquals(error.code, RefusalCode.invalid);
    assertEquals(yard.store.file(sampleId(1)), undefined);
  });
});

test("an id that another file has is refused", async () => {
  await inYard(async (yard) => {
    await put(yard, await yard.write("one", sampleBytes(1000)));
    const second = await yard.write("two", sampleBytes(1001));
    const error = await assertRejects(() => put(yard, second), ServerRefusedError);
    assertEquals(error.code, RefusalCode.invalid);
    assertStringIncludes(error.message, `has the id ${sampleId(1)}`);
  });
});

test("what cannot be put is told before anything is sent", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const path of [join(folder, "none"), folder]) {
      await assertRejects(() => hashFile(path), UsageError);
    }
    const path = join(folder, "file");
    await Deno.writeFile(path, new Uint8Array(3 * 1024 * 1024));
    const signal = AbortSignal.abort(new Error("enough"));
    await assertRejects(() => hashFile(path, { signal }), Error, "enough");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** A server that says what it is told to. */
function channel(...answers: Received[]) {
  const sent: Message[] = [];
  return {
    url: "tcp://yard.example:7117",
    sent,
    send: (message: Message) => Promise.resolve(void sent.push(message)),
    receive: () =>
      answers.length > 0 ? Promise.resolve(answers.shift()!) : new Promise<Received>(() => {}),
  };
}

const FILE: FileInfo = {
  kind: "fileInfo",
  id: sampleId(1),
  name: "x",
  size: 10,
  sha256: sha256(sampleBytes(10)),
  source: "",
  storedAtMs: 0,
  number: 1,
};

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let hex = "";
  for await (const part of bytes) hex += part.toHex();
  return hex;
}

test("a server that sends other parts than were asked for is not believed", async () => {
  const { id } = FILE;
  const answers: Received[] = [
    { kind: "fileChunk", id, offset: 1, data: new Uint8Array(10) },
    { kind: "fileChunk", id, offset: 0, data: new Uint8Array(9) },
    { kind: "fileChunk", id, offset: 0, data: new Uint8Array(11) },
    { kind: "fastResponse", currentDateTime: "" },
  ];
  for (const answer of answers) {
    await assertRejects(() => collect(readFile(channel(answer), FILE, 0)), ProtocolError);
  }
  const bytes = sampleBytes(10);
  const right = channel({ kind: "fileChunk", id, offset: 4, data: bytes.slice(4) });
  assertEquals(await collect(readFile(right, FILE, 4)), bytes.slice(4).toHex());
  assertEquals(right.sent, [{ kind: "readFile", id, offset: 4, length: 6 }]);
});

test("a server that has it all and gives no receipt, or takes no chunks, is not believed", async () => {
  await inYard(async (yard) => {
    const local = await hashFile(await yard.write("file", sampleBytes(10)));
    for (const [durableBytes, maxChunkBytes] of [[10, 100], [11, 100], [0, 0]] as const) {
      const answer = { kind: "fileProgress", id: FILE.id, durableBytes, maxChunkBytes } as const;
      await assertRejects(() => putFile(channel(answer), local, wish()), ProtocolError);
    }
  });
});

test("a server that says nothing is given up, in both directions", async () => {
  const options = { timeoutMs: 30 };
  await assertRejects(() => collect(readFile(channel(), FILE, 0, options)), TimedOutError);
  await inYard(async (yard) => {
    const local = await hashFile(await yard.write("file", sampleBytes(10)));
    await assertRejects(() => putFile(channel(), local, wish(), options), TimedOutError);
    const begun = channel({
      kind: "fileProgress",
      id: FILE.id,
      durableBytes: 4,
      maxChunkBytes: 100,
    });
    await assertRejects(() => putFile(begun, local, wish(), options), TimedOutError);
    assertEquals(begun.sent.map(({ kind }) => kind), ["putFile", "fileChunk"]);
  });
});

test("what has come of a file is gone on with, and is right", async () => {
  await inYard(async (yard) => {
    const { store, folder, connection } = yard;
    const bytes = sampleBytes(5 * CHUNK_BYTES);
    await put(yard, await yard.write("file", bytes));
    const file = store.file(sampleId(1))!;
    const partial: Fetch = async (from, take) => {
      for await (const part of readFile(connection, file, from)) {
        await take(part);
        throw new UnreachableError("gone");
      }
    };
    await assertRejects(() => saveFile(file, { folder }, partial), UnreachableError);
    const parts = Array.from(Deno.readDirSync(folder), ({ name }) => name)
      .filter((name) => name.endsWith(".part"));
    assertEquals(parts.length, 1);
  });
  await inYard(async (yard) => {
    const { store, folder } = yard;
    const bytes = sampleBytes(5 * CHUNK_BYTES);
    await put(yard, await yard.write("file", bytes));
    const file = store.file(sampleId(1))!;
    const begins: number[] = [];
    const cut = (parts: number): Fetch => async (from, take) => {
      begins.push(from);
      for (let i = 0; i < parts; i++) {
        await take(bytes.subarray(from + i * CHUNK_BYTES, from + (i + 1) * CHUNK_BYTES));
      }
      if (parts < 9) throw new UnreachableError("gone");
    };
    for (const parts of [1, 0, 2]) {
      await assertRejects(() => saveFile(file, { folder }, cut(parts)), UnreachableError);
    }
    using connection = await WireConnection.open(yard.server.endpoint);
    const rest: Fetch = (from, take) => {
      begins.push(from);
      return fetching(connection, file)(from, take);
    };
    const path = await saveFile(file, { path: join(folder, "got") }, rest);
    assertEquals((await Deno.readFile(path)).toHex(), bytes.toHex());
    assertEquals(begins, [0, CHUNK_BYTES, CHUNK_BYTES, 3 * CHUNK_BYTES]);
  });
});

const taking = (...parts: Uint8Array[]): Fetch => async (_from, take) => {
  for (const part of parts) await take(part);
};

test("what is wrong does not appear, and is gone", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const wrong = taking(sampleBytes(10, 2));
    const error = await assertRejects(() => saveFile(FILE, { folder }, wrong), WrongFileError);
    assertStringIncludes(error.message, sha256(sampleBytes(10, 2)).toHex());
    assertEquals(Array.from(Deno.readDirSync(folder)), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("an earlier part that is damaged is brought once more", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const part = join(folder, `.wagons-${FILE.sha256.toHex()}.part`);
    for (const damaged of [new Uint8Array(4), new Uint8Array(10), new Uint8Array(99)]) {
      await Deno.writeFile(part, damaged);
      const begins: number[] = [];
      const path = await saveFile(FILE, { folder }, async (from, take) => {
        begins.push(from);
        await take(sampleBytes(10).subarray(from));
      });
      assertEquals(begins, [Math.min(10, damaged.length), 0]);
      assertEquals(await Deno.readFile(path), sampleBytes(10));
      await Deno.remove(path);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("a part that is a link, or that another program writes, is not touched", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const part = join(folder, `.wagons-${FILE.sha256.toHex()}.part`);
    const secret = join(folder, "secret");
    await Deno.writeTextFile(secret, "mine");
    await Deno.symlink(secret, part);
    const save = () => saveFile(FILE, { folder }, taking(sampleBytes(10)));
    assertStringIncludes((await assertRejects(save, UsageError)).message, "is a link");
    assertEquals(await Deno.readTextFile(secret), "mine");
    await Deno.remove(part);
    {
      using other = await Deno.open(part, { write: true, createNew: true });
      assert(await other.tryLock(true));
      assertStringIncludes((await assertRejects(save, UsageError)).message, "Another program");
    }
    assertEquals(await Deno.readFile(await save()), sampleBytes(10));
    await assertRejects(
      () => saveFile(FILE, { folder: join(folder, "none") }, taking(sampleBytes(10))),
      UsageError,
      "There is no folder",
    );
    await assertRejects(
      () => saveFile(FILE, { path: secret }, () => Promise.reject(new Error("not asked for"))),
      UsageError,
      "is there already",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
