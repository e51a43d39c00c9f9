import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  contentId,
  type LauncherFile,
  type LauncherOptions,
  renderLauncher,
} from "../../scripts/build/launcher.ts";
import { RUN_FLAGS } from "../../scripts/build/portable.ts";

const DENO: LauncherFile = { path: "deno", bytes: 95_600_728, sha256: "d".repeat(64) };
const OPTIONS: LauncherOptions = {
  template: "",
  version: "1.2.3",
  denoVersion: "4.5.6",
  deno: DENO,
  code: [
    { path: "js/main.js", bytes: 239, sha256: "a".repeat(64) },
    { path: "js/chunk-B.js", bytes: 41_889, sha256: "b".repeat(64) },
  ],
  main: "main.js",
  flags: ["--no-prompt", "--allow-env=A_*,HOME"],
  codeBytes: 12_345,
  denoBytes: 42_560_213,
};
const TEMPLATE = new URL("../../scripts/build/launcher.sh", import.meta.url);

async function render(options: Partial<LauncherOptions>): Promise<string> {
  return new TextDecoder().decode(await renderLauncher({ ...OPTIONS, ...options }));
}

Deno.test("renderLauncher fills the template in", async () => {
  const template = "@VERSION@|@DENO_VERSION@|@SIZES@|@PARTS@|@FLAGS@|@MAIN@|@UNPACKED_MB@|@SUMS@|";
  assertEquals((await render({ template })).trimEnd().split("|"), [
    "1.2.3",
    "4.5.6",
    // As ls -ldn deno js/* lists them.
    " 95600728 41889 239",
    // Where each lies among the JavaScript files, counted from 1.
    "1 239 main.js\n240 41889 chunk-B.js",
    "'--no-prompt' '--allow-env=A_*,HOME'",
    "main.js",
    "96",
    `${"d".repeat(64)}  deno\n${"a".repeat(64)}  js/main.js\n${"b".repeat(64)}  js/chunk-B.js`,
    "",
  ]);
});

Deno.test("renderLauncher says where the payload lies, whatever the sizes are", async () => {
  const size = fc.integer({ min: 1, max: 500_000_000 });
  await fc.assert(
    fc.asyncProperty(
      size,
      size,
      fc.integer({ min: 0, max: 10_000 }),
      async (codeBytes, denoBytes, filler) => {
        const template = `@CODE_AT@ @CODE_BYTES@ @DENO_AT@ @FILE_BYTES@ ${"#".repeat(filler)}`;
        const launcher = await render({ template, codeBytes, denoBytes });
        const length = launcher.length;
        assertEquals(length % 4096, 0);
        assertEquals(
          launcher.split(" ").slice(0, 4).map(Number),
          [length + 1, codeBytes, length + codeBytes + 1, length + codeBytes + denoBytes],
        );
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("renderLauncher refuses file names that could mean something to the shell", async () => {
  const names = ["js/a b.js", "js/$(id).js", "js/a'b.js", "js/../x.js", "js/-x.js", "js/", "a\nb"];
  for (const path of names) {
    const code = [{ path, bytes: 1, sha256: "c".repeat(64) }];
    await assertRejects(() => render({ code }), RangeError, JSON.stringify(path));
  }
});

Deno.test("renderLauncher refuses a template with a name that it does not know", async () => {
  await assertRejects(() => render({ template: "x @SIZE@ y" }), RangeError, "@SIZE@");
});

Deno.test("contentId changes with any content and any path", async () => {
  const id = await contentId([DENO, ...OPTIONS.code]);
  assert(/^[0-9a-f]{32}$/.test(id), id);
  assertEquals(await contentId([DENO, ...OPTIONS.code]), id);
  assertNotEquals(await contentId([{ ...DENO, sha256: "e".repeat(64) }, ...OPTIONS.code]), id);
  assertNotEquals(await contentId([{ ...DENO, path: "deno2" }, ...OPTIONS.code]), id);
});

Deno.test({
  name: "the launcher is a valid shell script (needs sh, which Windows has not)",
  ignore: Deno.build.os === "windows",
  async fn() {
    const launcher = await renderLauncher({
      ...OPTIONS,
      template: await Deno.readTextFile(TEMPLATE),
      flags: RUN_FLAGS,
    });
    const { code, stderr } = await sh(["-n"], launcher);
    assertEquals(stderr, "");
    assertEquals(code, 0);
  },
});

Deno.test({
  name: "flags reach the program as they are (needs sh, which Windows has not)",
  ignore: Deno.build.os === "windows",
  async fn() {
    // An argument of a program cannot hold a NUL; a line feed would not tell where one ends here.
    const word = fc.string({ unit: "binary" }).map((text) => text.replace(/[\0\n]/g, "'"));
    const flags = fc.sample(word, 1000);
    const script = await renderLauncher({
      ...OPTIONS,
      template: "printf '%s\\n' @FLAGS@",
      flags,
    });
    const { stdout } = await sh([], script);
    assertEquals(stdout, flags.map((flag) => `${flag}\n`).join(""));
  },
});

async function sh(args: string[], script: Uint8Array<ArrayBuffer>) {
  const child = new Deno.Command("sh", {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(script);
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
