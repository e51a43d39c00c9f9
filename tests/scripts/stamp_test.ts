import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { hasStamp, sourcesKey, writeStamp } from "../../scripts/build/stamp.ts";

const FILES = [
  "main.ts",
  "lib/deep/a.ts",
  "proto/wagons.proto",
  "scripts/build.ts",
  "scripts/build/launcher.sh",
  "deno.json",
  "deno.lock",
];

async function inProject(test: (project: URL) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "wagons-test-" });
  try {
    const project = new URL(`${pathToFileURL(folder)}/`);
    for (const path of FILES) {
      await Deno.mkdir(new URL(".", new URL(path, project)), { recursive: true });
      await Deno.writeTextFile(new URL(path, project), path);
    }
    await test(project);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("sourcesKey changes with the content of each source", () =>
  inProject(async (project) => {
    const key = await sourcesKey(project);
    assertMatch(key, /^[0-9a-f]{64}$/);
    assertEquals(await sourcesKey(project), key);
    for (const path of FILES) {
      await Deno.writeTextFile(new URL(path, project), "changed");
      assertNotEquals(await sourcesKey(project), key, path);
      await Deno.writeTextFile(new URL(path, project), path);
    }
    assertEquals(await sourcesKey(project), key);
  }));

Deno.test("sourcesKey changes when a source is renamed, and not with other files", () =>
  inProject(async (project) => {
    const key = await sourcesKey(project);
    await Deno.writeTextFile(new URL("README.md", project), "x");
    assertEquals(await sourcesKey(project), key);
    await Deno.rename(new URL("lib/deep/a.ts", project), new URL("lib/deep/b.ts", project));
    assertNotEquals(await sourcesKey(project), key);
  }));

Deno.test("hasStamp is true only for the program that was written down", () =>
  inProject(async (project) => {
    const program = new URL("dist/wagons", project);
    await Deno.mkdir(new URL("dist", project));
    assertEquals(await hasStamp(program, "key"), false, "nothing was built");
    await Deno.writeTextFile(program, "program");
    assertEquals(await hasStamp(program, "key"), false, "nothing was written down");
    await writeStamp(program, "key");
    assertEquals(await hasStamp(program, "key"), true);
    assertEquals(await hasStamp(program, "other key"), false);
    await Deno.writeTextFile(program, "another program");
    assertEquals(await hasStamp(program, "key"), false, "another size");
    await Deno.remove(program);
    assertEquals(await hasStamp(program, "key"), false, "the program is gone");
    await Deno.writeTextFile(new URL("dist/build.json", project), '{"key":');
    assertEquals(await hasStamp(program, "key"), false, "half a file");
  }));
