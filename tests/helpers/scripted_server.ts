import type { Endpoint } from "../../lib/endpoint.ts";
import { decodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import type { Message, Received } from "../../lib/wire/messages.ts";
import { frames } from "./raw_client.ts";

/** A server of the `tcp` protocol that answers what the test says. Leaving its scope ends it. */
export class ScriptedServer implements AsyncDisposable {
  /** Where it listens. */
  readonly endpoint: Endpoint;
  readonly #listener: Deno.TcpListener;
  readonly #answer: (message: Received) => Message[];
  readonly #conns = new Set<Deno.TcpConn>();
  readonly #running: Promise<void>;

  private constructor(answer: (message: Received) => Message[]) {
    this.#answer = answer;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = this.#listener.addr;
    this.endpoint = { scheme: "tcp", host: "127.0.0.1", port };
    this.#running = this.#accept();
  }

  /** Starts one. */
  static start(answer: (message: Received) => Message[]): Promise<ScriptedServer> {
    return Promise.resolve(new ScriptedServer(answer));
  }

  async #accept(): Promise<void> {
    const serving: Promise<void>[] = [];
    try {
      for await (const conn of this.#listener) {
        this.#conns.add(conn);
        serving.push(this.#serve(conn));
      }
    } finally {
      await Promise.all(serving);
    }
  }

  async #serve(conn: Deno.TcpConn): Promise<void> {
    const decoder = new FrameDecoder({ maxFrameBytes: 1024 * 1024 });
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let count; (count = await conn.read(buffer)) !== null;) {
        const answers: Message[] = [];
        decoder.decode(buffer.subarray(0, count), (bytes, start, end) => {
          answers.push(...this.#answer(decodeBody(bytes, start, end)));
        });
        if (answers.length > 0) await conn.write(frames(...answers));
      }
    } catch {
      // The client or the test has closed.
    } finally {
      this.#conns.delete(conn);
      try {
        conn.close();
      } catch {
        // The test was faster.
      }
    }
  }

  /** Closes all. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of this.#conns) conn.close();
    await this.#running;
  }
}
