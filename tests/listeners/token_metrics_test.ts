/** What a server counts of HTTP, WebSockets and UDP, and whether it takes itself for ready. */

import { assert, assertEquals } from "@std/assert";
import { METRICS_CONTENT_TYPE } from "../../lib/hub/metrics_text.ts";
import { DECODE_ERROR } from "../../lib/wire/token_message.ts";
import { HttpClient, requestOf } from "../helpers/http_client.ts";
import { measure, metricsOf, named, ofKinds } from "../helpers/measured.ts";
import { readMetrics } from "../helpers/metrics_reader.ts";
import { alter } from "../helpers/store_files.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { opened, token } from "../helpers/tokens.ts";
import { UdpClient } from "../helpers/udp_client.ts";

test("metrics by http: after known traffic each number is the right one", async () => {
  const said = token({ cmd: "say", text: "hello" });
  let [sentBytes, receivedBytes] = [0, 0];
  const { during, after } = await measure({ scheme: "http" }, async (server) => {
    using client = await HttpClient.connect(server.endpoint);
    const read = client.conn.read.bind(client.conn);
    client.conn.read = async (buffer) => {
      const count = await read(buffer);
      receivedBytes += count ?? 0;
      return count;
    };
    const ask = async (method: string, path: string, body?: string) => {
      sentBytes += requestOf(method, path, body).length;
      return (await client.ask(method, path, body))!;
    };
    assertEquals((await ask("GET", "/metrics")).status, 200);
    for (const cmd of ["handshake", "ping", "ping", "dance"]) {
      assertEquals((await ask("POST", "/message", token({ cmd }))).status, 200);
    }
    await ask("POST", "/message", token({ cmd: "manifest", args: '{"Köln": 7}' }));
    await ask("POST", "/message", said);
    await ask("POST", "/message", said);
    assertEquals((await ask("POST", "/message", "no token")).status, 400);
    assertEquals((await ask("GET", "/nothing")).status, 404);
    assertEquals((await ask("DELETE", "/healthz")).status, 405);
    assertEquals((await ask("GET", "/healthz")).status, 200);
    assertEquals((await ask("GET", "/readyz")).status, 200);
    const { body, headers } = await ask("GET", "/metrics");
    assertEquals(headers.get("content-type"), METRICS_CONTENT_TYPE);
    return readMetrics(body);
  });
  const durations = "wagons_http_request_duration_seconds_count";
  assertEquals(named(during, /^wagons_(?!sent|received)/), {
    'wagons_open_connections{dialect="http"}': 1,
    'wagons_connections_total{dialect="http"}': 1,
    'wagons_proven_connections_total{dialect="http"}': 1,
    wagons_ready: 1,
    ...ofKinds("http", { handshake: 1, ping: 2, manifest: 1, say: 2, other: 1 }),
    'wagons_repeated_tokens_total{dialect="http"}': 1,
    'wagons_refusals_total{reason="unsupported"}': 1,
    'wagons_refusals_total{reason="brokenSeal"}': 1,
    'wagons_junk_total{kind="body"}': 1,
    'wagons_http_responses_total{status="200"}': 10,
    'wagons_http_responses_total{status="400"}': 1,
    'wagons_http_responses_total{status="404"}': 1,
    'wagons_http_responses_total{status="405"}': 1,
    [`${durations}{route="message"}`]: 8,
    // This one is not answered yet.
    [`${durations}{route="metrics"}`]: 1,
    [`${durations}{route="healthz"}`]: 2,
    [`${durations}{route="readyz"}`]: 1,
    [`${durations}{route="other"}`]: 1,
    'wagons_manifests_total{result="new"}': 1,
    'wagons_room_messages_total{result="new",type="text"}': 1,
    'wagons_room_messages_total{result="duplicate",type="text"}': 1,
    wagons_room_message_duration_seconds_count: 2,
    'wagons_store_write_duration_seconds_count{kind="manifest"}': 1,
    'wagons_store_write_duration_seconds_count{kind="message"}': 2,
    'wagons_store_commits_total{result="done"}': 3,
  });
  assertEquals(after.value("wagons_received_bytes_total", { dialect: "http" }), sentBytes);
  assertEquals(after.value("wagons_sent_bytes_total", { dialect: "http" }), receivedBytes);
});

test("metrics by http: WebSockets are counted, what they say, and their junk", async () => {
  await using server = await TestServer.start({ scheme: "http" });
  const { host, port } = server.endpoint;
  const socket = new WebSocket(`ws://${host}:${port}/ws`);
  const next = () =>
    new Promise<unknown>((resolve) =>
      socket.addEventListener("message", ({ data }) => resolve(data), { once: true })
    );
  assertEquals(opened(await next() as string).text, "welcome");
  socket.send("no token");
  for (const sent of [token({ text: "hello" }), token({ cmd: "ping" })]) {
    const heard = next();
    socket.send(sent);
    assertEquals(opened(await heard as string), opened(sent));
  }
  const during = metricsOf(server);
  assertEquals(named(during, /websockets|members|junk|requests_total|messages|refusals|dropped/), {
    ...ofKinds("http", { none: 1, ping: 1 }),
    'wagons_dropped_messages_total{dialect="http"}': 1,
    'wagons_junk_total{kind="frame"}': 1,
    wagons_open_websockets: 1,
    wagons_websockets_total: 1,
    wagons_room_members: 1,
    'wagons_room_messages_total{result="new",type="text"}': 1,
  });
  socket.close();
  await server.events.wait("disconnected");
  const after = metricsOf(server);
  assertEquals(after.value("wagons_open_websockets"), 0);
  assertEquals(after.value("wagons_websockets_total"), 1);
});

test("metrics by udp: after known traffic each number is the right one", async () => {
  let [sentBytes, receivedBytes] = [0, 0];
  const { during, after } = await measure(
    { scheme: "udp", hub: { key: KEY } },
    async (server) => {
      await using client = await UdpClient.open(server.endpoint);
      const said = client.seal.seal({ userID: "ann", text: "hello" });
      const commands = ["handshake", "ping", "dance"].map((cmd) => client.seal.seal({ cmd }));
      await client.send("no token");
      sentBytes += "no token".length;
      for (const sent of [...commands, said, said]) {
        await client.send(sent);
        sentBytes += sent.length;
        receivedBytes += (await client.next()).length;
      }
      return metricsOf(server);
    },
  );
  assertEquals(named(during, /connections|requests_total|refusals|junk|dropped|messages/), {
    'wagons_open_connections{dialect="udp"}': 1,
    'wagons_connections_total{dialect="udp"}': 1,
    'wagons_proven_connections_total{dialect="udp"}': 1,
    ...ofKinds("udp", { handshake: 1, ping: 1, none: 2, other: 1 }),
    'wagons_refusals_total{reason="unsupported"}': 1,
    'wagons_junk_total{kind="datagram"}': 1,
    'wagons_dropped_messages_total{dialect="udp"}': 1,
    'wagons_room_messages_total{result="new",type="text"}': 1,
    'wagons_room_messages_total{result="duplicate",type="text"}': 1,
  });
  assertEquals(after.value("wagons_received_bytes_total", { dialect: "udp" }), sentBytes);
  assertEquals(after.value("wagons_sent_bytes_total", { dialect: "udp" }), receivedBytes);
  assertEquals(after.value("wagons_open_connections", { dialect: "udp" }), 0);
});

test("metrics by udp: junk that is answered is not dropped, and its bytes are counted", async () => {
  await using server = await TestServer.start({ scheme: "udp", listener: { answersJunk: true } });
  await using client = await UdpClient.open(server.endpoint);
  const junk = "x".repeat(200);
  await client.send(junk);
  const answer = await client.next();
  assertEquals(new TextDecoder().decode(answer), DECODE_ERROR);
  // One after the other: what the first one has sent is counted when this one is answered.
  const ping = token({ cmd: "ping" });
  await client.send(ping);
  await client.next();
  const metrics = metricsOf(server);
  assertEquals(metrics.value("wagons_junk_total", { kind: "datagram" }), 1);
  assertEquals(metrics.value("wagons_dropped_messages_total", { dialect: "udp" }), 0);
  const received = metrics.value("wagons_received_bytes_total", { dialect: "udp" });
  assertEquals(received, junk.length + ping.length);
  assert(metrics.value("wagons_sent_bytes_total", { dialect: "udp" }) >= answer.length);
});

test("readyz: a server whose store takes nothing says so, and takes it back", async () => {
  await measure({ scheme: "http" }, async (server, path) => {
    using client = await HttpClient.connect(server.endpoint);
    const ready = async () => {
      const answer = await client.ask("GET", "/readyz");
      return [answer?.status, answer?.body];
    };
    const keep = async () => {
      const manifest = token({ cmd: "manifest", args: '{"Köln": 7}' });
      return opened((await client.ask("POST", "/message", manifest))!.body).cmd;
    };
    assertEquals(await ready(), [200, "ready\n"]);
    alter(path, "UPDATE seal SET is_rekeying = 1");
    assertEquals(await keep(), "error");
    assertEquals(await ready(), [503, "not ready: the last write to the store failed\n"]);
    assertEquals((await client.ask("GET", "/healthz"))?.status, 200);
    alter(path, "UPDATE seal SET is_rekeying = 0");
    // To be asked changes nothing: only what is written does.
    assertEquals((await ready())[0], 503);
    assertEquals(await keep(), "manifest");
    assertEquals(await ready(), [200, "ready\n"]);
    return metricsOf(server);
  });
});
