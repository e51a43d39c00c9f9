import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { PrintFile } from "../../lib/print/print_file.ts";
import { PrintQueue, type RecordSink } from "../../lib/print/print_queue.ts";
import { test } from "../helpers/strict.ts";

const utf8 = new TextEncoder();

/** What a test learns of a queue. */
class Told {
  readonly texts: string[] = [];
  leftOut = 0;
  readonly #waiting: { text: string; resolve: () => void }[] = [];

  /** Resolves as soon as that is told. */
  next(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ text, resolve });
    return promise;
  }

  tell(text: string): void {
    this.texts.push(text);
    for (const one of this.#waiting) if (text.startsWith(one.text)) one.resolve();
  }
}

function queueTo(sink: RecordSink, { maxBytes = 1000, maxBatchBytes = 100, retryMs = 0 } = {}) {
  const told = new Told();
  const queue = new PrintQueue(sink, {
    ...{ maxBytes, maxBatchBytes, retryMs },
    onFailed: (error) => told.tell(`failed: ${(error as Error).message}`),
    onFull: () => told.tell("full"),
    onLeftOut: (records) => {
      told.leftOut += records;
      told.tell(`left out: ${records}`);
    },
  });
  return { told, push: (text: string) => queue.push(utf8.encode(text)), queue };
}

/** A sink that is as slow as the test wants. */
class HeldSink implements RecordSink {
  readonly appended: string[] = [];
  #asked = Promise.withResolvers<void>();
  #answer = Promise.withResolvers<void>();

  async append(records: Uint8Array): Promise<void> {
    this.#asked.resolve();
    await this.#answer.promise;
    this.appended.push(new TextDecoder().decode(records));
  }

  /** Waits for an append, and lets it end. */
  async let(error?: Error): Promise<void> {
    await this.#asked.promise;
    const answer = this.#answer;
    [this.#asked, this.#answer] = [Promise.withResolvers(), Promise.withResolvers()];
    if (error === undefined) answer.resolve();
    else answer.reject(error);
  }

  /** Waits until an append is under way. */
  get asked(): Promise<void> {
    return this.#asked.promise;
  }
}

test("print queue: what is printed in one turn is appended at once, as much as fits", async () => {
  const sink = new HeldSink();
  const { push, queue, told } = queueTo(sink, { maxBatchBytes: 4 });
  for (const text of ["a\n", "b\n", "c\n", "longer\n", "d\n"]) push(text);
  for (let i = 0; i < 4; i++) await sink.let();
  await queue.close(1000);
  assertEquals([sink.appended, told.texts], [["a\nb\n", "c\n", "longer\n", "d\n"], []]);
});

test("print queue: a full one leaves out what comes, says so once, and counts", async () => {
  const sink = new HeldSink();
  const { push, queue, told } = queueTo(sink, { maxBytes: 4 });
  push("longer than all that may wait\n");
  await sink.asked;
  for (const text of ["a\n", "b\n"]) push(text);
  assertEquals(told.texts, ["full"]);
  const empty = told.next("left out");
  await sink.let();
  await empty;
  for (const text of ["c\n", "d\n", "e\n"]) push(text);
  await sink.let();
  await queue.close(1000);
  assertEquals(sink.appended, ["longer than all that may wait\n", "c\nd\n"]);
  assertEquals(told.texts, ["full", "left out: 2", "full", "left out: 1"]);
});

test("print queue: what could not be appended is tried again until it is, and told once", async () => {
  const sink = new HeldSink();
  const { push, queue, told } = queueTo(sink);
  push("a\n");
  for (const why of ["no", "never"]) await sink.let(new Error(why));
  await sink.asked;
  push("b\n");
  await sink.let();
  await sink.let(new Error("again"));
  await sink.let();
  await queue.close(1000);
  assertEquals([sink.appended, told.texts], [["a\n", "b\n"], ["failed: no", "failed: again"]]);
});

test("print queue: it ends with one more try, without waiting for its time", async () => {
  let tries = 0;
  const { push, queue, told } = queueTo({
    append() {
      tries++;
      return Promise.reject(new Error("no"));
    },
  }, { retryMs: 2 ** 31 - 1 });
  const failed = told.next("failed");
  push("a\n");
  await failed;
  push("b\n");
  await queue.close(2 ** 31 - 1);
  assertEquals([tries, told.texts], [2, ["failed: no", "left out: 2"]]);
});

test("print queue: it ends when its time is over", async () => {
  const sink = new HeldSink();
  const { push, queue, told } = queueTo(sink);
  push("a\n");
  await queue.close(1);
  assertEquals(told.texts, ["left out: 1"]);
  await sink.let();
});

test("print queue: what is not left out is there, whole, in order, once, whatever fails", async () => {
  let runs = 0;
  let [left, failures] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }),
      fc.array(fc.boolean(), { maxLength: 20 }),
      fc.array(fc.nat(30)),
      async (lengths, outcomes, turns) => {
        runs++;
        let got = "";
        const options = { maxBytes: 100, maxBatchBytes: 50 };
        const { push, queue, told } = queueTo({
          async append(records) {
            await Promise.resolve();
            assert(records.length <= 60, "more than a batch and more than a record");
            const isOk = outcomes.shift() ?? true;
            if (!isOk) throw new Error("no");
            got += new TextDecoder().decode(records);
          },
        }, options);
        const pushed = lengths.map((length, i) => `${i}:`.padEnd(length, "x") + "\n");
        for (const [i, text] of pushed.entries()) {
          push(text);
          if (turns.includes(i)) await new Promise((resolve) => setTimeout(resolve));
        }
        await queue.close(10_000);
        const records = got === "" ? [] : got.slice(0, -1).split("\n").map((line) => `${line}\n`);
        const rest = pushed.values();
        for (const record of records) assert(rest.some((text) => text === record), record);
        assertEquals(records.length + told.leftOut, pushed.length);
        left += told.leftOut;
        failures += told.texts.filter((text) => text === "failed: no").length;
      },
    ),
    { numRuns: 1000 },
  );
  assert(runs >= 1000 && left > 100 && failures > 100, `${runs} ${left} ${failures}`);
});

test("print queue: a folder that is gone for a while costs nothing", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const path = `${folder}/yard/received.txt`;
  Deno.mkdirSync(`${folder}/yard`);
  const file = new PrintFile({ path, heading: new Uint8Array(), maxBytes: 1000, files: 2 });
  await file.prepare();
  Deno.removeSync(`${folder}/yard`, { recursive: true });
  const { push, queue, told } = queueTo(file);
  const failed = told.next("failed");
  push("a\n");
  await failed;
  push("b\n");
  Deno.mkdirSync(`${folder}/yard`);
  await queue.close(10_000);
  assertEquals(Deno.readTextFileSync(path), "a\nb\n");
  assertEquals(told.texts.length, 1);
  assertStringIncludes(told.texts[0]!, "No such file");
  Deno.removeSync(folder, { recursive: true });
});

test("print queue: many records through many files under one name, none lost, none twice", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const options = { path: `${folder}/received`, heading: new Uint8Array(), maxBytes: 4096 };
  const queues = Array.from(
    { length: 3 },
    () => queueTo(new PrintFile({ ...options, files: 101 }), { maxBytes: 1e6, maxBatchBytes: 512 }),
  );
  const expected: string[] = [];
  for (let i = 0; i < 1000; i++) {
    for (const [which, { push }] of queues.entries()) {
      const line = `${which} ${i} ${"x".repeat(i % 50)}`;
      expected.push(line);
      push(`${line}\n`);
    }
    if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  await Promise.all(queues.map(({ queue }) => queue.close(60_000)));
  assertEquals(queues.map(({ told }) => told.texts), [[], [], []]);
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  const lines = names.flatMap((name) => {
    const text = Deno.readTextFileSync(`${folder}/${name}`);
    assert(text.length <= 4096 && text.endsWith("\n"), name);
    return text.slice(0, -1).split("\n");
  });
  assert(names.length > 20, `${names.length} files`);
  assertEquals(lines.sort(), expected.sort());
  Deno.removeSync(folder, { recursive: true });
});

test("print queue: a disk that takes nothing at all holds nobody up", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  const path = `${folder}/pipe`;
  const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
  assert(success);
  const file = new PrintFile({ path, heading: new Uint8Array(), maxBytes: 1000, files: 2 });
  await file.prepare();
  // Who opens it to read and to write holds it open; more than fits into it waits for being read.
  using reader = await Deno.open(path, { read: true, write: true });
  const { push, queue, told } = queueTo(file, { maxBytes: 4 });
  const long = `${"a".repeat(1024 * 1024)}\n`;
  for (const text of [long, "b\n"]) push(text);
  assertEquals(told.texts, ["full"]);
  await queue.close(1);
  assertEquals(told.texts, ["full", "left out: 2"]);
  // The write is still under way.
  const bytes = new Uint8Array(64 * 1024);
  for (let rest = long.length; rest > 0;) rest -= await reader.read(bytes) ?? 0;
  Deno.removeSync(folder, { recursive: true });
});

test("print queue: a full disk is told once, and what could not be printed at the end", async () => {
  const file = new PrintFile({
    ...{ path: "/dev/full", heading: new Uint8Array(), maxBytes: 1000, files: 2 },
  });
  const { push, queue, told } = queueTo(file);
  const failed = told.next("failed");
  push("a\n");
  await failed;
  push("b\n");
  await queue.close(1000);
  assertEquals(told.texts.length, 2);
  assertStringIncludes(told.texts[0]!, "No space left");
  assertEquals(told.texts[1], "left out: 2");
});
