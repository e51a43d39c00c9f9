import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { jsonLines, Workspace } from "./workspace.ts";

const FINGERPRINT = /[0-9a-f]{4}(?:-[0-9a-f]{4}){3}/;

Deno.test("a new key is written for its owner alone, and shown by its fingerprint only", async () => {
  await using space = await new Workspace();
  const made = await space.run(["key", "new"]);
  assertEquals([made.code, made.stderr], [0, ""]);
  assertMatch(made.stdout, new RegExp(`^wagons\\.key  ${FINGERPRINT.source}\n$`));
  const key = await Deno.readTextFile(space.path("wagons.key"));
  assertMatch(key, /^[\w-]{43}=\n$/);
  if (Deno.build.os !== "windows") {
    assertEquals((await Deno.stat(space.path("wagons.key"))).mode! & 0o777, 0o600);
  }
  const shown = await space.run(["key", "show", "wagons.key"]);
  assertEquals(`wagons.key  ${shown.stdout}`, made.stdout);
  const json = await space.run(["key", "show", "wagons.key", "--json"]);
  assertEquals(jsonLines(json.stdout), [
    { file: "wagons.key", fingerprint: shown.stdout.trim() },
  ] as unknown[]);
  assertEquals([made, shown, json].some(({ stdout }) => stdout.includes(key.trim())), false);
});

Deno.test("a key is never written over, and two are never the same", async () => {
  await using space = await new Workspace();
  const first = await space.run(["key", "new", "-o", "a.key"]);
  const before = await Deno.readTextFile(space.path("a.key"));
  const again = await space.run(["key", "new", "-o", "a.key"]);
  assertEquals(again.code, 2);
  assertStringIncludes(again.stderr, "a.key is there already");
  assertEquals(await Deno.readTextFile(space.path("a.key")), before);
  const second = await space.run(["key", "new", "-o", "b.key", "--json"]);
  assertNotEquals(FINGERPRINT.exec(second.stdout)![0], FINGERPRINT.exec(first.stdout)![0]);
  assertEquals(space.files(), ["a.key", "b.key"]);
});

Deno.test("a key on stdout is nothing but the key", async () => {
  await using space = await new Workspace();
  const { code, stdout, stderr } = await space.run(["key", "new", "-o", "-"]);
  assertEquals(code, 0);
  assertMatch(stdout, /^[\w-]{43}=\n$/);
  await Deno.writeTextFile(space.path("k"), stdout, { mode: 0o600 });
  const shown = await space.run(["key", "show", "k"]);
  assertStringIncludes(stderr, shown.stdout.trim());
  assertEquals(space.files(), ["k"]);
});

Deno.test("a key can come from stdin", async () => {
  await using space = await new Workspace();
  const { stdout: key } = await space.run(["key", "new", "-o", "-"]);
  await Deno.writeTextFile(space.path("k"), key, { mode: 0o600 });
  const [file, stdin] = await Promise.all([
    space.run(["key", "show", "k"]),
    space.run(["key", "show", "-"], { stdin: key }),
  ]);
  assertEquals([stdin.code, stdin.stdout], [0, file.stdout], stdin.stderr);
  const none = await space.run(["key", "show", "-"], { stdin: "hello" });
  assertEquals(none.code, 2);
});

Deno.test("a store is not sealed with the key of the peers", async () => {
  await using space = await new Workspace();
  await space.run(["key", "new", "-o", "peers.key"]);
  const server = await space.serve(["--store", space.path("a.db")]);
  assertEquals((await server.stop()).code, 0);
  const env = { WAGONS_KEY_FILE: "peers.key" };
  for (
    const args of [
      ["store", "rekey", "--store", "a.db", "--new-store-key-file", "peers.key"],
      ["serve", "--port", "0", "--store", "b.db", "--store-key-file", "peers.key"],
    ]
  ) {
    const { code, stderr } = await space.run(args, { env });
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, "The store and the peers have the same key");
  }
});

Deno.test("a key file that others may read is refused by every command that takes one", async () => {
  if (Deno.build.os === "windows") return;
  await using space = await new Workspace();
  await space.run(["key", "new", "-o", "a.key"]);
  await Deno.chmod(space.path("a.key"), 0o644);
  const commands = [
    ["key", "show", "a.key"],
    ["serve", "--port", "0", "--store", "a.db", "--key-file", "a.key"],
    ["send", "-", "--key-file", "a.key"],
    ["client", "--key-file", "a.key"],
    ["shutdown", "--key-file", "a.key"],
  ];
  for (const command of commands) {
    const { code, stderr } = await space.run(command, { stdin: "Тула = 1\n" });
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, "its mode is 0644");
    assertStringIncludes(stderr, "Mend it with: chmod 600 a.key");
  }
  assertEquals(space.files(), ["a.key"]);
});
