/**
 * The generated code in the tree is what the generator makes of proto/wagons.proto.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { generate, GENERATED } from "../../scripts/gen.ts";

/**
 * What keeps the generator from running, or `undefined`. It comes from the npm registry, which not
 * every machine reaches; CI does, so there it is never skipped.
 */
async function findMissing(): Promise<string | undefined> {
  if (Deno.env.get("CI")) return undefined;
  const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
  const args = ["view", "protobufjs-cli", "name", "--fetch-retries=0", "--fetch-timeout=5000"];
  try {
    const { success } = await new Deno.Command(npm, { args, stdout: "null", stderr: "null" })
      .output();
    return success ? undefined : "npm does not reach its registry: try npm view protobufjs-cli";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "there is no npm: install Node";
    throw error;
  }
}

const missing = await findMissing();

Deno.test({
  name: "the generated code is what deno task gen makes" +
    (missing === undefined ? "" : ` (skipped: ${missing})`),
  ignore: missing !== undefined,
  async fn() {
    const made = await generate();
    const committed = Array.from(Deno.readDirSync(GENERATED), ({ name }) => name);
    assertEquals(committed.sort(), [...made.keys()].sort());
    for (const [name, text] of made) {
      const isSame = await Deno.readTextFile(new URL(name, GENERATED)) === text;
      assertEquals(isSame, true, `lib/wire/generated/${name} is stale: run deno task gen`);
    }
  },
});
