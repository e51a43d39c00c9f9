/**
 * What `--help` says of each command.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { COMMANDS } from "../../lib/commands/mod.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import { test } from "../helpers/strict.ts";
import { Workspace } from "./workspace.ts";

test("help: servers tell each URL that they take, and no command speaks of a system by a letter", async () => {
  await using space = new Workspace();
  for (const { name } of COMMANDS) {
    const { code, stdout } = await space.run([name, "--help"]);
    assertEquals(code, 0, name);
    assert(!/system [A-Z]\b/i.test(stdout), name);
    if (name !== "serve") continue;
    for (const scheme of LISTENERS.keys()) {
      assertMatch(stdout, new RegExp(`^  ${scheme}://HOST:[0-9]+ +[a-z]`, "m"));
    }
  }
});
