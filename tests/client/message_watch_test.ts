import { assert, assertEquals, assertRejects } from "@std/assert";
import { lookup } from "node:dns/promises";
import { MessageWatch, type WatchEvent } from "../../lib/client/message_watch.ts";
import { TokenDatagrams } from "../../lib/client/token_datagrams.ts";
import { TokenSocket } from "../../lib/client/token_socket.ts";
import type { TokenStream } from "../../lib/client/token_stream.ts";
import { type Endpoint, parseEndpoint } from "../../lib/endpoint.ts";
import { RefusedError, TimedOutError, UnreachableError, UsageError } from "../../lib/errors.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { test } from "../helpers/strict.ts";
import {
  DatagramServer,
  OTHER_KEY,
  RawServer,
  RoomServer,
  SEAL,
  sealedOf,
  upgrade,
} from "../helpers/token_servers.ts";

/** A watch whose events the test waits for. */
class Watched implements AsyncDisposable {
  readonly watch: MessageWatch;
  readonly events: string[] = [];
  readonly done: Promise<void>;
  readonly #end = new AbortController();
  readonly #wakes = new Set<() => void>();

  constructor(
    open: (signal: AbortSignal) => Promise<TokenStream>,
    { timeoutMs = 30_000, retriesFirst = true, onEvent = (_event: WatchEvent) => {} } = {},
  ) {
    this.watch = new MessageWatch({
      open,
      seal: SEAL,
      timeoutMs,
      waitMs: () => 1,
      retriesFirst,
      signal: this.#end.signal,
      onEvent: (event) => {
        this.events.push(nameOf(event));
        onEvent(event);
        for (const wake of this.#wakes) wake();
      },
    });
    this.done = this.watch.run();
    this.done.catch(() => {
      // Tests that expect it look at it themselves.
    });
  }

  /** Waits until there were so many events of that name. */
  async has(name: string, count = 1): Promise<void> {
    while (this.events.filter((event) => event === name).length < count) {
      await new Promise<void>((resolve) => this.#wakes.add(resolve));
    }
  }

  abort(): void {
    this.#end.abort(new RangeError("ended"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort();
    await this.done.catch(() => {});
  }
}

function nameOf(event: WatchEvent): string {
  return event.event === "heard" ? event.heard.message.text : event.event;
}

function room(endpoint: Endpoint) {
  return (signal: AbortSignal) => TokenSocket.open(endpoint, { signal });
}

test("what comes is heard, and what cannot be read is told", async () => {
  await using server = new RoomServer();
  await using watched = new Watched(room(server.endpoint));
  await watched.has("Welcome");
  server.broadcast("junk");
  server.broadcast(SEAL.seal({ text: "one" }));
  server.broadcast(new TokenSeal(OTHER_KEY).seal({ text: "no" }));
  server.broadcast(SEAL.seal({ text: "two" }));
  await watched.has("two");
  const expected = ["joined", "Welcome", "unreadable", "one", "unreadable", "two"];
  assertEquals(watched.events, expected);
  watched.abort();
  assertEquals(await watched.done, undefined);
});

test("a connection that is lost is made again, and what had not arrived is sent again", async () => {
  let count = 0;
  await using server = new RoomServer({
    onToken: (token, room, from) => {
      if (++count > 2) room.relay(token);
      else from.close(4000);
    },
  });
  await using watched = new Watched(room(server.endpoint));
  await watched.watch.connected();
  await watched.watch.say(sealedOf({ text: "said" }));
  assertEquals(new Set(server.tokens).size, 1);
  assertEquals(server.tokens.length, 3);
  await watched.has("said");
  const once = ["joined", "Welcome", "lost"];
  assertEquals(watched.events, [...once, ...once, "joined", "Welcome", "said"]);
});

test("a server that is not there yet is waited for", async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<Endpoint>();
  let endpoint = parseEndpoint("ws://127.0.0.1:1");
  await using busy = RawServer.writing(
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
    "keep",
  );
  started.then((where) => endpoint = where);
  await using watched = new Watched((signal) => TokenSocket.open(endpoint, { signal }));
  await watched.has("failed", 2);
  endpoint = { ...endpoint, port: busy.port };
  await watched.has("failed", 5);
  await using server = new RoomServer();
  start(server.endpoint);
  await watched.has("Welcome");
  assert(busy.connections > 0);
});

test("what another try would not change ends the watch", async () => {
  const seal = new TokenSeal(OTHER_KEY);
  await using other = new RoomServer({ greeting: seal.seal({ text: "Welcome" }) });
  await using otherKey = new Watched(room(other.endpoint));
  await assertRejects(() => otherKey.done, RefusedError, "has another key");
  await using missing = RawServer.writing("HTTP/1.1 404 Not Found\r\n\r\n", "close");
  const endpoint = { scheme: "ws", host: "127.0.0.1", port: missing.port };
  await using notFound = new Watched(room(endpoint));
  await assertRejects(() => notFound.done, RefusedError, "answers 404");
});

test("what is not tried again ends the watch, unless there was a connection", async () => {
  const nobody = parseEndpoint("ws://127.0.0.1:1");
  await using failing = new Watched(room(nobody), { retriesFirst: false });
  await assertRejects(() => failing.done, UnreachableError, "nobody listens there");
  assertEquals(failing.events, []);
  await using server = new RoomServer();
  let endpoint = server.endpoint;
  await using watched = new Watched((signal) => room(endpoint)(signal), { retriesFirst: false });
  await watched.has("Welcome");
  endpoint = nobody;
  for (const socket of server.sockets) socket.close(4000);
  await watched.has("failed", 2);
});

test("who listens and throws ends the watch", async () => {
  await using server = new RoomServer();
  await using watched = new Watched(room(server.endpoint), {
    onEvent: ({ event }) => {
      if (event === "heard") throw new Deno.errors.BrokenPipe("nobody reads");
    },
  });
  await assertRejects(() => watched.done, Deno.errors.BrokenPipe);
});

test("what is said is refused, is late, or is ended", async () => {
  const answers = [SEAL.seal({ cmd: "error", text: "too fast" })];
  await using server = new RoomServer({
    onToken: (_token, room) => answers.splice(0).forEach((answer) => room.broadcast(answer)),
  });
  await using watched = new Watched(room(server.endpoint), { timeoutMs: 50 });
  const say = () => watched.watch.say(sealedOf({ text: "x" }));
  await watched.watch.connected();
  await assertRejects(say, RefusedError, "too fast");
  await assertRejects(say, TimedOutError, "has not relayed it");
  const said = say();
  watched.abort();
  await assertRejects(() => said, RangeError, "ended");
  await assertRejects(say, RangeError, "ended");
  await assertRejects(() => watched.watch.connected(), RangeError, "ended");
});

test("what makes a server close the connection is not said again and again", async () => {
  /** A close with the code 1009: too long. */
  const tooLong = Uint8Array.of(0x88, 2, 1009 >> 8, 1009 & 0xff);
  await using server = new RawServer(async (peer) => {
    await upgrade(peer);
    await peer.read();
    await peer.write(tooLong);
    return "keep";
  });
  const endpoint = { scheme: "ws", host: "127.0.0.1", port: server.port };
  await using watched = new Watched(room(endpoint));
  await watched.watch.connected();
  const said = watched.watch.say(sealedOf({ text: "x" }));
  await assertRejects(() => said, RefusedError, "closed the connection: 1009");
  await watched.has("joined", 2);
});

test("udp: what is sent to an address of this machine is heard", async () => {
  const streams: TokenDatagrams[] = [];
  await using watched = new Watched(async () => {
    const stream = await TokenDatagrams.bind(parseEndpoint("udp://127.0.0.1:0"));
    streams.push(stream);
    return stream;
  });
  await watched.has("joined");
  await using sender = await TokenDatagrams.open(parseEndpoint(streams[0]!.url));
  sender.send("junk");
  await watched.has("unreadable");
  sender.send(SEAL.seal({ text: "heard" }));
  await watched.has("heard");
  assertEquals(watched.events, ["joined", "unreadable", "heard"]);
});

test("udp: answers to what is said are heard, at the same port", async () => {
  const ports = new Set<string>();
  await using server = await DatagramServer.start((token, reply) => {
    ports.add(reply.to);
    reply(SEAL.seal({ text: `got ${SEAL.open(token).message.text}` }));
  });
  await using watched = new Watched(() => TokenDatagrams.open(server.endpoint));
  await watched.watch.connected();
  await watched.watch.say(sealedOf({ text: "a" }));
  await watched.watch.say(sealedOf({ text: "b" }));
  assertEquals(watched.events, ["joined", "got a", "got b"]);
  assertEquals(ports.size, 1);
});

test("udp: whoever gives up is heard while the host is looked up", async () => {
  for (const open of [TokenDatagrams.open, TokenDatagrams.bind]) {
    const giving = new AbortController();
    const opening = open(parseEndpoint("udp://localhost:0"), { signal: giving.signal });
    giving.abort(new RangeError("given up"));
    await assertRejects(() => opening, RangeError, "given up");
    await assertRejects(
      () => open(parseEndpoint("udp://localhost:0"), { signal: giving.signal }),
      RangeError,
    );
  }
  // Those that were begun end before this one.
  await lookup("localhost");
});

test("udp: one cannot listen where another does, nor at another machine's address", async () => {
  await using server = await DatagramServer.start();
  const taken = await assertRejects(() => TokenDatagrams.bind(server.endpoint), UsageError);
  assert(taken.message.endsWith("the port is taken"), taken.message);
  const elsewhere = parseEndpoint("udp://203.0.113.1:7119");
  const foreign = await assertRejects(() => TokenDatagrams.bind(elsewhere), UsageError);
  assert(foreign.message.endsWith("no address of this machine"), foreign.message);
});
