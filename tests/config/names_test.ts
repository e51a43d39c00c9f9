import { assertEquals } from "@std/assert";
import { flagName, tomlName, variableName } from "../../lib/config/names.ts";
import { COMMON, SECTIONS } from "../../lib/config/schema.ts";

Deno.test("a setting has three names", () => {
  const cases: [string | undefined, string, string, string, string][] = [
    [undefined, "server", "server", "--server", "WAGONS_SERVER"],
    ["serve", "port", "port", "--port", "WAGONS_SERVE_PORT"],
    [
      "serve",
      "maxFrameBytes",
      "max_frame_bytes",
      "--max-frame-bytes",
      "WAGONS_SERVE_MAX_FRAME_BYTES",
    ],
    ["bench", "warmUp", "warm_up", "--warm-up", "WAGONS_BENCH_WARM_UP"],
  ];
  for (const [section, key, toml, flag, variable] of cases) {
    assertEquals([tomlName(key), flagName(key), variableName(section, key)], [
      toml,
      flag,
      variable,
    ]);
  }
});

Deno.test("no two settings share a variable, nor a key of wagons.toml", () => {
  const variables = Object.keys(COMMON).map((key) => variableName(undefined, key));
  const topLevel = Object.keys(COMMON).map(tomlName).concat(Object.keys(SECTIONS));
  for (const [section, entries] of Object.entries(SECTIONS)) {
    const keys = Object.keys(entries);
    variables.push(...keys.map((key) => variableName(section, key)));
    assertEquals(new Set(keys.map(tomlName)).size, keys.length);
    // Flags have no section: a command could not tell such a key from a common one.
    for (const key of keys) assertEquals(key in COMMON, false, `${section}.${key}`);
  }
  assertEquals(new Set(variables).size, variables.length);
  assertEquals(new Set(topLevel).size, topLevel.length);
  // It names the file itself, so no setting can have it.
  assertEquals(variables.includes("WAGONS_CONFIG"), false);
});
