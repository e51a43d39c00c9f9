import { assertEquals, assertRejects } from "@std/assert";
import { writeNewFiles } from "../lib/new_files.ts";
import { UsageError } from "../lib/errors.ts";
import { test } from "./helpers/strict.ts";

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "wagons-files-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

test("all files are made, each with its mode, and nothing else", () =>
  inFolder(async (folder) => {
    await writeNewFiles([
      { path: `${folder}/a`, text: "one", mode: 0o600 },
      { path: `${folder}/b`, text: "two", mode: 0o644 },
    ]);
    assertEquals(names(folder), ["a", "b"]);
    assertEquals(await Deno.readTextFile(`${folder}/a`), "one");
    const { mode } = await Deno.stat(`${folder}/a`);
    if (mode !== null) assertEquals(mode & 0o777, 0o600);
  }));

test("when one is there already, or a link to nowhere, none is made and none is touched", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/there`, "before");
    await Deno.symlink("nowhere", `${folder}/link`);
    for (const taken of ["there", "link"]) {
      const files = ["a", taken, "b"].map((name) => ({
        path: `${folder}/${name}`,
        text: "after",
        mode: 0o600,
      }));
      await assertRejects(() => writeNewFiles(files), UsageError, `${taken} is there already`);
      assertEquals(names(folder), ["link", "there"]);
    }
    assertEquals(await Deno.readTextFile(`${folder}/there`), "before");
  }));

test("a folder that is not there is named, and leaves nothing", () =>
  inFolder(async (folder) => {
    const files = [
      { path: `${folder}/a`, text: "one", mode: 0o600 },
      { path: `${folder}/none/b`, text: "two", mode: 0o600 },
    ];
    await assertRejects(() => writeNewFiles(files), UsageError, "there is no such folder");
    assertEquals(names(folder), []);
  }));
