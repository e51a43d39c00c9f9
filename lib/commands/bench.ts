/**
 * `wagons bench`: measures a server.
 *
 * @module
 */

import type { Command } from "commander";
import { type LoadResult, runLoad } from "../client/load.ts";
import { resolveSettings } from "../config/resolve.ts";
import { formatEndpoint } from "../endpoint.ts";
import { ExitCode } from "../errors.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { addTlsOptions, readSecurity } from "./security_options.ts";
import { serverEndpoint } from "./server_endpoint.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addTlsOptions(addJsonOption(command)), bench)
    .argument("[url]", "the server (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)")
    .option("--connections <n>", "connections at once (default: 64)")
    .option("--in-flight <n>", "unanswered requests on each connection (default: 1)")
    .option("--duration <duration>", "how long to measure (default: 5s)")
    .option("--warm-up <duration>", "how long to run before that (default: 1s)")
    .addHelpText("after", BENCH_HELP);
}

const BENCH_HELP = `
Sends fast requests as fast as they are answered: put it on your own servers only. The latency of an
answer is the time from the write that its request was in to the read that it was in.`;

async function bench({ args, flags, ui, sources, context }: Run): Promise<ExitCode> {
  const { settings } = resolveSettings("bench", sources);
  const endpoint = serverEndpoint(args[0], settings);
  const { connections = 64, inFlight = 1, duration = 5000, warmUp = 1000 } = settings;
  const { tls } = await readSecurity(endpoint, settings, { ...flags, plain: true });
  const result = await runLoad(endpoint, {
    ...(tls === undefined ? {} : { tls }),
    connections,
    inFlight,
    durationMs: duration,
    warmUpMs: warmUp,
    signal: context.interrupted(),
  });
  const figures = figuresOf(result);
  if (ui.json) ui.object({ url: formatEndpoint(endpoint), connections, inFlight, ...figures });
  else {
    const { p50, p99, p999, max } = figures.latencyMs;
    ui.text(
      `${connections} connections, ${inFlight} in flight: ${figures.requestsPerSecond} requests/s, ` +
        `latency p50 ${p50}, p99 ${p99}, p99.9 ${p999}, max ${max} ms\n`,
    );
  }
  return ExitCode.ok;
}

function figuresOf({ answers, durationMs, latency }: LoadResult) {
  const ms = (value: number) => Math.round(value * 1000) / 1000;
  return {
    requests: answers,
    durationMs: Math.round(durationMs),
    requestsPerSecond: Math.round(answers / durationMs * 1000),
    latencyMs: {
      p50: ms(latency.quantileMs(0.5)),
      p99: ms(latency.quantileMs(0.99)),
      p999: ms(latency.quantileMs(0.999)),
      max: ms(latency.maxMs),
    },
  };
}
