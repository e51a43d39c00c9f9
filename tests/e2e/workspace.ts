/**
 * A folder of its own for a test, with the built executable to run in it.
 *
 * @module
 */

import { type Endpoint, parseEndpoint } from "../../lib/endpoint.ts";
import { PROGRAM } from "../../scripts/build.ts";
import { fileURLToPath } from "node:url";

/** The built executable. */
export const WAGONS: string = fileURLToPath(PROGRAM);

/** How a run of the executable ended. */
export interface Ended {
  /** Its exit code. */
  code: number;
  /** What it wrote to stdout. */
  stdout: string;
  /** What it wrote to stderr. */
  stderr: string;
}

/** How to run the executable. */
export interface RunOptions {
  /** What it reads from stdin. Default: nothing. */
  stdin?: string | Uint8Array;
  /** More environment variables. */
  env?: Record<string, string>;
}

/** A line of `--json`. */
export type JsonEvent = Record<string, unknown> & { event: string };

/** One unpacked copy of the executable serves all tests; nothing else of the home is seen. */
export const CACHE: string = Deno.env.get("WAGONS_CACHE_DIR") ??
  `${Deno.env.get("HOME") ?? "/tmp"}/.cache/wagons`;

/** A temporary folder, which is also the home of what runs in it. */
export class Workspace implements AsyncDisposable {
  /** The folder. */
  readonly folder: string = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  readonly #children = new Set<Deno.ChildProcess>();

  /** The path of a file in the folder. */
  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** Writes a file in the folder; gives its name. */
  async write(name: string, content: string | Uint8Array): Promise<string> {
    if (typeof content === "string") await Deno.writeTextFile(this.path(name), content);
    else await Deno.writeFile(this.path(name), content);
    return name;
  }

  /** The names of what is in the folder, in order. */
  files(): string[] {
    return Array.from(Deno.readDirSync(this.folder), ({ name }) => name)
      .filter((name) => !name.startsWith(".cache")).sort();
  }

  /** Runs the executable in the folder to its end. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const { code, stdout, stderr } = await this.runForBytes(args, options);
    return { code, stderr, stdout: new TextDecoder().decode(stdout) };
  }

  /** Runs the executable in the folder to its end; gives stdout as bytes. */
  async runForBytes(
    args: readonly string[],
    options: RunOptions = {},
  ): Promise<Omit<Ended, "stdout"> & { stdout: Uint8Array }> {
    const child = this.spawn(args, options);
    const input = child.stdin.getWriter();
    const { stdin = "" } = options;
    try {
      await input.write(typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin);
      await input.close();
    } catch (error) {
      // It has ended, or closed its stdin, without reading all of it.
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    }
    const { code, stdout, stderr } = await child.output();
    return { code, stdout, stderr: new TextDecoder().decode(stderr) };
  }

  /** Starts the executable in the folder. It is killed at the end, if it still runs. */
  spawn(args: readonly string[], options: RunOptions = {}): Deno.ChildProcess {
    return this.#spawn(WAGONS, args, options);
  }

  /**
   * Starts the executable with a terminal, which `script` (util-linux) makes: what is written to
   * stdin are keys, and stdout is the screen.
   */
  spawnInTerminal(args: readonly string[]): Deno.ChildProcess {
    return this.spawnShellInTerminal(["exec", WAGONS, ...args].join(" "));
  }

  /** The same for a command of the shell. */
  spawnShellInTerminal(command: string): Deno.ChildProcess {
    return this.#spawn("script", [
      "--quiet",
      "--flush",
      "--return",
      "--command",
      command,
      "/dev/null",
    ], {});
  }

  #spawn(program: string, args: readonly string[], { env = {} }: RunOptions): Deno.ChildProcess {
    const child = new Deno.Command(program, {
      args: [...args],
      cwd: this.folder,
      clearEnv: true,
      env: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        HOME: this.folder,
        WAGONS_CACHE_DIR: CACHE,
        ...env,
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#children.add(child);
    return child;
  }

  /** Starts `wagons serve --json` on any free port and waits until it listens. */
  async serve(args: readonly string[] = [], options: RunOptions = {}): Promise<Server> {
    const where = args.some((arg) => ["--port", "--listen", "--config"].includes(arg))
      ? []
      : ["--port", "0"];
    const store = args.includes("--store") ? [] : ["--store", this.path("wagons.db")];
    const child = this.spawn(["serve", "--json", ...where, ...store, ...args], options);
    return await Server.start(child);
  }

  /** Kills what still runs and removes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        // It has ended.
        if (!(error instanceof TypeError)) throw error;
      }
      await child.status;
      // What was not read or closed would be a leak.
      for (const stream of [child.stdout, child.stderr, child.stdin]) {
        if (!stream.locked) {
          await ("cancel" in stream ? stream.cancel() : stream.abort()).catch(ignore);
        }
      }
    }
    await Deno.remove(this.folder, { recursive: true });
  }
}

function ignore(): void {}

/** A `wagons serve --json` that runs. */
export class Server {
  /** Where it listens. */
  readonly url: string;
  /** Its process. */
  readonly child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #stderr: Promise<string>;

  private constructor(
    child: Deno.ChildProcess,
    url: string,
    lines: AsyncIterator<string>,
    stderr: Promise<string>,
  ) {
    this.child = child;
    this.url = url;
    this.#lines = lines;
    this.#stderr = stderr;
  }

  /** Waits until a process listens. */
  static async start(child: Deno.ChildProcess): Promise<Server> {
    await child.stdin.close();
    const stderr = new Response(child.stderr).text();
    const lines = linesOf(child.stdout);
    const { value, done } = await lines.next();
    if (done) throw new Error(`wagons serve has ended: ${await stderr}`);
    const event = JSON.parse(value) as JsonEvent;
    if (event.event !== "listening") throw new Error(`The first event is ${value}`);
    return new Server(child, event.url as string, lines, stderr);
  }

  /** The host and port. */
  get address(): { hostname: string; port: number } {
    const { hostname, port } = new URL(this.url);
    return { hostname, port: Number(port) };
  }

  /** The same, for helpers. */
  get endpoint(): Endpoint {
    return parseEndpoint(this.url);
  }

  /** The next event of that name; others before it are passed over. */
  async next(name: string): Promise<JsonEvent> {
    while (true) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`The server has ended without ${name}: ${await this.#stderr}`);
      const event = JSON.parse(value) as JsonEvent;
      if (event.event === name) return event;
    }
  }

  /** Sends a signal and waits for the end; gives the exit code and the events that were left. */
  async stop(
    signal: Deno.Signal = "SIGTERM",
  ): Promise<{ code: number; events: JsonEvent[]; stderr: string }> {
    this.child.kill(signal);
    return await this.ended();
  }

  /** Waits for the end; gives the exit code and the events that were left. */
  async ended(): Promise<{ code: number; events: JsonEvent[]; stderr: string }> {
    const events: JsonEvent[] = [];
    for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
      events.push(JSON.parse(line.value));
    }
    const { code } = await this.child.status;
    return { code, events, stderr: await this.#stderr };
  }
}

/** The lines of a stream, without their line breaks. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** The objects in the lines of `--json`. */
export function jsonLines(stdout: string): JsonEvent[] {
  return stdout.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
}
