/**
 * A server as a process of its own, started for a bench or a test.
 *
 * @module
 */

// The last of stderr that is kept for error messages.
const STDERR_CHARS = 16 * 1024;

/** How to start a server. */
export interface StartServerOptions {
  /** The folder it is started in. Default: this process's. */
  cwd?: string | URL;
  /** Time until it listens. Default: 30,000. */
  listenTimeoutMs?: number;
  /** Time from SIGTERM until it is killed. Default: 15,000. */
  stopTimeoutMs?: number;
}

/** How a server ended. */
export interface ServerEnd {
  /** Its exit code; 128 + the signal's number when a signal ended it. */
  code: number;
  /** The signal that ended it; null when it ended by itself, after SIGTERM too. */
  signal: Deno.Signal | null;
  /** The last of what it wrote to stderr. */
  stderr: string;
}

/** A server that listens. */
export interface ServerProcess extends AsyncDisposable {
  /** Where it listens, as it says. */
  url: string;
  /** Its process id. */
  pid: number;
  /** Ends it by SIGTERM, by SIGKILL when that takes too long. May be called again. */
  stop(): Promise<ServerEnd>;
}

/**
 * Starts a server and waits for its first line on stdout, `{"event":"listening","url":"..."}`. The
 * rest of its stdout is read and dropped.
 *
 * @param command The program and its arguments.
 * @throws {Error} when the program is not found, or ends, says something else or says nothing in
 * time; then it no longer runs.
 */
export async function startServer(
  command: string[],
  options: StartServerOptions = {},
): Promise<ServerProcess> {
  const { cwd, listenTimeoutMs = 30_000, stopTimeoutMs = 15_000 } = options;
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, {
    args,
    ...(cwd === undefined ? {} : { cwd }),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();

  const stderr = readTail(child.stderr);
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let ending: Promise<ServerEnd> | undefined;
  const stop = () => ending ??= end();
  async function end(): Promise<ServerEnd> {
    killProcess(child, "SIGTERM");
    const timer = setTimeout(() => killProcess(child, "SIGKILL"), stopTimeoutMs);
    try {
      const [{ code, signal }, text] = await Promise.all([child.status, stderr, drained]);
      return { code, signal, stderr: text };
    } finally {
      clearTimeout(timer);
    }
  }

  let drained: Promise<void> = Promise.resolve();
  let tooLate = false;
  const timer = setTimeout(() => {
    tooLate = true;
    killProcess(child, "SIGKILL");
  }, listenTimeoutMs);
  let line: string;
  try {
    line = await readLine(lines);
  } finally {
    clearTimeout(timer);
    drained = drain(lines);
  }
  const url = readUrl(line);
  if (url === undefined) {
    const { code, stderr } = await stop();
    const when = tooLate ? ` within ${listenTimeoutMs} ms` : "";
    throw new Error(
      `Cannot start ${command.join(" ")}: it does not say where it listens${when} but ` +
        `${JSON.stringify(line)}, ends with ${code} and writes ${JSON.stringify(stderr)} to stderr`,
    );
  }
  return { url, pid: child.pid, stop, [Symbol.asyncDispose]: async () => void await stop() };
}

/** Sends a signal to a child process, unless it has ended. */
export function killProcess(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // So it does when the process has ended.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function readLine(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
  return text.slice(0, text.indexOf("\n"));
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}

async function readTail(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text = (text + part).slice(-STDERR_CHARS);
  }
  return text;
}

function readUrl(line: string): string | undefined {
  try {
    const { event, url } = JSON.parse(line) as { event?: unknown; url?: unknown };
    return event === "listening" && typeof url === "string" ? url : undefined;
  } catch {
    // No JSON: the caller shows the line.
    return undefined;
  }
}
