import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { UsageError } from "../lib/errors.ts";
import { checkFree, saveAs, saveTo } from "../lib/save_as.ts";
import { hostileNames } from "./helpers/hostile_names.ts";
import { test } from "./helpers/strict.ts";

/** Runs a test with a folder for what is saved, inside of another that has to stay as it is. */
async function inFolders(
  run: (
    downloads: string,
    around: string,
    part: (text: string) => Promise<string>,
  ) => Promise<void>,
): Promise<void> {
  const around = await Deno.makeTempDir();
  try {
    const downloads = join(around, "inner", "downloads");
    await Deno.mkdir(downloads, { recursive: true });
    let parts = 0;
    const part = async (text: string) => {
      const path = join(downloads, `.part-${parts++}`);
      await Deno.writeTextFile(path, text);
      return path;
    };
    await run(downloads, around, part);
  } finally {
    await Deno.remove(around, { recursive: true });
  }
}

/** All that is in a folder, with its folders, by paths from there. */
function everything(folder: string, prefix = ""): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) => {
    const path = `${prefix}${name}`;
    return isDirectory ? [path, ...everything(join(folder, name), `${path}/`)] : [path];
  }).sort();
}

test("no hostile name lands outside of the folder, and none overwrites another", async () => {
  await inFolders(async (downloads, around, part) => {
    const names = hostileNames();
    const paths = new Map<string, string>();
    for (const [index, { name }] of names.entries()) {
      const path = await saveAs(await part(String(index)), downloads, name);
      paths.set(path, String(index));
    }
    assertEquals(paths.size, names.length, "each has a path of its own");
    for (const [path, text] of paths) assertEquals(await Deno.readTextFile(path), text);
    const found = everything(around);
    const outside = found.filter((path) => !path.startsWith("inner/downloads/"));
    assertEquals(outside, ["inner", "inner/downloads"]);
    assertEquals(found.length - outside.length, names.length, "nothing else is there");
    for (const { name } of Deno.readDirSync(downloads)) {
      assert((await Deno.lstat(join(downloads, name))).isFile, name);
      assert(new TextEncoder().encode(name).length <= 255, name);
    }
  });
});

test("what is there is neither replaced nor followed, whatever it is", async () => {
  await inFolders(async (downloads, around, part) => {
    const target = join(around, "target");
    await Deno.writeTextFile(join(downloads, "a.txt"), "mine");
    await Deno.mkdir(join(downloads, "a (2).txt"));
    await Deno.symlink(join(around, "nowhere"), join(downloads, "a (3).txt"));
    await Deno.writeTextFile(target, "mine too");
    await Deno.symlink(target, join(downloads, "a (4).txt"));
    const path = await saveAs(await part("new"), downloads, "a.txt");
    assertEquals(path, join(downloads, "a (5).txt"));
    assertEquals(await Deno.readTextFile(path), "new");
    assertEquals(await Deno.readTextFile(join(downloads, "a.txt")), "mine");
    assertEquals(await Deno.readTextFile(target), "mine too");
    assertEquals(everything(around).filter((path) => !path.includes("a")), ["inner"]);
    await assertRejects(() => Deno.lstat(join(around, "nowhere")), Deno.errors.NotFound);
  });
});

test("a path that was asked for is not replaced, and the part stays", async () => {
  await inFolders(async (downloads, _around, part) => {
    const path = join(downloads, "here");
    await checkFree(path);
    await saveTo(await part("first"), path);
    const second = await part("second");
    for (const save of [() => checkFree(path), () => saveTo(second, path)]) {
      const error = await assertRejects(save, UsageError);
      assertEquals(error.message, `${path} is there already`);
    }
    assertEquals(await Deno.readTextFile(path), "first");
    assertEquals(await Deno.readTextFile(second), "second");
    await Deno.symlink(join(downloads, "nowhere"), join(downloads, "dangling"));
    await assertRejects(() => checkFree(join(downloads, "dangling")), UsageError);
  });
});

test("several that save the same name at once get a name each", async () => {
  await inFolders(async (downloads, _around, part) => {
    const parts = await Promise.all(Array.from({ length: 20 }, (_, i) => part(String(i))));
    const paths = await Promise.all(parts.map((part) => saveAs(part, downloads, "x.bin")));
    assertEquals(new Set(paths).size, 20);
    assertEquals(everything(downloads).length, 20);
  });
});
