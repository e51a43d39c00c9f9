/**
 * Flags over environment over wagons.toml.
 *
 * @module
 */

import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Resolved, resolveSettings } from "../../lib/config/resolve.ts";
import type { SectionName } from "../../lib/config/schema.ts";
import { UsageError } from "../../lib/errors.ts";

/** Calls `use` with a config file of that text. */
function withConfig<T>(text: string, use: (path: string) => T): T {
  const path = Deno.makeTempFileSync({ prefix: "wagons-", suffix: ".toml" });
  try {
    Deno.writeTextFileSync(path, text);
    return use(path);
  } finally {
    Deno.removeSync(path);
  }
}

interface Given {
  flags?: Record<string, unknown>;
  variables?: Record<string, string>;
  toml?: string;
}

/** Resolves from a config file that is named by --config, so that no other one is looked for. */
function resolve<S extends SectionName>(section: S, given: Given): Resolved<S> {
  const { flags = {}, variables = {}, toml = "" } = given;
  return withConfig(toml, (config) =>
    resolveSettings(section, {
      flags: { ...flags, config },
      variable: (name) => variables[name],
    }));
}

/** What is wrong with what was given, without the path of the temporary file. */
function wrong(section: SectionName, given: Given): string {
  const error = assertThrows(() => resolve(section, given), UsageError);
  assertEquals(error.exitCode, 2);
  return error.message.replace(/^\S*wagons-[^ ,]*\.toml/, "FILE");
}

Deno.test("nothing set is nothing", () => {
  const { settings, origin } = resolve("serve", {});
  assertEquals(settings, {});
  assertEquals(origin("port"), undefined);
});

Deno.test("every kind of value comes from each of the three places", () => {
  const expected = {
    server: { scheme: "tcp", host: "a", port: 1 },
    store: "x.db",
    listen: [{ scheme: "tcp", host: "a", port: 1 }, { scheme: "tcp", host: "b", port: 2 }],
    host: "::1",
    port: 0,
    maxConnections: 5,
    maxFrameBytes: 2048,
    frameTimeout: 5000,
    insecure: true,
    logLevel: "debug",
  };
  const asText = {
    server: "tcp://a:1",
    store: "x.db",
    listen: "tcp://a:1 tcp://b:2",
    host: "::1",
    port: "0",
    maxConnections: "5",
    maxFrameBytes: "2KiB",
    frameTimeout: "5s",
    insecure: "true",
    logLevel: "debug",
  };
  const fromFlags = resolve("serve", {
    flags: { ...asText, listen: ["tcp://a:1", "tcp://b:2"], insecure: true, debug: true },
  });
  const variables = Object.fromEntries(
    Object.entries(asText).map(([key, text]) => {
      const name = key.replace(/[A-Z]/g, "_$&").toUpperCase();
      return [`WAGONS_${key === "server" || key === "store" ? "" : "SERVE_"}${name}`, text];
    }),
  );
  const fromVariables = resolve("serve", { variables });
  const fromFile = resolve("serve", {
    toml: `
server = "tcp://a:1"
store = "x.db"
[serve]
listen = ["tcp://a:1", "tcp://b:2"]
host = "::1"
port = 0
max_connections = 5
max_frame_bytes = "2KiB"
frame_timeout = "5s"
insecure = true
log_level = "debug"
`,
  });
  for (const [rank, { settings, origin }] of [fromFile, fromVariables, fromFlags].entries()) {
    assertEquals<unknown>(settings, expected);
    for (const key of Object.keys(expected) as (keyof typeof expected)[]) {
      assertEquals(origin(key)?.rank, rank + 1, key);
    }
  }
  assertEquals(fromFlags.origin("maxFrameBytes")?.place, "--max-frame-bytes");
  assertEquals(fromVariables.origin("maxFrameBytes")?.place, "WAGONS_SERVE_MAX_FRAME_BYTES");
  assertEquals(fromVariables.origin("store")?.place, "WAGONS_STORE");
  assertMatch(
    fromFile.origin("maxFrameBytes")!.place,
    /wagons-.*\.toml, line 9 \(serve\.max_frame_bytes\)$/,
  );
});

Deno.test("a flag goes before a variable, and a variable before the file", () => {
  // A port for each place that sets one; the empty text is a variable that is set to nothing.
  const place = (texts: fc.Arbitrary<string>) => fc.option(texts, { nil: undefined });
  const number = fc.integer({ min: 0, max: 65535 }).map(String);
  const keys = fc.record({
    flag: place(number),
    variable: place(fc.oneof(number, fc.constant(""))),
    file: place(number),
  });
  fc.assert(
    fc.property(keys, keys, (port, maxSleeping) => {
      const given = { port, maxSleeping };
      const flags: Record<string, unknown> = {};
      const variables: Record<string, string> = {};
      let toml = "[serve]\n";
      const expected: Record<string, number> = {};
      const ranks: Record<string, number | undefined> = {};
      for (const [key, { flag, variable, file }] of Object.entries(given)) {
        const snake = key === "port" ? "port" : "max_sleeping";
        if (flag !== undefined) flags[key] = flag;
        if (variable !== undefined) variables[`WAGONS_SERVE_${snake.toUpperCase()}`] = variable;
        if (file !== undefined) toml += `${snake} = ${file}\n`;
        const first = flag ?? (variable === "" ? undefined : variable) ?? file;
        if (first !== undefined) expected[key] = Number(first);
        ranks[key] = flag !== undefined ? 3 : variable ? 2 : file !== undefined ? 1 : undefined;
      }
      const { settings, origin } = resolve("serve", { flags, variables, toml });
      assertEquals<unknown>(settings, expected);
      assertEquals(origin("port")?.rank, ranks.port);
      assertEquals(origin("maxSleeping")?.rank, ranks.maxSleeping);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a setting of one section is none of another", () => {
  const toml = "[serve]\nport = 1\n[client]\nport = 2\n";
  assertEquals(resolve("serve", { toml }).settings, { port: 1 });
  assertEquals(resolve("client", { toml }).settings, { port: 2 });
  assertEquals(resolve("send", { toml, variables: { WAGONS_SERVE_PORT: "3" } }).settings, {});
});

Deno.test("a wrong value is named with its place, wherever it stands", () => {
  assertEquals(
    wrong("serve", { flags: { port: "99999" } }),
    '--port: "99999" is no port: ports go from 0 to 65535',
  );
  assertEquals(
    wrong("client", { variables: { WAGONS_CLIENT_INTERVAL: "1" } }),
    'WAGONS_CLIENT_INTERVAL: "1" is no duration: write it like 100ms, 5s or 2m',
  );
  assertEquals(
    wrong("client", { variables: { WAGONS_SERVER: "host" } }),
    'WAGONS_SERVER: "host" is no endpoint. Write it as a URL, like tcp://127.0.0.1:7117.',
  );
  assertEquals(
    wrong("serve", { toml: "\n[serve]\nframe_timeout = 5\n" }),
    "FILE, line 3 (serve.frame_timeout): 5 is no duration: write it like 100ms, 5s or 2m",
  );
  assertEquals(wrong("serve", { toml: "store = ''\n" }), 'FILE, line 1 (store): "" is no path');
  assertEquals(
    wrong("serve", { toml: "[serve]\nmax_connections = nan\n" }),
    "FILE, line 2 (serve.max_connections): NaN is no whole number from 1 to 1000000",
  );
});

Deno.test("a wrong value in the file is told to every command, and even where a flag is set", () => {
  const toml = "[serve]\nport = 1\n[bench]\nin_flight = 0\n";
  const message = "FILE, line 4 (bench.in_flight): 0 is no whole number from 1 to 10000";
  const sections = ["serve", "client", "send", "manifests", "shutdown", "bench"] as const;
  for (const section of sections) assertEquals(wrong(section, { toml }), message);
  assertEquals(wrong("bench", { toml, flags: { inFlight: "5" } }), message);
  assertEquals(
    wrong("serve", { toml: "store = ''\n", flags: { store: "x.db" } }),
    'FILE, line 1 (store): "" is no path',
  );
});

Deno.test("a wrong value that another one goes before is not looked at, outside of the file", () => {
  const { settings } = resolve("serve", {
    flags: { port: "1" },
    variables: { WAGONS_SERVE_PORT: "no port", WAGONS_CLIENT_PORT: "neither" },
  });
  assertEquals(settings, { port: 1 });
});

Deno.test("the ends of each range are taken, and nothing beyond them", () => {
  const cases: [SectionName, string, string[], string[]][] = [
    ["client", "interval", ["10ms", "1s"], ["9ms", "1001ms"]],
    ["client", "reconnect", ["1s", "10s"], ["999ms", "10001ms"]],
    ["client", "port", ["1", "65535"], ["0", "65536"]],
    ["serve", "port", ["0", "65535"], ["65536"]],
    ["serve", "maxFrameBytes", ["1KiB", "64MiB"], ["1023B", "67108865B"]],
    ["serve", "maxSleeping", ["0", "1000000"], ["1000001"]],
    ["serve", "drainTimeout", ["0s", "1h"], ["3600001ms"]],
    ["serve", "tokenLife", ["1s", "24h"], ["999ms", "86400001ms"]],
    ["bench", "connections", ["1", "100000"], ["0", "100001"]],
    ["bench", "inFlight", ["1", "10000"], ["0", "10001"]],
  ];
  for (const [section, key, good, bad] of cases) {
    for (const value of good) resolve(section, { flags: { [key]: value } });
    for (const value of bad) {
      assertMatch(
        wrong(section, { flags: { [key]: value } }),
        /is no port|out of range|no whole number from/,
      );
    }
  }
});

Deno.test("the file is named by --config or else by WAGONS_CONFIG, and must be there", () => {
  withConfig("store = 'one'", (one) =>
    withConfig("store = 'two'", (two) => {
      const read = (flags: Record<string, unknown>, WAGONS_CONFIG: string) =>
        resolveSettings("send", {
          flags,
          variable: (name) => ({ WAGONS_CONFIG })[name],
        }).settings.store;
      assertEquals(read({ config: one }, two), "one");
      assertEquals(read({}, two), "two");
      const missing = `${one}.missing`;
      for (const [flags, name] of [[{ config: missing }, two], [{}, missing]] as const) {
        const error = assertThrows(() => read(flags, name), UsageError);
        assertMatch(error.message, /^Cannot read the config .*\.missing: /);
      }
    }));
});

Deno.test("a file that is no config is an error that names it", () => {
  assertMatch(wrong("send", { toml: "store" }), /^FILE is no valid TOML: /);
  assertEquals(wrong("send", { toml: "[sned]\n" }), "FILE, line 1 (sned) is not known");
  const dir = Deno.makeTempDirSync();
  try {
    assertThrows(
      () => resolveSettings("send", { flags: { config: dir }, variable: () => undefined }),
      UsageError,
      `Cannot read the config ${dir}: `,
    );
  } finally {
    Deno.removeSync(dir);
  }
});
