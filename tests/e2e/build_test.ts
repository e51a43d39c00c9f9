// Builds a small program into a portable file and starts it as a person on a bare machine would.

import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { build } from "../../scripts/build/build.ts";
import { BuildError } from "../../scripts/build/build_error.ts";

const isWindows = Deno.build.os === "windows";
const decoder = new TextDecoder();

/** Says what it sees, as JSON. */
const PROGRAM = `
const [what, code] = Deno.args;
if (what === "exit") Deno.exit(Number(code));
if (what === "wait") {
  Deno.addSignalListener("SIGTERM", () => Deno.exit(42));
  console.log("ready");
  setInterval(() => {}, 1000);
} else {
  const { look } = await import("./look.ts");
  console.log(JSON.stringify(await look()));
}
`;
const LAZY_PART = `
import { EventEmitter } from "node:events";
export async function look() {
  let run = "allowed";
  try {
    await new Deno.Command("true").output();
  } catch (error) {
    run = error.name;
  }
  return {
    args: Deno.args,
    cwd: Deno.cwd(),
    run,
    env: Deno.env.toObject(),
    stdin: Deno.args.includes("stdin") ? await new Response(Deno.stdin.readable).text() : "",
    isLoaded: typeof EventEmitter === "function",
  };
}
`;

interface Seen {
  args: string[];
  cwd: string;
  run: string;
  env: Record<string, string>;
  stdin: string;
  isLoaded: boolean;
}

interface Start {
  args?: string[];
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
  shell?: string[];
}

/** Starts a portable file with nothing in its environment but what is given and a plain PATH. */
async function start(file: string, { args = [], env = {}, cwd, stdin, shell = [] }: Start) {
  const [command, ...words] = [...shell, file, ...args];
  const child = new Deno.Command(command!, {
    args: words,
    clearEnv: true,
    env: { PATH: "/usr/bin:/bin", ...env },
    ...(cwd !== undefined && { cwd }),
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (stdin !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stdin));
    await writer.close();
  }
  const { code, stdout, stderr } = await child.output();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Starts a portable file that is expected to run, and gives what the program saw. */
async function look(file: string, options: Start): Promise<Seen> {
  const { code, stdout, stderr } = await start(file, options);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** Starts a portable file that is expected to refuse, and gives its one line on stderr. */
async function refusal(file: string, options: Start): Promise<string> {
  const { code, stdout, stderr } = await start(file, options);
  assertEquals({ code, stdout }, { code: 1, stdout: "" });
  assertMatch(stderr, /^wagons: .*\n$/);
  return stderr;
}

/** Names in a folder, the hidden ones too. */
async function list(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

/** The one folder of a program in a cache. */
async function unpacked(cache: string): Promise<string> {
  const names = await list(cache);
  assertEquals(names.length, 1, `the cache holds ${names}`);
  return `${cache}/${names[0]}`;
}

/** Changes one byte of a file. */
async function alter(file: string, at: number, change: (byte: number) => number): Promise<void> {
  using handle = await Deno.open(file, { read: true, write: true });
  const byte = new Uint8Array(1);
  await handle.seek(at, Deno.SeekMode.Start);
  await handle.read(byte);
  await handle.seek(at, Deno.SeekMode.Start);
  await handle.write(byte.map(change));
}

/** Where a text first is in the first 64 KiB of a file. */
async function find(file: string, text: string): Promise<number> {
  using handle = await Deno.open(file);
  const head = new Uint8Array(65_536);
  await handle.read(head);
  const at = new TextDecoder("latin1").decode(head).indexOf(text);
  assert(at > 0, `${file} does not begin with ${text}`);
  return at;
}

async function hasShell(command: string[]): Promise<boolean> {
  try {
    const [name, ...args] = command;
    const child = new Deno.Command(name!, { args: [...args, "-c", ":"], stderr: "null" });
    return (await child.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const SHELLS = [["dash"], ["bash"], ["busybox", "sh"]];
const shells = isWindows
  ? []
  : await Promise.all(SHELLS.map(async (shell) => ({ shell, exists: await hasShell(shell) })));

Deno.test({
  name: "a portable file (needs sh, which Windows has not)",
  ignore: isWindows,
  async fn(t) {
    const work = await Deno.realPath(await Deno.makeTempDir({ prefix: "wagons-test-" }));
    const file = `${work}/a program`;
    // For steps to which it does not matter whether it is unpacked already.
    const someHome = `${work}/home`;
    let folders = 0;
    const folder = async () => {
      const path = `${work}/${++folders}`;
      await Deno.mkdir(path);
      return path;
    };
    try {
      await Deno.mkdir(`${work}/src`);
      await Deno.writeTextFile(`${work}/src/program.ts`, PROGRAM);
      await Deno.writeTextFile(`${work}/src/look.ts`, LAZY_PART);

      await t.step("is built, and nothing else is left", async () => {
        await Deno.mkdir(`${work}/out`);
        const entry = `${work}/src/program.ts`;
        const built = await build({
          entry,
          out: `${work}/out/program`,
          portable: true,
          gzipLevel: 1,
        });
        assertEquals(built.kind, "portable");
        assertEquals(built.bytes, (await Deno.stat(`${work}/out/program`)).size);
        assertEquals(await list(`${work}/out`), ["program"]);
        await Deno.rename(`${work}/out/program`, file);
      });

      await t.step("runs alone from an empty folder, and again", async () => {
        const [home, cwd] = [await folder(), await folder()];
        const program = `${cwd}/program`;
        await Deno.rename(file, program);
        try {
          for (const run of ["first", "second"]) {
            const seen = await look("./program", { args: [run], env: { HOME: home }, cwd });
            assertEquals(seen.args, [run]);
            assertEquals(seen.cwd, cwd);
            assert(seen.isLoaded);
          }
          assertEquals(await list(cwd), ["program"]);
        } finally {
          await Deno.rename(program, file);
        }
        const cache = `${home}/.cache/wagons`;
        for (const path of [cache, await unpacked(cache)]) {
          assertEquals((await Deno.stat(path)).mode! & 0o777, 0o700, path);
        }
      });

      await t.step("passes arguments, input, exit code and signals through", async () => {
        const env = { HOME: someHome };
        const args = ["a b", "", "*", "-x", "--help", "$HOME", "'\"\\", "a\nb", "Łódź", "stdin"];
        const stdin = "line\n".repeat(50_000);
        const seen = await look(file, { args, env, stdin });
        assertEquals(seen.args, args);
        assertEquals(seen.stdin, stdin);
        assertEquals((await start(file, { args: ["exit", "7"], env })).code, 7);

        const child = new Deno.Command(file, {
          args: ["wait"],
          env,
          stdin: "null",
          stdout: "piped",
        }).spawn();
        const reader = child.stdout.getReader();
        assertEquals(decoder.decode((await reader.read()).value), "ready\n");
        child.kill("SIGTERM");
        assertEquals((await child.status).code, 42);
        assert((await reader.read()).done);
      });

      await t.step("gives the program its permissions and no more", async () => {
        const home = someHome;
        const env = { HOME: home, WAGONS_SERVER: "tcp://x", NO_COLOR: "1", SECRET: "x" };
        const seen = await look(file, { env });
        assertEquals(seen.run, "NotCapable");
        assertEquals(seen.env, { HOME: home, WAGONS_SERVER: "tcp://x", NO_COLOR: "1" });
      });

      await t.step("is not influenced by settings for Deno, Node and npm", async () => {
        const [home, cwd] = [await folder(), await folder()];
        for (const place of [home, cwd]) {
          for (const name of ["deno.json", "package.json", ".npmrc", ".env", "deno.lock"]) {
            await Deno.writeTextFile(`${place}/${name}`, "registry=${NONE}\n{ garbage");
          }
        }
        const env = {
          HOME: home,
          DENO_DIR: "/dev/null/none",
          DENO_V8_FLAGS: "--garbage",
          DENO_PERMISSION_BROKER_PATH: "/dev/null/none",
          DENO_CERT: "/dev/null/none",
          NODE_OPTIONS: "--require /dev/null/none",
          RUST_LOG: "debug",
          // A value that looks like the shell's own list of variables.
          WAGONS_TRAP: "x\nexport DENO_a b=1\nexport DENO_DIR='/dev/null'\n",
          // What could change the form of what ls writes.
          BLOCK_SIZE: "human-readable",
          TIME_STYLE: "garbage",
        };
        for (const run of ["first", "second"]) {
          const seen = await look(file, { args: [run], env, cwd });
          assertEquals(seen.env, { HOME: home, WAGONS_TRAP: env.WAGONS_TRAP });
        }
        assertEquals((await list(cwd)).length, 5);
      });

      await t.step("is unpacked once when eight are started at the same time", async () => {
        const env = { HOME: `${await folder()}/it's "home"` };
        await Deno.mkdir(env.HOME);
        const starts = Array.from({ length: 8 }, (_, i) => look(file, { args: [`${i}`], env }));
        for (const [i, seen] of (await Promise.all(starts)).entries()) {
          assertEquals(seen.args, [`${i}`]);
        }
        await unpacked(`${env.HOME}/.cache/wagons`);
      });

      await t.step("uses WAGONS_CACHE_DIR, and XDG_CACHE_HOME", async () => {
        const cwd = await folder();
        await look(file, { env: { WAGONS_CACHE_DIR: "relative dir" }, cwd });
        await unpacked(`${cwd}/relative dir`);
        // What is already unpacked runs wherever it lies.
        await Deno.mkdir(`${cwd}/xdg`);
        await Deno.rename(`${cwd}/relative dir`, `${cwd}/xdg/wagons`);
        await look(file, { env: { XDG_CACHE_HOME: `${cwd}/xdg`, HOME: "/dev/null" } });
        const message = await refusal(file, { env: { WAGONS_CACHE_DIR: "/dev/null/none" } });
        assertStringIncludes(message, "Cannot write to /dev/null/none.");
      });

      await t.step("falls back to TMPDIR when no home can be written", async () => {
        const tmp = await folder();
        const env = { HOME: "/dev/null", TMPDIR: tmp };
        assertEquals((await look(file, { env })).env, env);
        const fallback = await unpacked(tmp);
        assertMatch(fallback, /\/wagons-\d+$/);
        assertEquals((await Deno.stat(fallback)).mode! & 0o777, 0o700);
        // HOME missing: the same place. It is not unpacked again.
        const { ino } = await Deno.stat(await unpacked(fallback));
        await look(file, { env: { TMPDIR: tmp } });
        assertEquals((await Deno.stat(await unpacked(fallback))).ino, ino);

        await Deno.chmod(fallback, 0o755);
        assertStringIncludes(await refusal(file, { env }), `Cannot use ${fallback}:`);
        await Deno.chmod(fallback, 0o700);
        await Deno.rename(fallback, `${tmp}/elsewhere`);
        await Deno.symlink(`${tmp}/elsewhere`, fallback);
        assertStringIncludes(await refusal(file, { env }), `Cannot use ${fallback}:`);
      });

      await t.step("says that it is damaged, and leaves nothing", async () => {
        const [home, place] = [await folder(), await folder()];
        const damaged = `${place}/damaged`;
        const env = { HOME: home };
        const { size } = await Deno.stat(file);

        await Deno.copyFile(file, damaged);
        await Deno.truncate(damaged, size - 1);
        const message = await refusal(damaged, { env });
        assertStringIncludes(message, `is damaged, it has ${size - 1} bytes and not ${size}.`);
        assertEquals(await list(home), []);

        await Deno.copyFile(file, damaged);
        await alter(damaged, Math.floor(size / 2), (byte) => byte ^ 0xff);
        assertStringIncludes(await refusal(damaged, { env }), "the file is damaged. Get it again.");
        assertEquals(await list(`${home}/.cache/wagons`), []);

        // In the list of checksums, so that what is unpacked is whole and not what it has to be.
        await Deno.copyFile(file, damaged);
        const [zero, one] = new TextEncoder().encode("01");
        const lastDigit = await find(file, "  js/program.js\n") - 1;
        await alter(damaged, lastDigit, (digit) => digit === zero ? one! : zero!);
        assertStringIncludes(await refusal(damaged, { env }), "is damaged, its SHA-256 is not");
        assertEquals(await list(`${home}/.cache/wagons`), []);
      });

      await t.step("does not trust a cache that others can write to", async () => {
        const env = { HOME: await folder() };
        await look(file, { env });
        const cache = `${env.HOME}/.cache/wagons`;
        const program = await unpacked(cache);
        for (const path of [cache, program, `${program}/deno`]) {
          const { mode } = await Deno.stat(path);
          await Deno.chmod(path, 0o777);
          assertStringIncludes(await refusal(file, { env }), "others can write to it");
          await Deno.chmod(path, mode! & 0o777);
        }
        await look(file, { env });

        const fresh = await folder();
        await Deno.chmod(fresh, 0o777);
        const message = await refusal(file, { env: { WAGONS_CACHE_DIR: fresh } });
        assertStringIncludes(message, `Cannot use the cache ${fresh}: others can write to it.`);
        assertEquals(await list(fresh), []);
      });

      await t.step("is unpacked again when something in the cache was altered", async () => {
        const env = { HOME: await folder() };
        await look(file, { env });
        const cache = `${env.HOME}/.cache/wagons`;
        const program = await unpacked(cache);
        await Deno.writeTextFile(`${program}/js/program.js`, "// more\n", { append: true });
        await look(file, { env });
        assertEquals(await unpacked(cache), program);
      });

      for (const { shell, exists } of shells) {
        const name = shell.join(" ");
        await t.step({
          name: exists ? `runs in ${name}` : `runs in ${name} (skipped: install ${shell[0]})`,
          ignore: !exists,
          async fn() {
            const env = { HOME: await folder() };
            await look(file, { env, shell, args: ["first"] });
            assertEquals((await look(file, { env, shell, args: ["2"] })).args, ["2"]);
          },
        });
      }
    } finally {
      await Deno.remove(work, { recursive: true });
    }
  },
});

Deno.test("a build that fails says why and leaves what was there", async () => {
  const work = await Deno.makeTempDir({ prefix: "wagons-test-" });
  try {
    const [entry, out] = [`${work}/program.ts`, `${work}/program`];
    await Deno.writeTextFile(entry, "this is not TypeScript");
    await Deno.writeTextFile(out, "an older one");
    const error = await assertRejects(() => build({ entry, out, portable: true }), BuildError);
    assertMatch(error.message, /^Cannot bundle .*program\.ts:\n[^]*program\.ts:1:/);
    assertEquals(await Deno.readTextFile(out), "an older one");
    assertEquals(await list(work), ["program", "program.ts"]);

    const signal = AbortSignal.abort(new Error("stopped"));
    await assertRejects(() => build({ entry, out, portable: true, signal }), Error, "stopped");
    assertEquals(await list(work), ["program", "program.ts"]);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
});
