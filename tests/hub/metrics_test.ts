import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { readinessOf } from "../../lib/hub/health.ts";
import { HTTP_STATUSES, type HttpRoute } from "../../lib/hub/http_tally.ts";
import { renderMetrics } from "../../lib/hub/metrics.ts";
import { Peer, type PeerInfo } from "../../lib/hub/peer.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import { VERSION } from "../../lib/version.ts";
import { type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { EventLog } from "../helpers/events.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { type ReadMetrics, readMetrics } from "../helpers/metrics_reader.ts";
import { checkMetrics, HAS_PROMTOOL, withPromtool } from "../helpers/promtool.ts";
import { FAST, LOCAL, REMOTE, sampleId, sampleManifest, slow } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";

const FIGURES = { startedAtMs: 1_800_000_000_500, residentBytes: 50_000_000, cpuMs: 1500 };
const TCP: PeerInfo = { ...LOCAL, dialect: "tcp" };

test("metrics: a new server has all of them, at 0", () => {
  const { read } = makeHub();
  const metrics = read();
  assertEquals(metrics.counted, {
    process_start_time_seconds: 1_800_000_000.5,
    process_resident_memory_bytes: 50_000_000,
    process_cpu_seconds_total: 1.5,
    [`wagons_build_info{version="${VERSION}"}`]: 1,
    wagons_ready: 1,
  });
  for (const { name, type } of metrics.families.values()) {
    assertEquals(name.endsWith("_total"), type === "counter", name);
    assertEquals(name.endsWith("_seconds"), type === "histogram" || /time_seconds$/.test(name));
  }
});

test("metrics: those of the process are of this process", () => {
  const { hub } = makeHub();
  const metrics = readMetrics(renderMetrics(hub));
  const startedAtMs = metrics.value("process_start_time_seconds") * 1000;
  assert(startedAtMs < Date.now());
  assert(startedAtMs > Date.now() - 24 * 3_600_000);
  assert(metrics.value("process_resident_memory_bytes") > 10_000_000);
  assert(metrics.value("process_cpu_seconds_total") > 0);
});

test("metrics: each listener's dialect is counted by itself", () => {
  const { hub } = makeHub();
  const other = hub.tally.of("no dialect");
  for (const scheme of LISTENERS.keys()) assert(hub.tally.of(scheme) !== other, scheme);
  assert(hub.tally.of("constructor") === other);
});

test("metrics: connections are counted from when they come until they leave", () => {
  const { hub, read } = makeHub({ maxConnections: 2 });
  const ann = join(hub, TCP);
  const bob = join(hub, { ...LOCAL, dialect: "chat" });
  assert(!(hub.connect(TCP) instanceof Peer));
  hub.turnedAway("tls", "192.0.2.1:5", "showed nothing");
  hub.leave(bob, "tested");
  hub.leave(bob, "tested twice");
  hub.prove(ann);
  assertEquals(counted(read(), "connections"), {
    'wagons_open_connections{dialect="tcp"}': 1,
    'wagons_connections_total{dialect="chat"}': 1,
    'wagons_connections_total{dialect="tcp"}': 1,
    'wagons_proven_connections_total{dialect="tcp"}': 1,
    'wagons_turned_away_connections_total{dialect="tcp"}': 1,
    'wagons_turned_away_connections_total{dialect="tls"}': 1,
  });
});

test("metrics: more that are turned away, or refused, than are told are all counted", () => {
  const { hub, read, events } = makeHub();
  for (let i = 0; i < 500; i++) {
    hub.turnedAway("tls", "192.0.2.1:5", "showed nothing");
    hub.dropped("udp", "192.0.2.1:5", "it is no token");
  }
  const peer = join(hub, TCP);
  for (let i = 0; i < 500; i++) hub.refuse(peer, RefusalCode.invalid, "no");
  assert(events.of("turnedAway").length < 500);
  assert(events.of("dropped").length < 500);
  assert(events.of("refused").length < 500);
  assertEquals(read().value("wagons_turned_away_connections_total", { dialect: "tls" }), 500);
  assertEquals(read().value("wagons_dropped_messages_total", { dialect: "udp" }), 500);
  assertEquals(read().value("wagons_refusals_total", { reason: "invalid" }), 500);
});

test("metrics: requests are counted by kind, those that are refused too", async () => {
  const { hub, read } = makeHub();
  const peer = join(hub, TCP);
  hub.handle(peer, FAST, 0);
  hub.handle(peer, FAST, 0);
  hub.handle(peer, slow(0), 0);
  hub.handle(peer, { kind: "say", id: sampleManifest(1).id, text: "hello" }, 0);
  hub.handle(peer, { kind: "unknown" }, 0);
  hub.handle(peer, { kind: "refusal", code: RefusalCode.invalid, text: "" }, 0);
  await hub.handle(peer, sampleManifest(1), 0);
  await hub.handle(peer, sampleManifest(1), 0);
  const document = { kind: "document", id: sampleId(2), source: "", madeAtMs: 0 } as const;
  const json = (text: string) => new TextEncoder().encode(text);
  for (const text of ['{"a": []}', '{"a": []}', '{"a": {}}', "{"]) {
    await hub.handle(peer, { ...document, json: json(text) }, 0);
  }
  await hub.handle(peer, { ...document, id: sampleId(3), json: json('{"a": 1}') }, 0);
  assertEquals(counted(read(), "requests|refusals|manifests|documents"), {
    'wagons_requests_total{dialect="tcp",kind="fastRequest"}': 2,
    'wagons_requests_total{dialect="tcp",kind="slowRequest"}': 1,
    'wagons_requests_total{dialect="tcp",kind="manifest"}': 2,
    'wagons_requests_total{dialect="tcp",kind="document"}': 5,
    'wagons_requests_total{dialect="tcp",kind="say"}': 1,
    'wagons_requests_total{dialect="tcp",kind="other"}': 2,
    'wagons_refusals_total{reason="notInRoom"}': 1,
    'wagons_refusals_total{reason="unsupported"}': 1,
    'wagons_refusals_total{reason="invalid"}': 2,
    'wagons_manifests_total{result="new"}': 2,
    'wagons_manifests_total{result="duplicate"}': 1,
    'wagons_documents_total{result="new"}': 1,
    'wagons_documents_total{result="duplicate"}': 1,
  });
});

test("metrics: requests that run are a number that falls again", async () => {
  const { hub, read, store } = makeHub();
  const peer = join(hub, TCP);
  store.isHolding = true;
  const answers = [1, 2].map((number) => hub.handle(peer, sampleManifest(number), 0));
  assertEquals(read().value("wagons_running_requests"), 2);
  for (const { resolve } of store.held) resolve({ storedAtMs: 1, duplicate: false });
  await Promise.all(answers);
  assertEquals(read().value("wagons_running_requests"), 0);
});

test("metrics: what listeners of HTTP and UDP add is there", () => {
  const { hub, read } = makeHub();
  const { http, junk } = hub.tally;
  const routes = Object.keys(http.durations) as HttpRoute[];
  for (const route of routes) http.answered(route, 200, 3);
  http.answered("message", 400, 20_000);
  http.refused(408);
  http.refused(299);
  http.webSocketOpened();
  http.webSocketOpened();
  http.webSocketClosed();
  junk.body += 1;
  junk.datagram += 2;
  junk.frame += 3;
  const udp = hub.tally.of("udp");
  for (const command of ["ping", "", "constructor", "other", "none"]) udp.tokens.count(command);
  udp.tokens.repeated = 3;
  udp.receivedBytes += 10;
  udp.sentBytes += 20;
  assertEquals(counted(read(), "http_req|http_resp|junk|websockets|udp"), {
    'wagons_http_responses_total{status="200"}': routes.length,
    'wagons_http_responses_total{status="400"}': 1,
    'wagons_http_responses_total{status="408"}': 1,
    'wagons_http_responses_total{status="other"}': 1,
    ...Object.fromEntries(routes.map((route) => [
      `wagons_http_request_duration_seconds_count{route="${route}"}`,
      route === "message" ? 2 : 1,
    ])),
    wagons_open_websockets: 1,
    wagons_websockets_total: 2,
    'wagons_junk_total{kind="body"}': 1,
    'wagons_junk_total{kind="datagram"}': 2,
    'wagons_junk_total{kind="frame"}': 3,
    'wagons_requests_total{dialect="udp",kind="ping"}': 1,
    'wagons_requests_total{dialect="udp",kind="none"}': 1,
    'wagons_repeated_tokens_total{dialect="udp"}': 3,
    'wagons_requests_total{dialect="udp",kind="other"}': 3,
    'wagons_received_bytes_total{dialect="udp"}': 10,
    'wagons_sent_bytes_total{dialect="udp"}': 20,
  });
  assertEquals(new Set(HTTP_STATUSES).size, HTTP_STATUSES.length);
});

test("metrics: whatever peers do, the same metrics and labels are there", () => {
  const { hub, read } = makeHub({ isOpen: true });
  const shape = read().shape;
  const text = fc.string({ unit: "binary" });
  const kind = fc.constantFrom<Received>(
    ...[FAST, slow(0), { kind: "who" }, { kind: "empty" }, { kind: "unknown" }] as const,
  );
  const act = fc.record({ dialect: text, name: text, command: text, why: text, kind });
  fc.assert(
    fc.property(act, ({ dialect, name, command, why, kind }) => {
      const peer = join(hub, { ...REMOTE, dialect, identity: name });
      hub.handle(peer, kind, 0);
      peer.tally.tokens.count(command);
      hub.room.enter(peer, name, { offer: () => true, expel: () => {} });
      hub.refuse(peer, RefusalCode.invalid, why);
      hub.turnedAway(dialect, name, why);
      hub.fault(why, new Error(why));
      hub.leave(peer, why);
    }),
    { numRuns: 1000 },
  );
  const after = read();
  assertEquals(after.shape, shape);
  assertEquals(after.value("wagons_connections_total", { dialect: "other" }), 1000);
  assertEquals(after.value("wagons_faults_total"), 1000);
});

test(
  withPromtool("metrics: promtool takes them"),
  async () => {
    const { hub } = makeHub();
    hub.handle(join(hub, TCP), FAST, 0);
    hub.tally.http.answered("message", 200, 0.3);
    assertEquals(await checkMetrics(renderMetrics(hub)), "");
  },
  { ignore: !HAS_PROMTOOL },
);

test("health: a server is ready until its last write failed, and again after the next", () => {
  const { hub, store, read } = makeHub();
  const ready = () => {
    const { isReady, text } = readinessOf(hub);
    assertEquals(read().value("wagons_ready"), isReady ? 1 : 0);
    return text;
  };
  assertEquals(ready(), "ready");
  store.writes.failed();
  assertEquals(ready(), "not ready: the last write to the store failed");
  store.writes.failed();
  store.writes.committed();
  assertEquals(ready(), "ready");
});

test("health: a server that stops is not ready", async () => {
  const { hub, read } = makeHub();
  await stop(hub);
  assertEquals(readinessOf(hub), { isReady: false, text: "not ready: the server is stopping" });
  assertEquals(read().value("wagons_ready"), 0);
});

function makeHub(options: Partial<HubOptions> = {}) {
  const [store, events] = [new FakeStore(), new EventLog()];
  const hub = new Hub({ store, onEvent: events.take, ...options });
  return { hub, store, events, read: () => readMetrics(renderMetrics(hub, FIGURES)) };
}

function join(hub: Hub, info: PeerInfo): Peer {
  const peer = hub.connect(info);
  assert(peer instanceof Peer);
  return peer;
}

/** What is not 0 among the metrics that a pattern is about. */
function counted(metrics: ReadMetrics, pattern: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics.counted).filter(([name]) => new RegExp(pattern).test(name)),
  );
}
