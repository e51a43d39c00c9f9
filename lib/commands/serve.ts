/**
 * `wagons serve`: runs a server.
 *
 * @module
 */

import type { Command } from "commander";
import { CHAT_PORT, chatEndpointFromEnvironment } from "../chat_endpoint.ts";
import { type Resolved, resolveSettings } from "../config/resolve.ts";
import {
  DEFAULT_PORT,
  DICT_PORT,
  type Endpoint,
  formatEndpoint,
  HTTP_PORT,
  isLoopback,
  UDP_PORT,
} from "../endpoint.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { Hub } from "../hub/hub.ts";
import { forgetOldEvents, removeLeftovers } from "../hub/retention.ts";
import { defaultServerName } from "../hub/server_name.ts";
import { MAX_CHAT_FILE_BYTES } from "../limits/chat.ts";
import {
  DRAIN_TIMEOUT_MS,
  FRAME_TIMEOUT_MS,
  HANDSHAKE_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_PER_ADDRESS,
  MAX_FRAME_BYTES,
  MAX_SLEEPING,
  STALL_TIMEOUT_MS,
} from "../limits/connections.ts";
import { CHUNK_OVERHEAD_BYTES, MAX_CHUNK_BYTES, MAX_FILE_BYTES } from "../limits/files.ts";
import { MAX_PRINT_QUEUE_BYTES, PRINT_FLUSH_TIMEOUT_MS } from "../limits/output.ts";
import { HISTORY_AGE_MS, HISTORY_COUNT } from "../limits/room.ts";
import { TOKEN_LIFE_MS } from "../limits/tokens.ts";
import { LISTENERS } from "../listeners/mod.ts";
import { type Bound, type Listener, neededKey } from "../listeners/listener.ts";
import { readKeyFile } from "../key_file.ts";
import { QueuedStream } from "../queued_stream.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { formatBytes, formatDuration } from "../units.ts";
import type { ShutdownReport } from "../wire/messages.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { addLogOptions, openSetLog } from "./log_options.ts";
import { readServerTls } from "./security_options.ts";
import { ServeOutput } from "./serve_output.ts";
import { addPrintOptions, preparePrint, readPrintSetup, ServePrint } from "./serve_print.ts";
import { addStoreKeyOption, checkKeysDiffer, readStoreKey } from "./store_key.ts";
import { storePath } from "./store_path.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  const size = (bytes: number) => `(default: ${formatBytes(bytes)})`;
  const time = (durationMs: number) => `(default: ${formatDuration(durationMs)})`;
  add(addJsonOption(command), serve)
    .option("--listen <url...>", `where to listen (default: tcp://127.0.0.1:${DEFAULT_PORT})`)
    .option(
      "--from-env",
      `listen by chat too, where HEADER, IP, PORT and ENCODING say (10, 127.0.0.1, ${CHAT_PORT}, utf-8)`,
    )
    .option("--name <name>", "what people call this server (default: the name of the machine)")
    .option("--host <host>", "listen by tcp on this address")
    .option("--port <port>", "listen by tcp on this port; 0 takes any free one")
    .option("--store <file>", "where all is kept (default: the user's data directory)")
    .option("--key-file <file>", "the key that peers have to prove they have (WAGONS_KEY_FILE)")
    .option("--tls-cert <file>", "the certificate for listening by tls://")
    .option("--tls-key <file>", "its private key")
    .option(
      "--client-ca <file>",
      "by tls://, serve only clients with a certificate issued by these",
    )
    .option("--public-metrics", "by http, give /metrics to other machines too")
    .option("--announce", "let it be found by mDNS, on addresses that other machines can reach")
    .option(
      "--insecure",
      "serve whoever can reach it, without any proof: manifests, documents, room, files",
    )
    .option("--max-connections <n>", `connections at once (default: ${MAX_CONNECTIONS})`)
    .option(
      "--max-connections-per-address <n>",
      `of one address of another machine (default: ${MAX_CONNECTIONS_PER_ADDRESS})`,
    )
    .option("--max-frame-bytes <size>", `the longest frame ${size(MAX_FRAME_BYTES)}`)
    .option("--max-file-bytes <size>", `the longest file that is kept ${size(MAX_FILE_BYTES)}`)
    .option("--max-files-bytes <size>", "all files together (default: as the disk has room)")
    .option(
      "--max-chat-file-bytes <size>",
      `the longest file by chat ${size(MAX_CHAT_FILE_BYTES)}`,
    )
    .option(
      "--dict-file-name <name>",
      "by dict, what the files are called (default: dict-, the time, the sender, .txt)",
    )
    .option("--frame-timeout <duration>", `time for a frame to be whole ${time(FRAME_TIMEOUT_MS)}`)
    .option(
      "--handshake-timeout <duration>",
      `time for TLS, for the proof of the key, by chat for a name, by dict for a byte, by http for headers ${
        time(HANDSHAKE_TIMEOUT_MS)
      }`,
    )
    .option("--stall-timeout <duration>", `time to take some answer ${time(STALL_TIMEOUT_MS)}`)
    .option(
      "--token-life <duration>",
      `how old a token may be, of a message, a dictionary or a file ${time(TOKEN_LIFE_MS)}`,
    )
    .option("--udp-answer-junk", "by udp, answer some of what is no token, as other servers do")
    .option("--max-sleeping <n>", `slow requests of a connection (default: ${MAX_SLEEPING})`)
    .option("--history-count <n>", `events of the room to keep (default: ${HISTORY_COUNT})`)
    .option("--history-age <duration>", `how long to keep them ${time(HISTORY_AGE_MS)}`)
    .option(
      "--drain-timeout <duration>",
      `time for running requests at the end ${time(DRAIN_TIMEOUT_MS)}`,
    );
  addPrintOptions(command);
  addStoreKeyOption(command);
  addLogOptions(command, "debug logs each request").addHelpText("after", SERVE_HELP);
}

const SERVE_HELP = `
--listen takes any of these, several behind each other; port 0 is any free one:
  tcp://HOST:${DEFAULT_PORT}    the protocol of wagons: manifests, documents, files, the room
  tls://HOST:${DEFAULT_PORT}    the same within TLS (--tls-cert, --tls-key)
  http://HOST:${HTTP_PORT}   messages and dictionaries as Fernet tokens, WebSockets, /metrics
  udp://HOST:${UDP_PORT}    messages as Fernet tokens, one in each datagram
  chat://HOST:${CHAT_PORT}   the console chat of programs in Python
  dict://HOST:${DICT_PORT}   programs in Python that send a dictionary, and a text file behind it
Manifests, documents and files that come in are kept in the store and printed, each once. What is
said in the room is kept there too, and not printed. A file that is printed to may be moved away at
any time: what comes next stands in a new one.
These settings can also stand under [serve] in wagons.toml, as max_frame_bytes = "1MiB", or in
WAGONS_SERVE_MAX_FRAME_BYTES; the store at its top, or in WAGONS_STORE.
SIGINT, SIGTERM and wagons shutdown let running requests finish; a second signal ends at once.`;

async function serve({ flags, ui, sources, context }: Run): Promise<ExitCode> {
  const interrupted = context.interrupted();
  const resolved = resolveSettings("serve", sources);
  const { settings } = resolved;
  const endpoints = listenEndpoints(resolved);
  if (flags.fromEnv === true) endpoints.push(chatEndpointFromEnvironment(context.variable));
  const listeners = endpoints.map((endpoint) => ({ endpoint, listener: listenerOf(endpoint) }));
  const isTls = endpoints.some(({ scheme }) => scheme === "tls");
  if (!isTls) checkNoTls(resolved);
  const tls = isTls ? await readServerTls(settings) : undefined;
  const hasClientCa = tls?.clientCaPem !== undefined;
  const isOpen = settings.insecure ?? false;
  const key = settings.keyFile === undefined ? undefined : readKeyFile(settings.keyFile);
  for (const { endpoint, listener } of listeners) {
    if (listener.needsKey) neededKey(endpoint, key);
  }
  const storeKey = readStoreKey(settings);
  if (key !== undefined) checkKeysDiffer(storeKey, key);
  const path = storePath(settings, context.variable);
  const printing = readPrintSetup(resolved, { json: ui.json, store: path });
  await preparePrint(printing, ui);
  const log = await openSetLog(settings, ui);
  const printed = new QueuedStream(Deno.stdout, {
    maxBytes: MAX_PRINT_QUEUE_BYTES,
    onFull: () => {
      ui.warn("stdout takes too slowly what is printed: what comes now is left out");
      log?.write("warning", "unprinting", { file: "stdout" });
    },
    onFailed: (error) => log?.write("error", "fault", { doing: "print", why: String(error) }),
  });
  const store = openSqliteStore(path, {
    makeFolder: settings.store === undefined,
    key: storeKey,
    ...(settings.maxFilesBytes === undefined ? {} : { maxContentBytes: settings.maxFilesBytes }),
  });
  const output = new ServeOutput(ui.through(printed), log);
  const print = new ServePrint(printing, ui.through(printed), output);
  const drainTimeoutMs = settings.drainTimeout ?? DRAIN_TIMEOUT_MS;
  let report: ShutdownReport | undefined;
  try {
    const { maxFrameBytes = MAX_FRAME_BYTES, maxFileBytes = MAX_FILE_BYTES } = settings;
    const { tokenLife: tokenLifeMs = TOKEN_LIFE_MS } = settings;
    const hub = new Hub({
      store,
      name: settings.name ?? defaultServerName(Deno.hostname()),
      onEvent: (event) => {
        output.event(event);
        print.event(event);
      },
      ...(key === undefined ? {} : { key }),
      maxConnections: settings.maxConnections ?? MAX_CONNECTIONS,
      maxConnectionsPerAddress: settings.maxConnectionsPerAddress ?? MAX_CONNECTIONS_PER_ADDRESS,
      maxSleeping: settings.maxSleeping ?? MAX_SLEEPING,
      maxFileBytes,
      maxChunkBytes: maxChunkBytes(maxFrameBytes),
      drainTimeoutMs,
      ...(settings.dictFileName === undefined ? {} : { dictFileName: settings.dictFileName }),
      isOpen,
      tokenLifeMs,
      traceRequests: log?.takes("debug") ?? false,
    });
    const options = {
      maxFrameBytes,
      frameTimeoutMs: settings.frameTimeout ?? FRAME_TIMEOUT_MS,
      stallTimeoutMs: settings.stallTimeout ?? STALL_TIMEOUT_MS,
      handshakeTimeoutMs: settings.handshakeTimeout ?? HANDSHAKE_TIMEOUT_MS,
      maxChatFileBytes: Math.min(maxFileBytes, settings.maxChatFileBytes ?? MAX_CHAT_FILE_BYTES),
      answersJunk: settings.udpAnswerJunk ?? false,
      isMetricsPublic: isOpen || (settings.publicMetrics ?? false),
      ...(tls === undefined ? {} : { tls }),
    };
    interrupted.addEventListener("abort", () => hub.drain());
    const bounds: Bound[] = [];
    try {
      for (const { endpoint, listener } of listeners) {
        const bound = await listener.listen(endpoint, hub, options);
        bounds.push(bound);
        hub.identity.listensOn(bound.endpoint);
        output.listening(formatEndpoint(bound.endpoint), path);
        const trust = { hasKey: key !== undefined, isOpen };
        if (endpoint.scheme === "chat") {
          output.chat(bound.endpoint, trust);
          continue;
        }
        if (endpoint.scheme === "dict") {
          output.dict(bound.endpoint, trust);
          continue;
        }
        const knowsPeers = key !== undefined || isOpen ||
          (endpoint.scheme === "tls" && hasClientCa);
        if (!isLoopback(bound.endpoint.host) && !knowsPeers) output.exposed(bound.endpoint);
      }
      output.trusts({ key, storeKey, hasClientCa, isOpen });
      if (storeKey !== undefined && printing.file !== undefined) {
        output.printsPlainly(printing.file.path);
      }
    } catch (error) {
      await hub.drain();
      await Promise.all(bounds.map(({ finished }) => finished));
      throw error;
    }
    // Only now: the first event says where it listens.
    const onFault = (doing: string, error: unknown) => hub.fault(doing, error);
    const cleaning = Promise.all([
      forgetOldEvents(store, {
        maxCount: settings.historyCount ?? HISTORY_COUNT,
        maxAgeMs: settings.historyAge ?? HISTORY_AGE_MS,
        minAgeMs: listeners.some(({ listener }) => listener.needsKey) ? hub.seal!.goodForMs : 0,
        onFault,
      }, hub.stopped),
      removeLeftovers(store, {
        onRemoved: (files) => output.event({ event: "leftovers", files }),
        onFault,
      }, hub.stopped),
    ]);
    const announcing = settings.announce === true
      // Loaded here: mDNS is a package of its own.
      ? (await import("./serve_announce.ts")).announceByMdns(hub, output)
      : undefined;
    await Promise.all([...bounds.map(({ finished }) => finished), cleaning, announcing]);
    report = await hub.drain();
  } finally {
    await print.close(Math.max(drainTimeoutMs, PRINT_FLUSH_TIMEOUT_MS));
    if (report !== undefined) output.stopped(report);
    store.close();
    await printed.flush(PRINT_FLUSH_TIMEOUT_MS);
    await log?.close();
  }
  return ExitCode.ok;
}

/** Where to listen: `listen`, or `host` and `port`, whichever is set nearer to the command line. */
function listenEndpoints({ settings, origin }: Resolved<"serve">): Endpoint[] {
  const { listen, host, port } = settings;
  const several = origin("listen");
  const single = origin("port", "host");
  if (several !== undefined && several.rank === single?.rank) {
    throw new UsageError(`${several.place} and ${single.place} are both set`, {
      hint: "Keep one of them.",
    });
  }
  if (listen !== undefined && several!.rank > (single?.rank ?? 0)) return [...listen];
  return [{ scheme: "tcp", host: host ?? "127.0.0.1", port: port ?? DEFAULT_PORT }];
}

function listenerOf(endpoint: Endpoint): Listener {
  if (endpoint.path !== undefined) {
    throw new UsageError(`Cannot listen on ${formatEndpoint(endpoint)}: it has a path`, {
      hint: `Leave out ${endpoint.path}: all paths of a server are served.`,
    });
  }
  const listener = LISTENERS.get(endpoint.scheme);
  if (listener !== undefined) return listener;
  const known = Array.from(LISTENERS.keys(), (scheme) => `${scheme}://`).join(", ");
  throw new UsageError(`Cannot listen on ${formatEndpoint(endpoint)}: the scheme is not known`, {
    hint: `Listen on ${known}.`,
  });
}

/** A chunk of a file has to fit into a frame with what else is in its message. */
function maxChunkBytes(maxFrameBytes: number): number {
  return Math.min(MAX_CHUNK_BYTES, maxFrameBytes - CHUNK_OVERHEAD_BYTES);
}

/** Who asks for certificates, or shows one, and listens by TCP alone, takes itself for protected. */
function checkNoTls({ origin }: Resolved<"serve">): void {
  // A certificate in the config may be there for this machine's clients.
  const flag = origin("tlsCert", "tlsKey");
  const place = origin("clientCa") ?? (flag?.rank === 3 ? flag : undefined);
  if (place === undefined) return;
  throw new UsageError(`${place.place} is set, and nothing listens by tls://`, {
    hint: `Listen there with --listen tls://127.0.0.1:${DEFAULT_PORT}, or leave it out.`,
  });
}
