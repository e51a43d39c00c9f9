/**
 * Sealed sessions from the client's side: what a server, or somebody on the way, may say to it.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ServerRefusedError } from "../../lib/client/failures.ts";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { ProtocolError, RefusedError, TimedOutError } from "../../lib/errors.ts";
import { ServerSession } from "../../lib/seal/session.ts";
import { decodeBody, encodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import { type Hello, type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { sealBody } from "../helpers/seal_body.ts";
import { FAST, sampleId, sampleManifest } from "../helpers/samples.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";

/** The server's end of the one connection that it takes. */
interface End {
  session: ServerSession | undefined;
  send(...messages: Message[]): Promise<void>;
  seal(message: Message): Message;
}

const EMPTY: Message = { kind: "empty" };

/**
 * A server that does with each message what the test says; `answer` also gets what was sealed,
 * opened. The connection is closed when it gives `false`.
 */
async function serving(
  answer: (message: Received, end: End) => Promise<void | false>,
  fn: (url: string) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using conn = await listener.accept();
    const end: End = {
      session: undefined,
      async send(...messages) {
        for (const message of messages) {
          let bytes = encodeFrame(message);
          while (bytes.length > 0) bytes = bytes.subarray(await conn.write(bytes));
        }
      },
      seal: (message) => ({ kind: "sealed", body: sealBody(end.session!, encodeBody(message)) }),
    };
    const decoder = new FrameDecoder({ maxFrameBytes: 100_000 });
    const buffer = new Uint8Array(1024);
    try {
      for (let count; (count = await conn.read(buffer)) !== null;) {
        const messages: Received[] = [];
        decoder.decode(buffer.subarray(0, count), (bytes, start, stop) => {
          messages.push(decodeBody(bytes, start, stop));
        });
        for (const message of messages) {
          const body = message.kind === "sealed" ? end.session!.open(message.body) : undefined;
          const said = body === undefined ? message : decodeBody(body, 0, body.length);
          if (await answer(said, end) === false) return;
        }
      }
    } finally {
      end.session?.close();
    }
  })();
  try {
    await fn(`tcp://127.0.0.1:${listener.addr.port}`);
  } finally {
    await served;
    listener.close();
  }
}

/** Answers Hello and the proof as a server does, and leaves the rest to the test. */
function proper(
  rest: (message: Received, end: End) => Promise<void | false>,
): (message: Received, end: End) => Promise<void | false> {
  return async (message, end) => {
    if (message.kind === "hello") await welcome(message, end);
    else if (message.kind === "empty") await end.send(end.seal(EMPTY));
    else return await rest(message, end);
  };
}

async function welcome(hello: Hello, end: End, key = KEY): Promise<void> {
  end.session = new ServerSession(hello, {
    key,
    nonce: new Uint8Array(16).fill(2),
    maxMessageBytes: 1234,
    nowMs: 0,
    proofTimeoutMs: 1000,
  });
  await end.send(end.session.welcome);
}

const open = (url: string, timeoutMs = 10_000) =>
  WireConnection.open(parseEndpoint(url), { key: KEY, handshakeTimeoutMs: timeoutMs });

test("client: a session is open when both sides have proved that they have the key", async () => {
  await using server = await TestServer.start({ hub: { key: KEY } });
  using connection = await WireConnection.open(server.endpoint, { key: KEY });
  assertEquals((await server.events.wait("sealed")).peer.isLoopback, true);
  assertEquals((await connection.request(FAST, "fastResponse")).kind, "fastResponse");
  const receipts = await Promise.all([
    connection.request(sampleManifest(1), "receipt"),
  ]);
  assertEquals(receipts[0]!.duplicate, false);
});

test("client: manifests of any size arrive, one behind the other", async () => {
  await using server = await TestServer.start({ hub: { key: KEY } });
  using connection = await WireConnection.open(server.endpoint, { key: KEY });
  const sizes = [1, 20_000, 2, 15_000, 3];
  const sending = sizes.map((cities, number) => {
    const entries = Array.from({ length: cities }, (_, i) => ({ city: `City ${i}`, wagons: i }));
    return connection.send(sampleManifest(number, { entries }));
  });
  await Promise.all(sending);
  for (const _ of sizes) assertEquals((await connection.receive()).kind, "receipt");
  const stored = Array.from(server.store.manifests(), ({ entries }) => entries.length);
  assertEquals(stored, sizes);
});

test("client: messages are read while many are being sent, and none waits for another", async () => {
  const chunks = 40;
  const data = new Uint8Array(90_000).map((_, i) => i);
  const id = sampleId(1);
  for (const isSealed of [false, true]) {
    let taken = 0;
    const answer = async (message: Received, end: End): Promise<false | void> => {
      if (message.kind !== "fileChunk") throw new Error(`A ${message.kind} came`);
      assertEquals([message.offset, message.data.length], [taken * data.length, data.length]);
      taken++;
      // As long as what came: neither side gets far if one of them reads nothing.
      const progress: Message = { ...message, kind: "fileChunk" };
      await end.send(isSealed ? end.seal(progress) : progress);
      if (taken === chunks) return false;
    };
    await serving(isSealed ? proper(answer) : answer, async (url) => {
      using connection = isSealed ? await open(url) : await WireConnection.open(parseEndpoint(url));
      const sent = Array.from(
        { length: chunks },
        (_, i) => connection.send({ kind: "fileChunk", id, offset: i * data.length, data }),
      );
      for (let i = 0; i < chunks; i++) {
        const message = await connection.receive();
        assert(message.kind === "fileChunk");
        assertEquals(message.offset, i * data.length);
        assert(message.data.every((byte, at) => byte === data[at]), `the chunk ${i}`);
      }
      await Promise.all(sent);
    });
    assertEquals(taken, chunks);
  }
});

test("client: the server says how long a message may be", async () => {
  await using server = await TestServer.start({
    hub: { key: KEY },
    listener: { maxFrameBytes: 5000 },
  });
  using connection = await WireConnection.open(server.endpoint, { key: KEY });
  assertEquals(connection.maxMessageBytes, 5000);
});

test("client: each refusal of a session is told apart, and says what to change", async () => {
  const cases: [RefusalCode, RegExp][] = [
    [RefusalCode.noKey, /--plain/],
    [RefusalCode.wrongKey, /key show/],
    [RefusalCode.tooManyFailedProofs, /--key-file/],
    [RefusalCode.unsupportedVersion, /version/],
  ];
  for (const [code, hint] of cases) {
    await serving(async (_, end) => {
      await end.send({ kind: "refusal", code, text: "no\x1b[31m" });
      return false;
    }, async (url) => {
      const error = await assertRejects(() => open(url), ServerRefusedError);
      assertEquals([error.code, error.exitCode], [code, 5]);
      assertStringIncludes(error.message, "no\\u{1b}[31m");
      assertEquals(hint.test(error.hint!), true, error.hint);
    });
  }
});

test("client: a server that has another key is not trusted", async () => {
  await serving(async (message, end) => {
    if (message.kind !== "hello") return;
    await welcome(message, end, new Uint8Array(32).fill(9));
    // It cannot open the proof and pretends that it could.
    await end.send(end.seal(EMPTY));
    return false;
  }, async (url) => {
    const error = await assertRejects(() => open(url), ProtocolError, "sealed session");
    assertEquals(error.exitCode, 5);
  });
});

test("client: an answer without a seal is not taken, were it the right one", async () => {
  const forged: Message[] = [
    { kind: "receipt", id: sampleManifest(1).id, storedAtMs: 1, duplicate: false },
    { kind: "refusal", code: RefusalCode.invalid, text: "no" },
    EMPTY,
  ];
  for (const message of forged) {
    await serving(
      proper(async (_, end) => await end.send(message)),
      async (url) => {
        using connection = await open(url);
        await assertRejects(
          () => connection.request(sampleManifest(1), "receipt"),
          ProtocolError,
          `A ${message.kind} came without a seal`,
        );
      },
    );
  }
});

test("client: nothing but a Refusal is taken without a seal in place of the proof", async () => {
  await serving(async (message, end) => {
    if (message.kind === "hello") await welcome(message, end);
    else await end.send(EMPTY);
  }, async (url) => {
    await assertRejects(() => open(url), ProtocolError, "A empty came without a seal");
  });
});

test("client: an answer that was changed, or comes twice, is not taken", async () => {
  const tricks: ((answer: Message, end: End) => Promise<void>)[] = [
    async (answer, end) => {
      if (answer.kind === "sealed") answer.body[0]! ^= 1;
      await end.send(answer);
    },
    async (answer, end) => await end.send(answer, answer),
  ];
  for (const trick of tricks) {
    await serving(
      proper(async (_, end) => {
        await trick(end.seal({ kind: "fastResponse", currentDateTime: "now" }), end);
      }),
      async (url) => {
        using connection = await open(url);
        await assertRejects(async () => {
          await connection.request(FAST, "fastResponse");
          await connection.receive();
        }, ProtocolError);
      },
    );
  }
});

test("client: a server that does not know sessions is waited for, and named", async () => {
  await serving(() => Promise.resolve(), async (url) => {
    const error = await assertRejects(() => open(url, 50), TimedOutError, url);
    assertStringIncludes(error.hint!, "--plain");
  });
});

test("client: a session is given up when it is cancelled", async () => {
  const cancelled = new AbortController();
  await serving(() => {
    cancelled.abort(new Error("enough"));
    return Promise.resolve();
  }, async (url) => {
    const { signal } = cancelled;
    const opening = () => WireConnection.open(parseEndpoint(url), { key: KEY, signal });
    await assertRejects(opening, Error, "enough");
  });
});

test("client: a Welcome of another version is an error", async () => {
  for (const version of [1, 3]) {
    await serving(async (message, end) => {
      if (message.kind !== "hello") return;
      const nonce = new Uint8Array(16);
      await end.send({ kind: "welcome", version, nonce, maxMessageBytes: 1 });
    }, async (url) => {
      await assertRejects(() => open(url), RefusedError, `version ${version}`);
    });
  }
});
