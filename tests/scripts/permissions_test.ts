import { assert, assertEquals } from "@std/assert";
import { RUN_FLAGS } from "../../scripts/build/portable.ts";
import { ENVIRONMENT, PERMISSIONS } from "../../scripts/build/permissions.ts";

Deno.test("the program never gets the permission to start programs, load libraries or code", () => {
  for (const flags of [PERMISSIONS, RUN_FLAGS]) {
    assert(flags.includes("--no-prompt"));
    assertEquals(flags.filter((flag) => /^(-[A-Z]|--allow-(all|run|ffi|import))/.test(flag)), []);
  }
});

Deno.test("the list of environment variables is one flag that needs no quoting of commas", () => {
  for (const name of ENVIRONMENT) assert(/^[A-Z_]+\*?$/.test(name), name);
  assertEquals(new Set(ENVIRONMENT).size, ENVIRONMENT.length);
});
