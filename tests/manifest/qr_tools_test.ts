/**
 * Codes of other programs are read here, and other programs read ours.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { QrCode } from "../../lib/manifest/qr_code.ts";
import { createQrReader } from "../../lib/manifest/qr_read.ts";
import { qrPng, qrTerminal } from "../../lib/manifest/qr_write.ts";
import { joinAppended } from "../../lib/manifest/structured_append.ts";

const MANIFEST = "Москва = 7\nКазань = 12\nНижний Новгород = 123\nСанкт-Петербург = 55\n";
const CITIES = "Чита Анапа Абакан Сочи Омск Уфа Пермь Самара Тула Орёл Тверь Рига Москва Казань " +
  "Брянск Псков Ейск Йошкар-Ола Элиста Якутск Грозный Сургут Томск Хабаровск Щёлково Минск Баку";

/** Ends the name of a test whose program is not there with the reason and what to do. */
async function needs(program: string, debianPackage: string) {
  const ignore = !await isThere(program);
  const why = ignore ? ` (skipped: no ${program}; apt-get install ${debianPackage})` : "";
  return { ignore, named: (name: string) => name + why };
}

async function isThere(program: string): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

async function run(program: string, args: string[], stdin = ""): Promise<string> {
  const child = new Deno.Command(program, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  assert(success, `${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "wagons-qr-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function read(path: string): Promise<QrCode[]> {
  const reader = await createQrReader();
  return await reader.read(await Deno.readFile(path));
}

const zbarimg = await needs("zbarimg", "zbar-tools");
const qrencode = await needs("qrencode", "qrencode");

Deno.test({
  name: zbarimg.named("zbarimg reads 500 random manifests as they were written"),
  ignore: zbarimg.ignore,
  async fn() {
    const name = fc.oneof(
      fc.constantFrom(...CITIES.split(" ")),
      fc.string({ unit: fc.constantFrom(..."АбвГДежСнопРстуЯ"), minLength: 2, maxLength: 9 }),
    );
    const line = fc.tuple(name, fc.nat(200)).map(([city, wagons]) => `${city} = ${wagons}\n`);
    const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join(""));
    const texts = fc.sample(text, 500);
    await withFolder(async (folder) => {
      const paths: string[] = [];
      for (const [at, text] of texts.entries()) {
        const path = `${folder}/${at}.png`;
        await Deno.writeFile(path, await qrPng(text, { scalePx: 3 }));
        paths.push(path);
      }
      const read = await run("zbarimg", ["-q", "--raw", ...paths]);
      assertEquals(read, texts.map((text) => `${text}\n`).join(""));
    });
  },
});

Deno.test({
  name: zbarimg.named("zbarimg reads one character, ASCII, other scripts, and the largest code"),
  ignore: zbarimg.ignore,
  async fn() {
    const cyrillic = "Ж".repeat(1475); // 2950 bytes: the header that says UTF-8 still fits
    const texts = ["7", "Ч", "a\\b~c", "北京 = 3\n", "München = 4\n", "🚃 = 5\n", cyrillic];
    await withFolder(async (folder) => {
      for (const text of texts) {
        const path = `${folder}/code.png`;
        await Deno.writeFile(path, await qrPng(text, { level: "L", scalePx: 3 }));
        assertEquals(await run("zbarimg", ["-q", "--raw", path]), `${text}\n`);
      }
    });
  },
});

Deno.test({
  name: qrencode.named("codes of qrencode are read, in every level"),
  ignore: qrencode.ignore,
  async fn() {
    await withFolder(async (folder) => {
      const path = `${folder}/code.png`;
      for (const text of ["7", "MOSKVA = 7", MANIFEST, "x".repeat(1200)]) {
        for (const level of ["L", "M", "Q", "H"]) {
          await run("qrencode", ["-8", "-l", level, "-o", path], text);
          assertEquals((await read(path)).map(({ text }) => text), [text]);
        }
      }
    });
  },
});

Deno.test({
  name: qrencode.named("a text that qrencode spread over several codes is put together"),
  ignore: qrencode.ignore,
  async fn() {
    for (const version of [1, 2, 3, 5]) {
      await withFolder(async (folder) => {
        // At most 16 parts of 10 bytes and more.
        const text = version === 1 ? "Чита = 97\nУфа = 8\n" : MANIFEST;
        const args = ["-8", "-S", "-v", String(version), "-l", "L", "-o", `${folder}/part.png`];
        await run("qrencode", args, text);
        const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
        assert(names.length > 1, `version ${version} made ${names.length} code`);
        const codes: QrCode[] = [];
        for (const name of names.toReversed()) codes.push(...await read(`${folder}/${name}`));
        assertEquals(codes.length, names.length);
        assert(codes.every(({ append }) => append?.count === names.length));
        const joined = joinAppended(codes);
        assertEquals(joined.codes.map(({ text }) => text), [text]);
        const [{ missing }, id] = [joinAppended(codes.slice(1)), codes[0]?.append?.id];
        const have = names.slice(1).map((_, index) => index);
        assertEquals(missing, [{ id: id ?? "", have, count: names.length }]);
      });
    }
  },
});

Deno.test({
  name: qrencode.named("in a terminal the code has the colours that qrencode gives it"),
  ignore: qrencode.ignore,
  async fn() {
    // Another program may choose another mask, but not another quiet zone or finder pattern.
    const theirs = (await run("qrencode", ["-t", "UTF8", "-m", "4", "-l", "M"], "A")).split("\n");
    const ours = (await qrTerminal("A")).split("\n");
    for (const row of [0, 1, 2, 3]) {
      assertEquals(ours[row]?.slice(0, 11), theirs[row]?.slice(0, 11));
    }
  },
});
