import { assertEquals } from "@std/assert";
import { QueuedStream } from "../lib/queued_stream.ts";

/** A stream that writes when it is told to, at most so many bytes at a time. */
class FakeStream {
  written = "";
  #open: ((error?: unknown) => void) | undefined;
  readonly #atMost: number;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  isTerminal(): boolean {
    return false;
  }

  write(bytes: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#open = (error) => {
        if (error !== undefined) return reject(error);
        const part = bytes.subarray(0, this.#atMost);
        this.written += new TextDecoder().decode(part);
        resolve(part.length);
      };
    });
  }

  /** Lets the write that is under way end. */
  async let(error?: unknown): Promise<void> {
    while (this.#open === undefined) await Promise.resolve();
    const open = this.#open;
    this.#open = undefined;
    open(error);
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
}

const utf8 = new TextEncoder();

function queue(stream: FakeStream, maxBytes: number) {
  const told: string[] = [];
  const queued = new QueuedStream(stream, {
    maxBytes,
    onFull: () => told.push("full"),
    onFailed: (error) => told.push(`failed: ${(error as Error).message}`),
  });
  return { told, write: (text: string) => queued.writeSync(utf8.encode(text)), queued };
}

Deno.test("what is written in one turn goes out together, in order, however it is taken", async () => {
  const stream = new FakeStream(2);
  const { write, told, queued } = queue(stream, 100);
  assertEquals([write("ab"), write("cde")], [2, 3]);
  await stream.let();
  write("f");
  for (let i = 0; i < 3; i++) await stream.let();
  await queued.flush(1000);
  assertEquals([stream.written, told], ["abcdef", []]);
});

Deno.test("a full queue leaves out what comes, says so once, and takes again when there is room", async () => {
  const stream = new FakeStream(100);
  const { write, told, queued } = queue(stream, 4);
  for (const text of ["abcd", "e", "f"]) write(text);
  assertEquals(told, ["full"]);
  await stream.let();
  write("gh");
  await stream.let();
  await queued.flush(1000);
  assertEquals([stream.written, told], ["abcdgh", ["full"]]);
});

Deno.test("more than fits is taken when nothing waits", async () => {
  const stream = new FakeStream(100);
  const { write, told, queued } = queue(stream, 4);
  for (const text of ["abcdef", "g"]) write(text);
  assertEquals(told, ["full"]);
  await stream.let();
  await queued.flush(1000);
  assertEquals(stream.written, "abcdef");
});

Deno.test("a stream that fails is told of once, and nothing waits any more", async () => {
  const stream = new FakeStream(100);
  const { write, told, queued } = queue(stream, 100);
  write("a");
  await stream.let(new Error("gone"));
  write("b");
  await queued.flush(1000);
  assertEquals([stream.written, told], ["", ["failed: gone"]]);
});

Deno.test("flush gives up after its time", async () => {
  const { write, queued, told } = queue(new FakeStream(1), 100);
  write("a");
  await queued.flush(1);
  assertEquals(told, []);
});
