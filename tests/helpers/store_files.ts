/**
 * The files of a store, for tests that look behind its back, and other processes that use it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { uuidToBytes } from "../../lib/wire/uuid.ts";
import { test, type TestOptions } from "./strict.ts";

/** Registers a test with a folder, and the path of a store in it, that are gone afterwards. */
export function testInFolder(
  name: string,
  fn: (path: string, folder: string) => void | Promise<void>,
  options: TestOptions = {},
): void {
  test(name, async () => {
    const folder = Deno.makeTempDirSync();
    try {
      await fn(join(folder, "wagons.db"), folder);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }, options);
}

/** Does something to the file behind the store's back. */
export function alter(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

/** The names in a store's folder of contents, in order. */
export function contentsOf(path: string): string[] {
  return Array.from(Deno.readDirSync(`${path}.files`), ({ name }) => name).sort();
}

/** The rows of a store's contents. */
export function rowsOf(path: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT * FROM contents ORDER BY number").all();
  database.close();
  return rows;
}

/** Makes each commit that has the manifest of that id in it fail, until it is called off. */
export function failOn(path: string, id: string): () => void {
  alter(
    path,
    `CREATE TRIGGER failing BEFORE INSERT ON manifests WHEN NEW.id = ${blob(id)}
     BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END`,
  );
  return () => alter(path, "DROP TRIGGER failing");
}

/** An id as SQL has it. */
export function blob(id: string): string {
  return `x'${Buffer.from(uuidToBytes(id)).toString("hex")}'`;
}

/**
 * How often something stands in the files of a folder and of those in it, and in which:
 * `wagons.db-wal: 3`.
 */
export function findInFiles(folder: string, what: string | Uint8Array): string[] {
  const wanted = Buffer.from(what as string);
  const found: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) {
      found.push(...findInFiles(path, what).map((inside) => `${name}/${inside}`));
      continue;
    }
    const bytes = Buffer.from(Deno.readFileSync(path));
    let count = 0;
    for (let at = -1; (at = bytes.indexOf(wanted, at + 1)) >= 0;) count++;
    if (count > 0) found.push(`${name}: ${count}`);
  }
  return found.sort();
}

/** How to run {@linkcode spawnStore}. */
export interface StoreProcessOptions {
  /** What stands after the path. */
  args?: readonly (string | number)[];
  /** The working directory. */
  cwd?: string;
  /** The largest file that it can write, in blocks of 512 bytes; not on Windows. */
  maxBlocks?: number;
}

/** Starts another process that uses a store: see store_process.ts. */
export function spawnStore(
  verb: string,
  path: string,
  { args = [], cwd, maxBlocks }: StoreProcessOptions = {},
): Deno.ChildProcess {
  const program = fileURLToPath(new URL("store_process.ts", import.meta.url));
  const run = ["run", "--allow-all", "--quiet", program, verb, path, ...args.map(String)];
  // Without the trap the signal of a file that would be too large ends the process.
  const bound = ["-c", `trap "" XFSZ; ulimit -f ${maxBlocks}; exec "$0" "$@"`, Deno.execPath()];
  return new Deno.Command(maxBlocks === undefined ? Deno.execPath() : "sh", {
    args: maxBlocks === undefined ? run : [...bound, ...run],
    ...(cwd === undefined ? {} : { cwd }),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Runs it to its end; gives what it printed. */
export async function runStore(
  verb: string,
  path: string,
  options?: StoreProcessOptions,
): Promise<string> {
  const child = spawnStore(verb, path, options);
  await child.stdin.close();
  const { code, stdout } = await child.output();
  assertEquals(code, 0);
  return new TextDecoder().decode(stdout).trim();
}
