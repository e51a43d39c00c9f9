import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { ZXING_WASM_GZIP_BASE64 } from "../../lib/manifest/generated/zxing_wasm.ts";
import { qrPng } from "../../lib/manifest/qr_write.ts";
import { EMBEDDED, embedWasm, zxingWasm } from "../../scripts/embed_wasm.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("the embedded decoder is that of the package", async () => {
  const embedded = gunzipSync(Uint8Array.fromBase64(ZXING_WASM_GZIP_BASE64));
  assertEquals(embedded.compare(await zxingWasm()), 0);
  // What gzip makes of it may depend on the machine; all else is the same.
  const withoutData = (text: string) => text.replace(/`[^`]*`/, "``");
  const committed = await Deno.readTextFile(EMBEDDED);
  assertEquals(withoutData(committed), withoutData(await embedWasm()));
});

Deno.test("embedding twice gives the same text, a line at a time", async () => {
  const text = await embedWasm();
  assertEquals(text, await embedWasm());
  assert(text.split("\n").every((line) => line.length <= 100));
});

Deno.test("a bundle reads a picture without any permission but to see the file", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wagons-qr-" });
  try {
    const read = JSON.stringify(new URL("lib/manifest/qr_read.ts", ROOT).href);
    const program = [
      `import { createQrReader } from ${read};`,
      "const reader = await createQrReader();",
      "for (const path of Deno.args) {",
      "  console.log(JSON.stringify(await reader.read(await Deno.readFile(path))));",
      "}",
    ];
    await Deno.writeTextFile(`${folder}/main.ts`, program.join("\n"));
    const config = fileURLToPath(new URL("deno.json", ROOT));
    await deno([
      "bundle",
      "--quiet",
      "--config",
      config,
      "-o",
      `${folder}/out.js`,
      `${folder}/main.ts`,
    ]);

    const png = `${folder}/code.png`;
    await Deno.writeFile(png, await qrPng("Москва = 7\n"));
    const jsqr = `${folder}/jsqr.png`;
    await Deno.copyFile(new URL("tests/vectors/qr/jsqr.png", ROOT), jsqr);
    const options = ["--no-config", "--no-prompt", "--cached-only", `--allow-read=${folder}`];
    const lines = await deno(["run", ...options, `${folder}/out.js`, png, jsqr]);
    const codes = lines.trimEnd().split("\n").flatMap((line) => JSON.parse(line));
    assertEquals(codes.map(({ decoder }) => decoder), ["zxing", "jsqr"]);
    assertEquals(codes[0].text, "Москва = 7\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function deno(args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
