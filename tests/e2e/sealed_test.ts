/**
 * Sealed sessions between the built server and the built clients, with somebody on the way.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { formatEndpoint, parseEndpoint } from "../../lib/endpoint.ts";
import { WagonsError } from "../../lib/errors.ts";
import { readKeyFile } from "../../lib/key_file.ts";
import { type Message, RefusalCode } from "../../lib/wire/messages.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";
import { holdsAny, type Mangle, Proxy } from "../helpers/proxy.ts";
import { concat, RawClient } from "../helpers/raw_client.ts";
import { sampleId, sampleManifest } from "../helpers/samples.ts";
import { jsonLines, type Server, Workspace } from "./workspace.ts";

const KEYED = ["--key-file", "wagons.key"];
const TEXT = "Москва = 7\nНижний Новгород = 12\n";
const CITIES = ["Москва", "Нижний Новгород"];

async function keyed(): Promise<Workspace> {
  const space = new Workspace();
  for (const file of ["wagons.key", "other.key"]) {
    const { code, stderr } = await space.run(["key", "new", "-o", file]);
    assertEquals(code, 0, stderr);
  }
  return space;
}

/** How many manifests a store holds. */
async function count(space: Workspace, store = "wagons.db"): Promise<number> {
  const { stdout, stderr } = await space.run(["manifests", "list", "--json", "--store", store]);
  assertEquals(stderr, "");
  return jsonLines(stdout).length;
}

Deno.test("with a key on both sides the session is sealed with no further flag", async () => {
  await using space = await keyed();
  await space.write("wagons.toml", `key_file = "wagons.key"\n`);
  const server = await space.serve(["--store", space.path("wagons.db")]);
  const event = await server.next("trust");
  const shown = await space.run(["key", "show", "wagons.key"]);
  assertEquals(event.key, shown.stdout.trim());
  const sent = await space.run(["send", "-", "--to", server.url], { stdin: TEXT });
  assertEquals(sent.code, 0, sent.stderr);
  await server.next("sealed");
  for (const args of [["--fast"], ["--slow", "0"], ["--interval", "10ms", "--count", "3"]]) {
    const { code, stderr } = await space.run(["client", server.url, ...args]);
    assertEquals(code, 0, stderr);
    await server.next("sealed");
  }
  const stopped = await space.run(["shutdown", server.url]);
  assertEquals(stopped.code, 0, stopped.stderr);
  assertEquals((await server.ended()).code, 0);
  assertEquals(await count(space), 1);
});

Deno.test("the key is also named by WAGONS_KEY_FILE, and a flag is nearer", async () => {
  await using space = await keyed();
  const server = await space.serve([], { env: { WAGONS_KEY_FILE: "wagons.key" } });
  const env = { WAGONS_KEY_FILE: "other.key" };
  const wrong = await space.run(["send", "-", "--to", server.url], { stdin: TEXT, env });
  assertEquals(wrong.code, 5);
  const right = await space.run(["send", "-", "--to", server.url, ...KEYED], { stdin: TEXT, env });
  assertEquals(right.code, 0, right.stderr);
  assertEquals((await server.stop()).code, 0);
});

/** What goes wrong between two sides: exit 5, and lines that say which side has to change what. */
const refusals: {
  name: string;
  serve: string[];
  client: string[];
  code: string;
  says: string[];
}[] = [
  {
    name: "another key",
    serve: KEYED,
    client: ["--key-file", "other.key"],
    code: "wrongKey",
    says: ["this server has another key", "wagons key show FILE", "copy the server's file"],
  },
  {
    name: "no key, where the server has one",
    serve: KEYED,
    client: [],
    code: "sealRequired",
    says: ["takes manifests in a sealed session only", "on this side, with --key-file"],
  },
  {
    name: "a plain request, where the server has a key",
    serve: KEYED,
    client: [...KEYED, "--plain"],
    code: "sealRequired",
    says: ["takes manifests in a sealed session only", "on this side, with --key-file"],
  },
  {
    name: "a key, where the server has none",
    serve: [],
    client: KEYED,
    code: "noKey",
    says: ["This server has no key", "Start the server with --key-file", "--plain"],
  },
];
for (const { name, serve, client, code, says } of refusals) {
  Deno.test(`${name}: exit 5, and a line that says which side has to change what`, async () => {
    await using space = await keyed();
    const server = await space.serve(serve);
    const sent = await space.run(["send", "-", "--to", server.url, ...client], { stdin: TEXT });
    assertEquals([sent.code, sent.stdout], [5, ""], sent.stderr);
    for (const part of says) assertStringIncludes(sent.stderr, part);
    assertEquals(sent.stderr.trim().split("\n").length, 2, sent.stderr);
    assertEquals((await server.next("refused")).code, code);
    const { code: ended, events } = await server.stop();
    assertEquals(ended, 0);
    assertEquals(events.filter(({ event }) => event === "manifest"), []);
    assertEquals(await count(space), 0);
  });
}

Deno.test("a shutdown needs the key where there is one, from this machine too", async () => {
  await using space = await keyed();
  const server = await space.serve(KEYED);
  for (const flags of [[], ["--key-file", "other.key"]]) {
    const refused = await space.run(["shutdown", server.url, ...flags]);
    assertEquals(refused.code, 5, refused.stderr);
  }
  const stopped = await space.run(["shutdown", server.url, ...KEYED]);
  assertEquals(stopped.code, 0, stopped.stderr);
  assertEquals((await server.ended()).code, 0);
});

Deno.test("a client with a wrong key does not try again and again", async () => {
  await using space = await keyed();
  const server = await space.serve(KEYED);
  const args = ["client", server.url, "--key-file", "other.key", "--interval", "10ms"];
  const { code, stderr } = await space.run(args);
  assertEquals(code, 5, stderr);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("a server without a key says whom it trusts", async () => {
  await using space = new Workspace();
  const child = space.spawn(["serve", "--port", "0", "--store", "a.db"]);
  await child.stdin.close();
  let said = "";
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  while (!said.includes("no others")) said += (await reader.read()).value ?? "";
  assertStringIncludes(said, "without a key: programs of this machine are trusted, and no others");
  await reader.cancel();
});

Deno.test("on the wire nothing is seen of a manifest when a key is set, and all of it when none is", async () => {
  await using space = await keyed();
  const source = "Узел Перово";
  for (const isSealed of [true, false]) {
    const flags = isSealed ? KEYED : [];
    const server = await space.serve([...flags, "--store", space.path(`${isSealed}.db`)]);
    await using proxy = new Proxy(parseEndpoint(server.url));
    const to = formatEndpoint(proxy.endpoint);
    const sent = await space.run(["send", "-", "--to", to, "--source", source, ...flags], {
      stdin: TEXT,
    });
    assertEquals(sent.code, 0, sent.stderr);
    const secrets = [...CITIES, source];
    assertEquals(holdsAny(proxy.heard, secrets), isSealed ? [] : secrets);
    assertEquals((await server.stop()).code, 0);
  }
});

/** Plays recorded frames to a server; gives the codes of its refusals, and asserts that it closes. */
async function play(url: string, bytes: Uint8Array): Promise<RefusalCode[]> {
  using client = await RawClient.connect(parseEndpoint(url));
  await client.write(bytes);
  await client.conn.closeWrite();
  const answers = await client.receiveToEnd();
  return answers.flatMap((answer) => answer.kind === "refusal" ? [answer.code] : []);
}

async function assertNothingStored(server: Server): Promise<void> {
  const { code, events } = await server.stop();
  assertEquals(code, 0);
  assertEquals(events.filter(({ event }) => event === "manifest"), []);
}

Deno.test("a recorded conversation stores nothing, played to the same server or a restarted one", async () => {
  await using space = await keyed();
  let server = await space.serve(KEYED);
  let frames: Uint8Array[];
  {
    await using proxy = new Proxy(parseEndpoint(server.url));
    const to = formatEndpoint(proxy.endpoint);
    const sent = await space.run(["send", "-", "--to", to, ...KEYED], { stdin: TEXT });
    assertEquals(sent.code, 0, sent.stderr);
    frames = proxy.sent[0]!;
  }
  await server.next("manifest");
  assertEquals(frames.length, 3, "a Hello, a proof, and a manifest");
  const [hello, proof, manifest] = frames as [Uint8Array, Uint8Array, Uint8Array];
  const plays: Record<string, Uint8Array[]> = {
    "all of it": frames,
    "without the proof": [hello, manifest],
    "without the Hello": [proof, manifest],
    "without the manifest": [hello, proof],
    "the manifest before the proof": [hello, manifest, proof],
    "the manifest alone": [manifest],
    "the manifest twice": [hello, manifest, manifest],
    "two Hellos": [hello, hello, proof, manifest],
  };
  const { wrongKey, brokenSeal } = RefusalCode;
  for (const isRestarted of [false, true]) {
    if (isRestarted) {
      await assertNothingStored(server);
      // An empty store: what was stored once is no duplicate there.
      server = await space.serve([...KEYED, "--store", space.path("empty.db")]);
    }
    for (const [what, played] of Object.entries(plays)) {
      const codes = await play(server.url, concat(...played));
      assertEquals(
        codes,
        [played[0] === hello && what !== "two Hellos" ? wrongKey : brokenSeal],
        what,
      );
    }
  }
  await assertNothingStored(server);
  assertEquals([await count(space), await count(space, "empty.db")], [1, 0]);
});

/** What somebody on the way does to the frames behind the Hello and the proof. */
const onTheWay: Record<string, { mangle: () => Mangle; stored: number[] }> = {
  nothing: { mangle: () => (frame) => [frame], stored: [1, 2, 3] },
  "leave one out": { mangle: () => (frame, i) => i === 3 ? [] : [frame], stored: [1] },
  "swap two": {
    mangle: () => {
      let held: Uint8Array;
      return (frame, i) => {
        if (i === 3) held = frame;
        return i === 3 ? [] : i === 4 ? [frame, held] : [frame];
      };
    },
    stored: [1],
  },
  "send one twice": { mangle: () => (frame, i) => i === 2 ? [frame, frame] : [frame], stored: [1] },
  "flip a bit": {
    mangle: () => (frame, i) => {
      if (i === 3) frame[frame.length - 20]! ^= 1;
      return [frame];
    },
    stored: [1],
  },
  "put in one of before": {
    mangle: () => {
      let first: Uint8Array;
      return (frame, i) => {
        if (i === 2) first = frame;
        return i === 3 ? [first] : [frame];
      };
    },
    stored: [1],
  },
  "change the version of the Hello": {
    mangle: () => (frame, i) => {
      // The version of the Hello: behind the header, the field's tag and length, and its own tag.
      if (i === 0) frame[5] = 3;
      return [frame];
    },
    stored: [],
  },
};
for (const [what, { mangle, stored }] of Object.entries(onTheWay)) {
  Deno.test(`somebody on the way can ${what}: ${stored.length} of 3 manifests are stored`, async () => {
    await using space = await keyed();
    const server = await space.serve(KEYED);
    await using proxy = new Proxy(parseEndpoint(server.url), mangle());
    const key = readKeyFile(space.path("wagons.key"));
    const messages: Message[] = [1, 2, 3].map((number) => sampleManifest(number));
    const talk = async () => {
      using connection = await WireConnection.open(proxy.endpoint, { key });
      for (const message of messages) await connection.send(message);
      for (const _ of messages) {
        const answer = await connection.receive();
        if (answer.kind === "refusal") throw new WagonsRefusal(answer.text);
      }
    };
    if (stored.length === 3) await talk();
    else await assertRejects(talk, Error);
    const { code, events } = await server.stop();
    assertEquals(code, 0);
    const ids = events.filter(({ event }) => event === "manifest").map(({ id }) => id);
    assertEquals(ids, stored.map(sampleId));
    assertEquals(events.some(({ event }) => event === "refused"), stored.length < 3);
  });
}

class WagonsRefusal extends Error {}

Deno.test("thousands of sessions, right and wrong, leave a server that serves", async () => {
  await using space = await keyed();
  const server = await space.serve(KEYED);
  const endpoint = parseEndpoint(server.url);
  const keys = ["wagons.key", "other.key"].map((file) => readKeyFile(space.path(file)));
  let [served, refused] = [0, 0];
  await Promise.all(Array.from({ length: 50 }, async (_, worker) => {
    for (let i = 0; i < 20; i++) {
      const isRight = worker > 0;
      try {
        using connection = await WireConnection.open(endpoint, { key: keys[isRight ? 0 : 1]! });
        const id = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
        await connection.request({ ...sampleManifest(1), id }, "receipt");
        served++;
      } catch (error) {
        if (isRight || !(error instanceof WagonsError)) throw error;
        refused++;
        if (refused === 3) break;
      }
    }
  }));
  assertEquals([served, refused], [980, 3]);
  assert((await server.stop()).code === 0);
  assertEquals(await count(space), 980);
});
