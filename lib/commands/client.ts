/**
 * `wagons client`: asks a server for fast and slow responses, once or at an interval.
 *
 * @module
 */

import type { Command } from "commander";
import { type Ask, Requester } from "../client/requester.ts";
import { startTicker } from "../client/ticker.ts";
import { type Resolved, resolveSettings } from "../config/resolve.ts";
import { DEFAULT_PORT, type Endpoint } from "../endpoint.ts";
import { ExitCode, InterruptedError, UsageError } from "../errors.ts";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { ClientKeys } from "./client_keys.ts";
import { ClientOutput } from "./client_output.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { addLogOptions, openSetLog } from "./log_options.ts";
import { addSecurityOptions, readSecurity } from "./security_options.ts";
import { serverEndpoint } from "./server_endpoint.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addSecurityOptions(addJsonOption(command)), client)
    .argument("[url]", "the server (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)")
    .option("--fast", "ask for the server's time (default)")
    .option("--slow <seconds>", "ask for the number of clients, to be told after that time")
    .option("--interval <duration>", "ask at each tick of a clock, from 10ms to 1s")
    .option("--count <n>", "end after that many requests")
    .option("--reconnect <duration>", "try again after that time, from 1s to 10s (default: 1s)")
    .option("--timeout <duration>", "how long an answer may take beyond the sleep (default: 10s)")
    .option("--connect-timeout <duration>", "how long to wait for a connection (default: 5s)")
    .option("--no-keys", "take no keys from the terminal, as a job in the background needs it")
    .option("--host <host>", "the server, instead of a URL")
    .option("--port <port>", "the server's port, instead of a URL");
  addLogOptions(command, "info logs each request and answer").addHelpText("after", CLIENT_HELP);
}

const CLIENT_HELP = `
Without --interval one request is sent. With it, no request is sent before the one before it is
answered: a tick that finds it unanswered, or finds no connection, is skipped and counted. A lost
connection is made again for as long as the command runs. On a terminal these keys are taken:
  f  send a fast request    m  change between fast and slow
  s  send a slow request    q  quit`;

const DEFAULT_RECONNECT_MS = 1000;
/** What the keys ask for when no --slow says otherwise. */
const DEFAULT_SLOW_SECONDS = 1;
const MAX_SLOW_SECONDS = 4_294_967_295;

async function client(run: Run): Promise<ExitCode> {
  const { flags, ui, sources, context } = run;
  const resolved = resolveSettings("client", sources);
  const { settings } = resolved;
  const { interval } = settings;
  const ask = readAsk(flags);
  const count = readCount(flags.count as string | undefined, interval);
  const endpoint = clientEndpoint(run.args[0], resolved);
  const log = await openSetLog(settings, ui);

  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, context.interrupted()]);
  const isPeriodic = interval !== undefined;
  const output = new ClientOutput(ui, log, isPeriodic);
  const requester = new Requester({
    endpoint,
    reconnectMs: isPeriodic ? settings.reconnect ?? DEFAULT_RECONNECT_MS : undefined,
    connection: {
      connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
      ...await readSecurity(endpoint, settings, flags),
    },
    answerTimeoutMs: settings.timeout ?? ANSWER_TIMEOUT_MS,
    signal,
    onEvent: (event) => {
      output.event(event);
      if (count === undefined) return;
      const { answered, lost } = requester.summary;
      if (answered + lost >= count) done.abort();
    },
  });
  const keys = new ClientKeys(ask, DEFAULT_SLOW_SECONDS);
  let failure: unknown;
  // Called by timers and keys, where nobody would catch that stdout has no reader any more.
  const send = (what: Ask) => {
    try {
      if (count === undefined || requester.summary.sent < count) requester.ask(what);
    } catch (error) {
      failure ??= error;
      done.abort();
    }
  };
  try {
    if (isPeriodic) {
      const actions = {
        ask: send,
        say: (text: string) => output.say(text),
        quit: () => done.abort(),
      };
      if (flags.keys === true) keys.listen(actions, signal);
      startTicker(interval, () => send(keys.ask), signal);
    }
    await requester.run(() => {
      if (!isPeriodic) send(ask);
    });
    if (failure !== undefined) throw failure;
    const { answered } = requester.summary;
    if (!isPeriodic && answered === 0) throw new InterruptedError("Interrupted before the answer");
    return count !== undefined && answered === 0 ? ExitCode.unreachable : ExitCode.ok;
  } finally {
    done.abort();
    try {
      output.summary(requester.summary);
    } finally {
      await log?.close();
    }
  }
}

function readAsk(flags: Run["flags"]): Ask {
  const slow = flags.slow as string | undefined;
  if (slow === undefined) return { kind: "fast" };
  if (flags.fast === true) {
    throw new UsageError("--fast and --slow are both set", { hint: "Keep one of them." });
  }
  const seconds = Number(slow);
  if (!/^[0-9]+$/.test(slow) || seconds > MAX_SLOW_SECONDS) {
    const range = `from 0 to ${MAX_SLOW_SECONDS}`;
    throw new UsageError(`--slow: ${JSON.stringify(slow)} is no whole number of seconds ${range}`);
  }
  return { kind: "slow", seconds };
}

/** How many requests to send; `undefined` is no end. Without an interval it is one. */
function readCount(text: string | undefined, interval: number | undefined): number | undefined {
  if (text === undefined) return interval === undefined ? 1 : undefined;
  const count = Number(text);
  if (!/^[0-9]+$/.test(text) || count < 1 || !Number.isSafeInteger(count)) {
    throw new UsageError(`--count: ${JSON.stringify(text)} is no whole number from 1`);
  }
  if (interval === undefined && count > 1) {
    throw new UsageError(`--count ${count} needs an interval`, {
      hint: "Say how often to ask, like --interval 100ms.",
    });
  }
  return count;
}

function clientEndpoint(
  url: string | undefined,
  { settings, origin }: Resolved<"client">,
): Endpoint {
  const { host, port } = settings;
  const place = origin("host", "port");
  if (place === undefined) return serverEndpoint(url, settings);
  if (url !== undefined && place.rank === 3) {
    throw new UsageError(`${url} and ${place.place} are both given`, { hint: "Keep one of them." });
  }
  // A URL on the command line, or in the environment, is nearer than a host in the config.
  if (url !== undefined || (origin("server")?.rank ?? 0) > place.rank) {
    return serverEndpoint(url, settings);
  }
  return { scheme: "tcp", host: host ?? "127.0.0.1", port: port ?? DEFAULT_PORT };
}
