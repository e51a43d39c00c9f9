import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../lib/errors.ts";
import { readKeyFile, writeKeyFile } from "../lib/key_file.ts";
import { formatKey } from "../lib/seal/key.ts";
import { test } from "./helpers/strict.ts";

const KEY = new Uint8Array(32).fill(7);
const isUnix = Deno.build.os !== "windows";

function testIn(
  name: string,
  fn: (folder: string) => void | Promise<void>,
  isSkipped = false,
): void {
  test(name, async () => {
    const folder = Deno.makeTempDirSync();
    try {
      await fn(folder);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }, { ignore: isSkipped });
}

function write(path: string, text: string, mode = 0o600): void {
  Deno.writeTextFileSync(path, text, { mode });
  if (isUnix) Deno.chmodSync(path, mode);
}

testIn("a key that was written is read, and only its owner may", async (folder) => {
  const path = `${folder}/key`;
  await writeKeyFile(path, KEY);
  assertEquals(readKeyFile(path), KEY);
  assertEquals(Deno.readTextFileSync(path), `${formatKey(KEY)}\n`);
  if (isUnix) assertEquals(Deno.statSync(path).mode! & 0o777, 0o600);
});

testIn("a file that is there is not written over", async (folder) => {
  const path = `${folder}/key`;
  write(path, "mine");
  const error = await assertRejects(() => writeKeyFile(path, KEY), UsageError, path);
  assertStringIncludes(error.hint!, "-o");
  assertEquals(Deno.readTextFileSync(path), "mine");
});

testIn("what cannot be written leaves nothing, and says why", async (folder) => {
  const write = () => writeKeyFile(`${folder}/none/key`, KEY);
  await assertRejects(write, UsageError, "no such folder");
  assertEquals([...Deno.readDirSync(folder)], []);
});

const others = isUnix ? "" : " (skipped: Windows has no such modes)";
testIn(
  `a file that others may read is refused, with the command that mends it${others}`,
  (folder) => {
    for (const mode of [0o640, 0o604, 0o644, 0o620, 0o602, 0o610, 0o601, 0o777]) {
      const path = `${folder}/my key's`;
      write(path, formatKey(KEY), mode);
      const error = assertThrows(() => readKeyFile(path), UsageError, path);
      assertStringIncludes(error.message, `0${mode.toString(8)}`);
      assertEquals(error.hint, `Mend it with: chmod 600 '${folder}/my key'\\''s'`);
    }
    const path = `${folder}/key`;
    for (const mode of [0o600, 0o400, 0o700]) {
      write(path, formatKey(KEY), 0o600);
      Deno.chmodSync(path, mode);
      assertEquals(readKeyFile(path), KEY, mode.toString(8));
      Deno.removeSync(path);
    }
  },
  !isUnix,
);

testIn("what is no key is refused without being shown", (folder) => {
  const path = `${folder}/key`;
  const secret = "correct-horse";
  for (
    const text of ["", secret, `${formatKey(KEY)} `, formatKey(KEY).repeat(2), secret.repeat(99)]
  ) {
    write(path, text);
    const error = assertThrows(() => readKeyFile(path), UsageError, path);
    const said = `${error.message} ${error.hint}`;
    assertEquals([secret, formatKey(KEY)].filter((part) => said.includes(part)), [], said);
  }
});

testIn("a folder, and a file that is not there, are named", (folder) => {
  assertThrows(() => readKeyFile(`${folder}/none`), UsageError, "there is no such file");
  assertThrows(() => readKeyFile(folder), UsageError, "it is a folder");
});
