/**
 * wagons.toml: what may stand in it, how a wrong one is told, and where it is looked for.
 *
 * @module
 */

import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { parseConfig } from "../../lib/config/file.ts";
import { UsageError } from "../../lib/errors.ts";

const root = new URL("../../", import.meta.url);

function refused(text: string): UsageError {
  return assertThrows(() => parseConfig(text, "wagons.toml"), UsageError);
}

Deno.test("a config gives raw values by section and name", () => {
  const config = parseConfig(
    `
server = "tcp://127.0.0.1:1"
[serve]
port = 7117
listen = ["tcp://a:1", "tcp://b:2"]
frame_timeout = "5s"
insecure = true
[manifests]
[client]
`,
    "wagons.toml",
  );
  assertEquals(config.path, "wagons.toml");
  assertEquals(config.get(undefined, "server"), "tcp://127.0.0.1:1");
  assertEquals(config.get("serve", "port"), 7117);
  assertEquals(config.get("serve", "listen"), ["tcp://a:1", "tcp://b:2"]);
  assertEquals(config.get("serve", "frame_timeout"), "5s");
  assertEquals(config.get("serve", "insecure"), true);
  assertEquals(config.get("serve", "host"), undefined);
  assertEquals(config.get("client", "port"), undefined);
  assertEquals(config.get("send", "source"), undefined);
  assertEquals(config.get(undefined, "store"), undefined);
});

Deno.test("a config may be empty, and a section may be written inline or dotted", () => {
  assertEquals(parseConfig("", "x").get("serve", "port"), undefined);
  assertEquals(parseConfig("# nothing\n", "x").get(undefined, "server"), undefined);
  assertEquals(parseConfig("serve = { port = 1 }", "x").get("serve", "port"), 1);
  assertEquals(parseConfig("serve.port = 1", "x").get("serve", "port"), 1);
});

Deno.test("what is not known is named with its place, and what was meant", () => {
  const cases: [string, string, string][] = [
    ["[serve]\nprot = 1\n", "line 2 (serve.prot)", "port"],
    ["[serve]\nport = 1\n[client]\nintervall = '1s'\n", "line 4 (client.intervall)", "interval"],
    ["[serve]\nmaxFrameBytes = '1MiB'\n", "line 2 (serve.maxFrameBytes)", "max_frame_bytes"],
    ["[serve]\n# prot = 1\n\n  prot=2\n", "line 4 (serve.prot)", "port"],
    ["\n[srve]\n", "line 2 (srve)", "serve"],
    ["  [ clinet ]\n", "line 1 (clinet)", "client"],
    ["sever = 'tcp://a:1'\n", "line 1 (sever)", "server"],
    ["[client]\nport = 1\n[serve]\nPort = 1\n", "line 4 (serve.Port)", "port"],
    ["[client]\r\nport = 1\r\n[serve]\r\nprot = 1\r\n", "line 4 (serve.prot)", "port"],
    ['["serve"]\n"prot" = 1\n', "line 2 (serve.prot)", "port"],
    ["[constructor]\nx = 1\n", "line 1 (constructor)", "convert"],
    ["[server]\nport = 1\n", "line 1 (server)", "serve"],
    ["store = 'a'\nserve.prot = 7\n", "line 2 (serve.prot)", "port"],
  ];
  for (const [text, place, meant] of cases) {
    const { message, hint, exitCode } = refused(text);
    assertEquals([message, exitCode], [`wagons.toml, ${place} is not known`, 2]);
    assertEquals(hint, `Did you mean ${meant}?`);
  }
});

Deno.test("a section that has no settings says so", () => {
  const { message, hint } = refused("[manifests]\nlimit = 5\n");
  assertEquals(message, "wagons.toml, line 2 (manifests.limit) is not known");
  assertEquals(hint, "This section has no settings of its own.");
});

Deno.test("a section is a table", () => {
  for (const text of ["serve = 5\n", "serve = []\n", "[[serve]]\nport = 1\n", "serve = 'x'\n"]) {
    assertMatch(
      refused(text).message,
      /^wagons\.toml(, line 1)? \(serve\): write it as a table, \[serve\]$/,
    );
  }
});

Deno.test("what is no TOML is told with what the parser says", () => {
  for (const text of ["[serve]\nport\n", "[serve]\nport = \n", "[serve]\nhost = 'a\n", "[serve"]) {
    const { message, cause } = refused(text);
    assertMatch(message, /^wagons\.toml is no valid TOML: .*on line \d/);
    assertEquals(cause instanceof SyntaxError, true);
  }
});

Deno.test("a place without a line of its own is named all the same", () => {
  const config = parseConfig("serve = { port = 1 }\n[client]\nport = 2\n", "dir/wagons.toml");
  assertEquals(config.place("serve", "port"), "dir/wagons.toml (serve.port)");
  assertEquals(config.place("client", "port"), "dir/wagons.toml, line 3 (client.port)");
  assertEquals(config.place(undefined, "server"), "dir/wagons.toml (server)");
});

Deno.test("the config is looked for in the working directory, then in the user's own", async () => {
  const dir = await Deno.makeTempDir({ prefix: "wagons-config-" });
  try {
    await Deno.mkdir(`${dir}/empty`);
    for (const place of ["here", "home/.config/wagons", "xdg/wagons"]) {
      await Deno.mkdir(`${dir}/${place}`, { recursive: true });
      await Deno.writeTextFile(`${dir}/${place}/wagons.toml`, `store = "${place}"`);
    }
    // The working directory belongs to the whole process, so each case needs one of its own.
    const code = `
      const { readConfig } = await import(Deno.args[0]);
      const [named, environment] = JSON.parse(Deno.args[1]);
      const config = readConfig(named ?? undefined, (name) => environment[name]);
      console.log(JSON.stringify(config?.get(undefined, "store") ?? null));
    `;
    const readIn = async (cwd: string, named: string | null, environment: object) => {
      const module = new URL("lib/config/file.ts", root).href;
      const config = ["--config", new URL("deno.json", root).pathname];
      const args = ["eval", ...config, code, module, JSON.stringify([named, environment])];
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args,
        cwd: `${dir}/${cwd}`,
      }).output();
      assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
      return JSON.parse(new TextDecoder().decode(stdout)) as string | null;
    };
    const [HOME, XDG_CONFIG_HOME] = [`${dir}/home`, `${dir}/xdg`];
    assertEquals(
      await Promise.all([
        readIn("here", null, { HOME, XDG_CONFIG_HOME }),
        readIn("empty", null, { HOME, XDG_CONFIG_HOME }),
        readIn("empty", null, { HOME, XDG_CONFIG_HOME: "" }),
        readIn("empty", null, { HOME: `${dir}/empty` }),
        readIn("empty", null, {}),
        readIn("here", `${dir}/xdg/wagons/wagons.toml`, { HOME }),
      ]),
      ["here", "xdg/wagons", "home/.config/wagons", null, null, "xdg/wagons"],
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
