/**
 * Posts one body over and over, by several connections, each of which waits for its answer.
 *
 * @module
 */

import type { Histogram } from "../../lib/client/histogram.ts";

/** What is posted, where, and for how long. */
export interface HttpLoad {
  /** An `http://` URL. */
  url: string;
  /** What is posted each time. */
  body: string;
  /** Connections at once. */
  connections: number;
  /** For how long. */
  durationMs: number;
  /** One connection after the other for all requests, or a new one for each. */
  keepAlive: boolean;
}

/** What came of it. */
export interface HttpFigures {
  /** Answers with status 200 in a second. */
  requestsPerSecond: number;
  /** The time of half of the requests, from sending to the whole answer. */
  p50Ms: number;
  /** The time that one in a hundred takes longer than. */
  p99Ms: number;
}

/**
 * Puts the load on a server: by `wrk` where there is one, and else by a process over plain sockets
 * (scripts/bench/http_sockets.ts).
 *
 * @param loader Which of them.
 * @throws {Error} when an answer is not whole or has another status than 200.
 */
export async function loadHttp(load: HttpLoad, loader: Loader): Promise<HttpFigures> {
  return loader === "wrk" ? await loadByWrk(load) : await loadBySockets(load);
}

/** Who posts. */
export type Loader = "wrk" | "sockets";

/** `wrk` where there is one. */
export async function findLoader(): Promise<Loader> {
  try {
    await new Deno.Command("wrk", { args: ["--version"], stdout: "null", stderr: "null" }).output();
    return "wrk";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "sockets";
    throw error;
  }
}

/** What `wrk` runs: the request, and the figures as JSON in its last line. */
const SCRIPT = `
wrk.method = "POST"
function init(args)
  wrk.body = args[1]
  if args[2] == "close" then wrk.headers["Connection"] = "close" end
end
function request() return wrk.format() end
function done(summary, latency)
  local e = summary.errors
  local bad = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format('\\n{"requests":%d,"us":%d,"bad":%d,"p50":%d,"p99":%d}\\n',
    summary.requests, summary.duration, bad, latency:percentile(50), latency:percentile(99)))
end
`;

async function loadByWrk(load: HttpLoad): Promise<HttpFigures> {
  const { url, body, connections, durationMs, keepAlive } = load;
  const script = await Deno.makeTempFile({ suffix: ".lua" });
  try {
    await Deno.writeTextFile(script, SCRIPT);
    const stdout = await run("wrk", [
      ...["-t1", `-c${connections}`, `-d${Math.ceil(durationMs / 1000)}s`, "-s", script, url],
      ...["--", body, keepAlive ? "keep" : "close"],
    ]);
    const { requests, us, bad, p50, p99 } = JSON.parse(stdout.trim().split("\n").at(-1)!);
    if (bad > 0) throw new Error(`${bad} of ${requests} requests to ${url} failed: ${stdout}`);
    return { requestsPerSecond: requests / us * 1e6, p50Ms: p50 / 1000, p99Ms: p99 / 1000 };
  } finally {
    await Deno.remove(script);
  }
}

async function loadBySockets(load: HttpLoad): Promise<HttpFigures> {
  const program = decodeURIComponent(new URL("http_sockets.ts", import.meta.url).pathname);
  const args = ["run", "--allow-net", program, JSON.stringify(load)];
  return JSON.parse(await run(Deno.execPath(), args)) as HttpFigures;
}

async function run(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** The figures of a histogram that was filled in so many milliseconds. */
export function figuresOf(latency: Histogram, tookMs: number): HttpFigures {
  return {
    requestsPerSecond: latency.count / tookMs * 1000,
    p50Ms: latency.quantileMs(0.5),
    p99Ms: latency.quantileMs(0.99),
  };
}
