import { assertEquals, assertRejects } from "@std/assert";
import { TokenSocket } from "../../lib/client/token_socket.ts";
import { UnreachableError, UsageError } from "../../lib/errors.ts";
import { test } from "../helpers/strict.ts";
import { RawServer, RoomServer, upgrade } from "../helpers/token_servers.ts";

/** An empty ping of a client: its frame has a mask of four bytes. */
const PING = 0x89;
const PONG = Uint8Array.of(0x8a, 0);
const TEXT_DONE = Uint8Array.of(0x81, 4, ...new TextEncoder().encode("done"));

test("a server that falls silent is lost", async () => {
  await using server = new RawServer(async (peer) => {
    await upgrade(peer);
    while ((await peer.read()).length > 0);
    return "close";
  });
  const endpoint = { scheme: "ws", host: "127.0.0.1", port: server.port };
  await using socket = await TokenSocket.open(endpoint, { pingMs: 10 });
  await assertRejects(() => socket.next(), UnreachableError, "nothing has come for 20ms");
});

test("a server that answers pings is there, though it says nothing", async () => {
  await using server = new RawServer(async (peer) => {
    await upgrade(peer);
    for (let pings = 0; pings < 5;) {
      const bytes = await peer.read();
      if (bytes.length === 0) return "close";
      if (bytes[0] !== PING) continue;
      pings++;
      await peer.write(PONG);
    }
    await peer.write(TEXT_DONE);
    return "keep";
  });
  const endpoint = { scheme: "ws", host: "127.0.0.1", port: server.port };
  await using socket = await TokenSocket.open(endpoint, { pingMs: 200 });
  assertEquals((await socket.next()).text, "done");
});

test("a WebSocket that does not open in time is given up, however much comes", async () => {
  const head = "HTTP/1.1 101 Switching Protocols\r\n";
  await using silent = RawServer.writing("", "keep");
  await using begun = RawServer.writing(head, "keep");
  // Each header comes before a time that counts from the last one is over.
  await using slow = new RawServer(async (peer) => {
    await peer.write(head);
    while (true) {
      await peer.write("a: b\r\n");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  for (const { port } of [silent, begun, slow]) {
    await assertRejects(
      () => TokenSocket.open({ scheme: "ws", host: "127.0.0.1", port }, { connectTimeoutMs: 50 }),
      UnreachableError,
      "no connection after 50ms",
    );
  }
});

test("whoever gives up connecting is heard at once", async () => {
  await using server = RawServer.writing("", "keep");
  const endpoint = { scheme: "ws", host: "127.0.0.1", port: server.port };
  const giving = new AbortController();
  const opening = TokenSocket.open(endpoint, { signal: giving.signal });
  giving.abort(new RangeError("given up"));
  await assertRejects(() => opening, RangeError, "given up");
});

test("what came before the end is still given, and then why it ended", async () => {
  await using server = new RoomServer({
    greeting: "hello",
    onToken: (_token, room, from) => {
      room.broadcast("last words");
      from.close(4000, "enough");
    },
  });
  await using socket = await TokenSocket.open(server.endpoint);
  socket.send("x");
  assertEquals((await socket.next()).text, "hello");
  assertEquals((await socket.next()).text, "last words");
  await assertRejects(() => socket.next(), UnreachableError, "the server closed it: 4000 enough");
  // Nothing that is sent then breaks anything.
  socket.send("y");
  await assertRejects(() => socket.next(), UnreachableError, "4000 enough");
});

test("what is closed here is closed at once, and a server that does not close is left", async () => {
  await using polite = new RoomServer({ greeting: null });
  await using rude = new RawServer(async (peer) => {
    await upgrade(peer);
    return "keep";
  });
  const endpoint = { scheme: "ws", host: "127.0.0.1", port: rude.port };
  for (const where of [polite.endpoint, endpoint]) {
    const socket = await TokenSocket.open(where);
    const next = socket.next();
    socket.close();
    await assertRejects(() => next, UnreachableError, "it was closed here");
    await socket[Symbol.asyncDispose]();
    await socket[Symbol.asyncDispose]();
  }
});

test("a host that no URL can have is a wrong usage", async () => {
  const endpoint = { scheme: "ws", host: "fe80::1%eth0", port: 1 };
  await assertRejects(() => TokenSocket.open(endpoint), UsageError, "it is no URL");
});
