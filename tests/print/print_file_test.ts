import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { UsageError } from "../../lib/errors.ts";
import { PrintFile } from "../../lib/print/print_file.ts";
import { test } from "../helpers/strict.ts";

const utf8 = new TextEncoder();

/** A folder with a file to print to. */
class PrintSpace implements Disposable {
  readonly folder: string = Deno.makeTempDirSync({ prefix: "wagons-test-" });
  readonly path: string = `${this.folder}/received.txt`;

  file({ heading = "", maxBytes = 1_000_000, files = 5 } = {}) {
    const file = new PrintFile({ path: this.path, heading: utf8.encode(heading), maxBytes, files });
    return {
      prepare: () => file.prepare(),
      append: (text: string) => file.append(utf8.encode(text)),
    };
  }

  /** What stands in the file, and in the older ones. */
  read(number?: number): string {
    return Deno.readTextFileSync(number === undefined ? this.path : `${this.path}.${number}`);
  }

  /** The names of what is in the folder. */
  names(): string[] {
    return Array.from(Deno.readDirSync(this.folder), ({ name }) => name).sort();
  }

  /** The lines of all files. */
  lines(): string[] {
    return this.names().flatMap((name) => {
      const text = Deno.readTextFileSync(`${this.folder}/${name}`);
      assert(text.endsWith("\n"), `${name} ends within a line`);
      return text.slice(0, -1).split("\n");
    });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

test("print file: records stand behind what is there, and a new file is for its owner alone", async () => {
  using space = new PrintSpace();
  const file = space.file();
  await file.prepare();
  assertEquals([space.read(), Deno.statSync(space.path).mode! & 0o777], ["", 0o600]);
  await file.append("one\n");
  await space.file().append("two\nthree\n");
  assertEquals(space.read(), "one\ntwo\nthree\n");
});

test("print file: each file begins with the heading", async () => {
  using space = new PrintSpace();
  const options = { heading: "id,name\n", maxBytes: 20 };
  await space.file(options).append("1,a\n");
  await space.file(options).append("2,b\n");
  await space.file(options).append("3,cdefg\n");
  assertEquals([space.read(1), space.read()], ["id,name\n1,a\n2,b\n", "id,name\n3,cdefg\n"]);
  // As logrotate's copytruncate does.
  Deno.truncateSync(space.path);
  await space.file(options).append("4,d\n");
  assertEquals(space.read(), "id,name\n4,d\n");
});

test("print file: a line that somebody was stopped in is not continued", async () => {
  using space = new PrintSpace();
  Deno.writeTextFileSync(space.path, "one\ntw");
  await space.file({ heading: "no\n" }).append("three\n");
  assertEquals(space.read(), "one\ntw\nthree\n");
});

test("print file: a full one gets a number, and the oldest goes", async () => {
  using space = new PrintSpace();
  const file = space.file({ maxBytes: 4, files: 3 });
  for (const text of ["one\n", "two\n", "six\n", "ten\n"]) await file.append(text);
  assertEquals([space.read(2), space.read(1), space.read()], ["two\n", "six\n", "ten\n"]);
  assertEquals(space.names().length, 3);
  await file.append("longer than a file may be\n");
  await file.append("a\n");
  assertEquals([space.read(1), space.read()], ["longer than a file may be\n", "a\n"]);
});

test("print file: older ones move up to the first gap and no further", async () => {
  using space = new PrintSpace();
  for (const number of [1, 3]) Deno.writeTextFileSync(`${space.path}.${number}`, `${number}\n`);
  const file = space.file({ maxBytes: 4, files: 4 });
  for (const text of ["one\n", "two\n"]) await file.append(text);
  assertEquals([1, 2, 3].map((number) => space.read(number)), ["one\n", "1\n", "3\n"]);
});

test("print file: of a link, what it leads to is moved", async () => {
  using space = new PrintSpace();
  Deno.symlinkSync("elsewhere", space.path);
  const file = space.file({ maxBytes: 4 });
  for (const text of ["one\n", "two\n"]) await file.append(text);
  assertEquals(space.names(), ["elsewhere", "elsewhere.1", "received.txt"]);
  assertEquals(Deno.readTextFileSync(`${space.folder}/elsewhere.1`), "one\n");
  assertEquals(space.read(), "two\n");
});

test("print file: what is no file is not moved, and the file grows until it is gone", async () => {
  for (const files of [2, 4]) {
    using space = new PrintSpace();
    const file = space.file({ maxBytes: 4, files });
    await file.append("one\n");
    const inTheWay = [
      () => Deno.mkdirSync(`${space.path}.1`),
      () => Deno.symlinkSync("nowhere", `${space.path}.1`),
    ];
    let text = "one\n";
    for (const [i, make] of inTheWay.entries()) {
      make();
      const hindrance = await file.append(`${i}\n`);
      assertEquals(hindrance?.message, `${space.path}.1 is in the way: it is no regular file`);
      text += `${i}\n`;
      assertEquals([space.read(), space.names().length], [text, 2]);
      Deno.removeSync(`${space.path}.1`);
    }
    assertEquals(await file.append("two\n"), undefined);
    assertEquals([space.read(1), space.read()], [text, "two\n"]);
  }
});

test("print file: the older ones stay as they are when one of them cannot be moved", async () => {
  using space = new PrintSpace();
  const file = space.file({ maxBytes: 4, files: 4 });
  for (const text of ["one\n", "two\n"]) await file.append(text);
  Deno.mkdirSync(`${space.path}.2`);
  assertStringIncludes((await file.append("six\n"))!.message, ".2 is in the way");
  assertEquals([space.read(1), space.read()], ["one\n", "two\nsix\n"]);
});

test("print file: what has a number and is no file is told before anything is printed", async () => {
  using space = new PrintSpace();
  Deno.symlinkSync("nowhere", `${space.path}.3`);
  await space.file({ files: 3 }).prepare();
  const error = await assertRejects(() => space.file({ files: 4 }).prepare(), UsageError);
  assertEquals(
    error.message,
    `Cannot print to ${space.path}: ${space.path}.3 is in the way: it is no regular file`,
  );
});

test("print file: what it begins with is told, and what the older ones do", async () => {
  using space = new PrintSpace();
  const [long, one] = ["x".repeat(100), "1\n"];
  for (const [end, text] of [["", long], [".1", one], [".3", "3"], [".4", "4"]] as const) {
    Deno.writeTextFileSync(space.path + end, text);
  }
  const heads = await space.file({ files: 4 }).prepare();
  assertEquals(
    heads,
    [["", long.slice(0, 64)], [".1", one], [".3", "3"]].map(([end, text]) => ({
      path: space.path + end,
      head: utf8.encode(text),
    })),
  );
});

test("print file: no database is written to or moved", async () => {
  for (const end of ["", ".1", "-wal"]) {
    using space = new PrintSpace();
    const database = new DatabaseSync(space.path + end.replace("-wal", ""));
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x)");
    const path = space.path + (end === "-wal" ? end : "");
    const file = new PrintFile({ path, heading: new Uint8Array(), maxBytes: 10, files: 2 });
    const what = `${path}${end === ".1" ? end : ""} is a database`;
    await assertRejects(() => file.prepare(), UsageError, `Cannot print to ${path}: ${what}`);
    database.close();
  }
});

test("print file: a pipe takes what is printed when somebody reads it, and waits for nobody", async () => {
  using space = new PrintSpace();
  await new Deno.Command("mkfifo", { args: [space.path] }).output();
  const file = space.file();
  assertEquals(await file.prepare(), []);
  await assertRejects(() => file.append("one\n"), Error, "nobody reads this pipe");
  const reader = new Deno.Command("cat", { args: [space.path], stdout: "piped" }).spawn();
  let isTaken = false;
  while (!isTaken) isTaken = await file.append("two\n").then(() => true, () => false);
  assertEquals(new TextDecoder().decode((await reader.output()).stdout), "two\n");
});

test("print file: moved away or removed, it is there again with the next record", async () => {
  using space = new PrintSpace();
  const file = space.file({ heading: "#\n" });
  await file.append("one\n");
  Deno.renameSync(space.path, `${space.folder}/moved`);
  await file.append("two\n");
  Deno.removeSync(space.path);
  await file.append("three\n");
  assertEquals(Deno.readTextFileSync(`${space.folder}/moved`), "#\none\n");
  assertEquals(space.read(), "#\nthree\n");
});

test("print file: records of many writers are whole, each once, over all files, as it is moved", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 12 }), {
        minLength: 2,
        maxLength: 6,
      }),
      fc.integer({ min: 50, max: 2000 }),
      async (writers, maxBytes) => {
        using space = new PrintSpace();
        const options = { heading: "heading\n", maxBytes, files: 101 };
        const expected = writers.flatMap((lengths, writer) =>
          lengths.map((length, i) => `${writer}.${i} ${"x".repeat(length)}`)
        );
        let moved = 0;
        await Promise.all(writers.map(async (lengths, writer) => {
          const file = space.file(options);
          for (const [i, length] of lengths.entries()) {
            await file.append(`${writer}.${i} ${"x".repeat(length)}\n`);
            if (i !== 5) continue;
            try {
              await Deno.rename(space.path, `${space.folder}/moved.${++moved}`);
            } catch (error) {
              // Somebody else has just begun a new file.
              if (!(error instanceof Deno.errors.NotFound)) throw error;
            }
          }
        }));
        // One that was moved after it was made and before its writer had the lock is left empty.
        for (const name of space.names().filter((name) => name.startsWith("moved."))) {
          const path = `${space.folder}/${name}`;
          if (Deno.statSync(path).size === 0) Deno.removeSync(path);
        }
        const lines = space.lines();
        assertEquals(lines.filter((line) => line !== "heading").sort(), expected.sort());
        // Each file begins with it, and it stands nowhere else.
        assertEquals(lines.length - expected.length, space.names().length);
        for (const name of space.names()) {
          const text = Deno.readTextFileSync(`${space.folder}/${name}`);
          assert(text.startsWith("heading\n") && text.lastIndexOf("heading") === 0, name);
          assert(
            text.length <= Math.max(maxBytes, 8 + 205) + 8,
            `${name} has ${text.length} bytes`,
          );
        }
      },
    ),
    { numRuns: 100 },
  );
});

test("print file: a full disk is told, and takes nothing", async () => {
  const file = new PrintFile({
    ...{ path: "/dev/full", heading: utf8.encode("heading\n"), maxBytes: 10, files: 2 },
  });
  await file.prepare();
  const error = await assertRejects(() => file.append(utf8.encode("one\n")), Error);
  assertStringIncludes(error.message, "No space left");
});

test("print file: where nothing can be written is told before anything is printed", async () => {
  using space = new PrintSpace();
  Deno.mkdirSync(`${space.folder}/folder`);
  const paths = [`${space.folder}/gone/received.txt`, `${space.folder}/folder`];
  for (const path of paths) {
    const file = new PrintFile({ path, heading: new Uint8Array(), maxBytes: 10, files: 2 });
    const error = await assertRejects(() => file.prepare(), UsageError);
    assertStringIncludes(error.message, `Cannot print to ${path}: `);
    await assertRejects(() => file.append(utf8.encode("one\n")), Error);
  }
});
