/** What a server counts when real peers talk to it, by each of its dialects. */

import { assert, assertEquals } from "@std/assert";
import { renderMetrics } from "../../lib/hub/metrics.ts";
import type { Message, Received } from "../../lib/wire/messages.ts";
import { ChatClient } from "../helpers/chat_client.ts";
import { DIALECT_CLIENTS } from "../helpers/dialects.ts";
import { measure, metricsOf, named, ofKinds } from "../helpers/measured.ts";
import { checkMetrics, HAS_PROMTOOL, withPromtool } from "../helpers/promtool.ts";
import { frames, RawClient } from "../helpers/raw_client.ts";
import { chunk, sampleBytes, samplePut } from "../helpers/sample_files.ts";
import { FAST, sampleId, sampleManifest, slow } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";
import { part } from "../wire/chat_arbitraries.ts";

for (const [scheme, connect] of DIALECT_CLIENTS) {
  test(`metrics by ${scheme}: connections are counted, and bytes in both directions`, async () => {
    const { after } = await measure({ scheme }, async (server) => {
      using one = await connect(server.endpoint);
      using two = await connect(server.endpoint);
      await one.served(server.events);
      await two.served(server.events);
      const metrics = metricsOf(server);
      assertEquals(metrics.value("wagons_open_connections", { dialect: scheme }), 2);
      assertEquals(metrics.value("wagons_connections_total", { dialect: scheme }), 2);
      two[Symbol.dispose]();
      await server.events.wait("disconnected");
      const left = metricsOf(server);
      assertEquals(left.value("wagons_open_connections", { dialect: scheme }), 1);
      return metrics;
    });
    assertEquals(after.value("wagons_open_connections", { dialect: scheme }), 0);
    assertEquals(after.value("wagons_connections_total", { dialect: scheme }), 2);
    for (const direction of ["received", "sent"]) {
      assert(after.value(`wagons_${direction}_bytes_total`, { dialect: scheme }) > 0, direction);
    }
    for (const { name, labels, value } of after.samples) {
      const { dialect = scheme } = labels;
      assert(dialect === scheme || value === 0, `${name} of ${dialect} is ${value}`);
    }
  });
}

for (const scheme of ["tcp", "tls"]) {
  test(`metrics by ${scheme}: after known traffic each number is the right one`, async () => {
    const bytes = sampleBytes(1000);
    const [sent, received]: [Message[], Received[]] = [[], []];
    const { during, after } = await measure({ scheme }, async (server) => {
      using ann = await RawClient.connect(server.endpoint);
      using bob = await RawClient.connect(server.endpoint);
      const ask = async (client: RawClient, ...messages: Message[]) => {
        sent.push(...messages);
        await client.send(...messages);
        received.push(...await client.receiveMany(messages.length));
      };
      await ask(ann, { kind: "join", name: "Ann" });
      await ask(ann, FAST, FAST, FAST, slow(0), { kind: "who" });
      await ask(ann, sampleManifest(1), sampleManifest(1), sampleManifest(2));
      await ask(ann, { ...sampleManifest(1), source: "another yard" });
      await ask(bob, { kind: "say", id: sampleId(1), text: "too soon" });
      await ask(bob, { kind: "historyRequest", limit: 0 }, { kind: "fastResponse", ...NO_TIME });
      const say = { kind: "say", id: sampleId(1), text: "hello" } as const;
      await ask(ann, say, say);
      await ask(ann, samplePut(bytes, { id: sampleId(2), toRoom: true }));
      await ask(ann, chunk(bytes, 0, bytes.length, sampleId(2)));
      return metricsOf(server);
    });
    assertEquals(received.map(({ kind }) => kind).filter((kind) => kind === "refusal").length, 3);
    const durations = "wagons_store_write_duration_seconds_count";
    const content = during.value(durations, { kind: "content" });
    assert(content > 0);
    assertEquals(named(during, /^wagons_(?!sent|received)/), {
      [`wagons_open_connections{dialect="${scheme}"}`]: 2,
      [`wagons_connections_total{dialect="${scheme}"}`]: 2,
      wagons_room_members: 1,
      wagons_ready: 1,
      ...ofKinds(scheme, {
        fastRequest: 3,
        slowRequest: 1,
        manifest: 4,
        join: 1,
        say: 3,
        who: 1,
        historyRequest: 1,
        putFile: 1,
        fileChunk: 1,
        other: 1,
      }),
      'wagons_refusals_total{reason="unsupported"}': 1,
      'wagons_refusals_total{reason="invalid"}': 1,
      'wagons_refusals_total{reason="notInRoom"}': 1,
      'wagons_manifests_total{result="new"}': 2,
      'wagons_manifests_total{result="duplicate"}': 1,
      'wagons_files_total{result="new"}': 1,
      'wagons_room_messages_total{result="new",type="text"}': 1,
      'wagons_room_messages_total{result="duplicate",type="text"}': 1,
      'wagons_room_messages_total{result="new",type="file"}': 1,
      wagons_room_message_duration_seconds_count: 3,
      [`${durations}{kind="manifest"}`]: 3,
      [`${durations}{kind="message"}`]: 3,
      [`${durations}{kind="file"}`]: 1,
      [`${durations}{kind="content"}`]: content,
      'wagons_store_commits_total{result="done"}': during.value("wagons_store_commits_total", {
        result: "done",
      }),
    });
    // Only now: the last write may be counted a little after it was read.
    assertEquals(named(after, /_bytes_total/), {
      [`wagons_received_bytes_total{dialect="${scheme}"}`]: frames(...sent).length,
      [`wagons_sent_bytes_total{dialect="${scheme}"}`]: frames(...received as Message[]).length,
    });
    assertEquals(after.value("wagons_open_connections", { dialect: scheme }), 0);
    assertEquals(after.value("wagons_room_members"), 0);
  });
}

test("metrics by chat: after known traffic each number is the right one", async () => {
  let bytesForBob = 0;
  const said = ["Ann", "hello", "a", "Bob"];
  const { during, after } = await measure({ scheme: "chat" }, async (server) => {
    const { host: hostname, port } = server.endpoint;
    const bob = await Deno.connect({ hostname, port });
    await bob.write(chatPart("Bob"));
    await server.events.wait("came");
    using ann = await ChatClient.connect(server.endpoint);
    await ann.say("Ann", "hello");
    await server.events.wait("message");
    await ann.say("a");
    await server.events.wait("message", 2);
    const metrics = metricsOf(server);
    await bob.closeWrite();
    for await (const bytes of bob.readable) bytesForBob += bytes.length;
    return metrics;
  });
  assertEquals(named(during, /connections|members|messages|refusals|requests_total|faults/), {
    'wagons_open_connections{dialect="chat"}': 2,
    'wagons_connections_total{dialect="chat"}': 2,
    wagons_room_members: 2,
    'wagons_room_messages_total{result="new",type="text"}': 2,
  });
  assertEquals(after.value("wagons_room_message_duration_seconds_count"), 2);
  assert(bytesForBob > 0);
  assertEquals(named(after, /_bytes_total/), {
    'wagons_received_bytes_total{dialect="chat"}': said.reduce(
      (sum, text) => sum + chatPart(text).length,
      0,
    ),
    'wagons_sent_bytes_total{dialect="chat"}': bytesForBob,
  });
});

test("metrics: a member that takes nothing is put out, and counted", async () => {
  await using server = await TestServer.start();
  const slow = await RawClient.connect(server.endpoint);
  await slow.send({ kind: "join", name: "Slow" });
  await server.events.wait("came");
  const [member] = server.hub.room.who().members;
  assertEquals(member?.name, "Slow");
  using ann = await RawClient.connect(server.endpoint);
  await ann.send({ kind: "join", name: "Ann" });
  await ann.receive();
  const text = "x".repeat(60_000);
  for (let i = 1; server.events.of("memberDropped").length === 0; i++) {
    await ann.send({ kind: "say", id: sampleId(i), text });
    await ann.receive();
  }
  assertEquals(metricsOf(server).value("wagons_room_dropped_total", { role: "member" }), 1);
  slow.close();
});

test(
  withPromtool("metrics: promtool takes those of a server that has been used"),
  async () => {
    await using server = await TestServer.start();
    using client = await RawClient.connect(server.endpoint);
    await client.kindsOfAnswers(FAST, { kind: "join", name: 'Ann "\\' }, sampleManifest(1));
    assertEquals(await checkMetrics(renderMetrics(server.hub)), "");
  },
  { ignore: !HAS_PROMTOOL },
);

const NO_TIME = { currentDateTime: "20270115T080000.123" };

function chatPart(text: string): Uint8Array {
  return part(new TextEncoder().encode(text), 10);
}
