import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { PERMISSIONS } from "../../scripts/build/permissions.ts";
import { test } from "../helpers/strict.ts";

test("TLS needs no more permissions than the program has", async () => {
  const script = fileURLToPath(new URL("../helpers/tls_once.ts", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...PERMISSIONS, script],
  }).output();
  const [texts, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(success, errors);
  const [first, second, third] = texts!.split("\n");
  assertEquals([first, second], ["Scanner 7 hello", "Scanner 7 hello"]);
  assert(third === "RefusedError" || third === "UsageError", third);
});
