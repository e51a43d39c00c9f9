/**
 * The numbers of a server, as Prometheus reads them.
 *
 * @module
 */

import { type ProcessFigures, readProcessFigures } from "../process_figures.ts";
import type { StoreWrites } from "../store/store_writes.ts";
import { RefusalCode } from "../wire/messages.ts";
import { type Examined, readinessOf } from "./health.ts";
import { HTTP_STATUSES } from "./http_tally.ts";
import { type Labels, MetricsText, type Sample } from "./metrics_text.ts";
import type { CountedDialect, DialectTally, Tally } from "./tally.ts";

/** What the numbers are read from. A hub has it. */
export interface Measured extends Examined {
  /** Who the server is. */
  readonly identity: { readonly version: string };
  /** What was counted. */
  readonly tally: Tally;
  /** The room. */
  readonly room: { readonly size: number };
  /** Requests whose answer is still open. */
  readonly running: number;
}

/** The dialects whose peers send messages of proto/wagons.proto. */
const MESSAGE_DIALECTS: readonly CountedDialect[] = ["tcp", "tls"];
/** The dialects whose peers send tokens. */
const TOKEN_DIALECTS: readonly CountedDialect[] = ["dict", "http", "udp"];

/**
 * All numbers of a server, in Prometheus' text format; send it as `METRICS_CONTENT_TYPE`. Which
 * metrics and labels there are never changes while it runs, and nothing that a peer has chosen is
 * among them.
 */
export function renderMetrics(
  hub: Measured,
  figures: ProcessFigures = readProcessFigures(),
): string {
  const text = new MetricsText();
  writeProcess(text, figures);
  writeServer(text, hub);
  writePeers(text, hub.tally);
  writeRequests(text, hub.tally);
  writeHttp(text, hub.tally);
  writeRoom(text, hub);
  writeStore(text, hub.tally, hub.writes);
  return text.toString();
}

function writeProcess(text: MetricsText, figures: ProcessFigures): void {
  const { startedAtMs, residentBytes, cpuMs } = figures;
  text.gauge(
    "process_start_time_seconds",
    "When the process started, in seconds since the Unix epoch.",
    one(startedAtMs / 1000),
  );
  text.gauge("process_resident_memory_bytes", "Memory that the process holds.", one(residentBytes));
  text.counter(
    "process_cpu_seconds_total",
    "Time that processors have worked for the process.",
    one(cpuMs / 1000),
  );
}

function writeServer(text: MetricsText, hub: Measured): void {
  text.gauge("wagons_build_info", "The version that runs; the value is always 1.", [
    [{ version: hub.identity.version }, 1],
  ]);
  text.gauge(
    "wagons_ready",
    "1 when the server should be sent work: it is not stopping, and its last commit did not fail.",
    one(readinessOf(hub).isReady ? 1 : 0),
  );
  text.gauge("wagons_running_requests", "Requests whose answer is still open.", one(hub.running));
  text.counter(
    "wagons_faults_total",
    "What failed in the server; its log says what.",
    one(hub.tally.faults),
  );
}

function writePeers(text: MetricsText, tally: Tally): void {
  const each = (value: (dialect: DialectTally) => number): Sample[] =>
    tally.dialects.map(([dialect, numbers]) => [{ dialect }, value(numbers)]);
  text.gauge("wagons_open_connections", "Peers that are connected.", each(({ open }) => open));
  text.counter(
    "wagons_connections_total",
    "Peers that have come.",
    each(({ connections }) => connections),
  );
  text.counter(
    "wagons_proven_connections_total",
    "Peers that have proved that they have the server's key.",
    each(({ proven }) => proven),
  );
  text.counter(
    "wagons_turned_away_connections_total",
    "Connections that came to nothing before they were served.",
    each(({ turnedAway }) => turnedAway),
  );
  text.counter(
    "wagons_dropped_messages_total",
    "What has come and was dropped without an answer: junk, or too much at once.",
    each(({ dropped }) => dropped),
  );
  text.counter(
    "wagons_received_bytes_total",
    "Bytes that have come, without what TLS adds.",
    each(({ receivedBytes }) => receivedBytes),
  );
  text.counter(
    "wagons_sent_bytes_total",
    "Bytes that peers have taken, without what TLS adds.",
    each(({ sentBytes }) => sentBytes),
  );
}

function writeRequests(text: MetricsText, tally: Tally): void {
  const requests = tally.dialects.flatMap(([dialect, { messages, tokens }]) => [
    ...(MESSAGE_DIALECTS.includes(dialect) ? byLabel("kind", messages.byKind, { dialect }) : []),
    ...(TOKEN_DIALECTS.includes(dialect) ? byLabel("kind", tokens.byKind, { dialect }) : []),
  ]);
  text.counter(
    "wagons_requests_total",
    "Messages and tokens that have come, those that were refused too.",
    requests,
  );
  text.counter(
    "wagons_repeated_tokens_total",
    "Of these, tokens that had come before, and prove nothing.",
    tally.dialects.filter(([dialect]) => TOKEN_DIALECTS.includes(dialect))
      .map(([dialect, { tokens }]) => [{ dialect }, tokens.repeated]),
  );
  text.counter(
    "wagons_refusals_total",
    "Refusals that peers were told.",
    Object.entries(RefusalCode).map(([reason, code]) => [{ reason }, tally.refusals[code]!]),
  );
  text.counter(
    "wagons_junk_total",
    "What has come and did not open: bodies by HTTP, datagrams by UDP, frames of WebSockets.",
    byLabel("kind", tally.junk),
  );
}

function writeHttp(text: MetricsText, { http }: Tally): void {
  text.counter(
    "wagons_http_responses_total",
    "Answers by HTTP.",
    http.statuses.map((count, index) => [
      { status: HTTP_STATUSES[index]?.toString() ?? "other" },
      count,
    ]),
  );
  text.durations(
    "wagons_http_request_duration_seconds",
    "Time from a request's header until its answer is begun.",
    byLabel("route", http.durations),
  );
  text.gauge("wagons_open_websockets", "WebSockets that are connected.", one(http.openWebSockets));
  text.counter(
    "wagons_websockets_total",
    "Connections that have become WebSockets.",
    one(http.webSockets),
  );
}

function writeRoom(text: MetricsText, { room, tally }: Measured): void {
  text.gauge("wagons_room_members", "Members of the room.", one(room.size));
  text.counter(
    "wagons_room_dropped_total",
    "Who was put out of the room for taking too little: members, and those who only listen.",
    byLabel("role", tally.dropped),
  );
  text.counter(
    "wagons_room_messages_total",
    "What was said in the room, and files offered there.",
    [
      ...byLabel("result", tally.texts, { type: "text" }),
      ...byLabel("result", tally.offers, { type: "file" }),
    ],
  );
  text.durations(
    "wagons_room_message_duration_seconds",
    "Time until what is said is on the disk and with all who hear it.",
    one(tally.saying),
  );
}

function writeStore(text: MetricsText, tally: Tally, writes: StoreWrites): void {
  text.counter(
    "wagons_manifests_total",
    "Manifests that are on the disk, or were there before.",
    byLabel("result", tally.manifests),
  );
  text.counter(
    "wagons_documents_total",
    "Documents that are on the disk, or were there before.",
    byLabel("result", tally.documents),
  );
  text.counter(
    "wagons_files_total",
    "Files that are on the disk, or were there before.",
    byLabel("result", tally.files),
  );
  text.counter(
    "wagons_store_commits_total",
    "Commits to the store; several writes may share one.",
    [
      [{ result: "done" }, writes.commits],
      [{ result: "failed" }, writes.failedCommits],
    ],
  );
  text.durations(
    "wagons_store_write_duration_seconds",
    "Time from when the store is given something until it is durable.",
    byLabel("kind", writes.durations),
  );
}

function one<Value>(value: Value): Sample<Value>[] {
  return [[{}, value]];
}

/** A sample for each of the values that a label has, beside others that are the same for all. */
function byLabel<Value>(
  label: string,
  values: Readonly<Record<string, Value>>,
  others: Labels = {},
): Sample<Value>[] {
  return Object.entries(values).map(([name, value]) => [{ ...others, [label]: name }, value]);
}
