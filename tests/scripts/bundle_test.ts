import { assertEquals, assertMatch, assertNotMatch, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { bundle, requireLazily } from "../../scripts/build/bundle.ts";
import { BuildError } from "../../scripts/build/build_error.ts";

const config = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** Bundles modules; the first is the one to start. */
async function withBundle(
  modules: Record<string, string>,
  test: (made: Awaited<ReturnType<typeof bundle>>) => Promise<void>,
): Promise<void> {
  const work = await Deno.makeTempDir({ prefix: "wagons-test-" });
  try {
    for (const [name, text] of Object.entries(modules)) {
      await Deno.writeTextFile(`${work}/${name}`, text);
    }
    const entry = `${work}/${Object.keys(modules)[0]}`;
    await test(await bundle({ entry, config, folder: `${work}/out` }));
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

async function run(file: string): Promise<string> {
  const args = ["run", "--no-config", "--no-lock", "--no-prompt", "--no-remote", "--no-npm"];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args, "--allow-env", file],
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

Deno.test("bundle keeps what is imported dynamically in a file of its own, evaluated late", () =>
  withBundle({
    "start.ts": 'console.log("start"); await import("./late.ts"); console.log("end");',
    "late.ts": 'import "node:events"; console.log("late");',
  }, async ({ folder, main, files }) => {
    assertEquals(main, "start.js");
    assertEquals(files.map(({ name }) => name.replace(/-\w+/, "")), ["late.js", "start.js"]);
    assertEquals(await run(`${folder}/${main}`), "start\nlate\nend\n");
  }));

Deno.test("bundle gives what lies in its folder", () =>
  withBundle({ "a.b.ts": 'console.log("dots")' }, async ({ folder, main, files }) => {
    assertEquals(main, "a.b.js");
    for (const { name, bytes } of files) {
      assertEquals(bytes, await Deno.readFile(`${folder}/${name}`));
    }
  }));

Deno.test("bundle loads modules of the runtime for CommonJS only when they are asked for", () =>
  withBundle({
    "start.ts": 'if (Deno.args.length === 0) (await import("./old.cjs")).default();',
    "old.cjs": `module.exports = () => {
      console.log(require("node:util").format("%s", "formatted"));
      try { require(["no", "such"].join("-")); } catch (error) { console.log(error.message); }
    };`,
  }, async ({ folder, main, files }) => {
    for (const { bytes } of files) {
      assertNotMatch(new TextDecoder().decode(bytes), /"node:module"/);
    }
    assertEquals(
      await run(`${folder}/${main}`),
      "formatted\nCannot find module no-such\n",
    );
  }));

Deno.test("bundle takes packages in, and does not say where they lay", () =>
  withBundle({
    "start.ts": 'import { Command } from "commander"; console.log(new Command("name").name());',
  }, async ({ folder, main, files }) => {
    assertEquals(files.length, 1);
    const text = new TextDecoder().decode(files[0]!.bytes);
    assertMatch(text, /^\/\/ npm\/[^/]+\/commander\/.*\/command\.js$/m);
    assertNotMatch(text, /\.\.\/[^"\n]*npm\//);
    assertEquals(await run(`${folder}/${main}`), "name\n");
  }));

Deno.test("requireLazily leaves all other text as it is", () => {
  for (const text of ["", 'import{createRequire}from "node:module";', "var r=c(import.meta.url)"]) {
    assertEquals(requireLazily(text), text);
  }
});

Deno.test("bundle says what is wrong with the module", async () => {
  const error = await assertRejects(
    () => withBundle({ "start.ts": 'import "./none.ts";' }, () => Promise.resolve()),
    BuildError,
  );
  assertMatch(error.message, /^Cannot bundle .*start\.ts:\nerror: .*none\.ts/);
});
