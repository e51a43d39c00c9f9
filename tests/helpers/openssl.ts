import { HOST } from "./tls.ts";

/** Whether this machine has OpenSSL. */
export const HAS_OPENSSL: boolean = hasOpenssl();

/** The name of a test that needs it: says why when it is skipped. */
export function withOpenssl(name: string): string {
  return HAS_OPENSSL ? name : `${name} (skipped: no openssl on this machine)`;
}

function hasOpenssl(): boolean {
  try {
    return new Deno.Command("openssl", { args: ["version"] }).outputSync().success;
  } catch {
    return false;
  }
}

/** Runs `openssl` to its end; gives all that it said. */
export async function openssl(
  args: readonly string[],
): Promise<{ success: boolean; text: string }> {
  const command = new Deno.Command("openssl", { args: [...args], stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { success, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** `openssl s_client`, which talks to a server. */
export class OpensslClient {
  readonly #child: Deno.ChildProcess;
  readonly #stderr: Promise<string>;

  /** Connects. */
  constructor(port: number, args: readonly string[]) {
    this.#child = new Deno.Command("openssl", {
      args: ["s_client", "-connect", `${HOST}:${port}`, "-quiet", "-no_ign_eof", ...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#stderr = new Response(this.#child.stderr).text();
  }

  /** Sends a line, waits for one, and ends; gives what came and how it ended. */
  async exchange(line: string): Promise<{ answer: string; stderr: string; success: boolean }> {
    const input = this.#child.stdin.getWriter();
    let answer = "";
    try {
      await input.write(new TextEncoder().encode(line));
      const output = this.#child.stdout.pipeThrough(new TextDecoderStream());
      for await (const text of output) {
        answer += text;
        if (answer.endsWith("\n")) break;
      }
      await input.close();
    } catch {
      // It has ended before; its status says how.
    }
    const { success } = await this.#child.status;
    return { answer, stderr: await this.#stderr, success };
  }
}

/** `openssl s_server`, which sends back each line from its end to its beginning. */
export class OpensslServer implements AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
  readonly #child: Deno.ChildProcess;
  readonly #output: Promise<void>;

  private constructor(child: Deno.ChildProcess, port: number, output: Promise<void>) {
    this.#child = child;
    this.port = port;
    this.#output = output;
  }

  /** Starts it and waits until it listens. */
  static async start(args: readonly string[]): Promise<OpensslServer> {
    const child = new Deno.Command("openssl", {
      args: ["s_server", "-accept", `${HOST}:0`, "-rev", ...args],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const listening = Promise.withResolvers<number>();
    const output = (async () => {
      let text = "";
      for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
        text += part;
        const port = /^ACCEPT \S+:(\d+)\n/m.exec(text)?.[1];
        if (port !== undefined) listening.resolve(Number(port));
      }
      listening.reject(new Error(`openssl s_server has ended: ${text}`));
    })();
    // Once it listens, that it ends is what the test wants.
    listening.promise.catch(() => {});
    return new OpensslServer(child, await listening.promise, output);
  }

  /** Ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill();
    await this.#child.status;
    await this.#output;
  }
}

/** A folder for the files that OpenSSL wants. */
export class PemFolder implements Disposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "wagons-tls-" });
  #count = 0;

  /** Writes a file; gives its path. */
  write(text: string): string {
    const path = `${this.#folder}/${this.#count++}.pem`;
    Deno.writeTextFileSync(path, text, { mode: 0o600 });
    return path;
  }

  /** Removes the folder. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }
}
