import { assert, assertEquals, assertRejects } from "@std/assert";
import { BadInputError, UsageError } from "../../lib/errors.ts";
import { sniffPicture } from "../../lib/manifest/picture.ts";
import { createQrReader } from "../../lib/manifest/qr_read.ts";
import {
  MAX_SCALE_PX,
  qrCapacityBytes,
  type QrLevel,
  qrPng,
  qrSvg,
  qrTerminal,
} from "../../lib/manifest/qr_write.ts";
import { type Grey, pngOf } from "./qr_pictures.ts";

const MANIFEST = "Москва = 7\nКазань = 12\n";
const CAPACITIES: [QrLevel, number][] = [["L", 2953], ["M", 2331], ["Q", 1663], ["H", 1273]];

async function textsIn(picture: Uint8Array): Promise<string[]> {
  const reader = await createQrReader();
  return (await reader.read(picture)).map(({ text }) => text);
}

/** Text of `bytes` bytes: Cyrillic, and a letter of ASCII where the number is odd. */
function cyrillic(bytes: number): string {
  return (bytes % 2 === 1 ? "x" : "") + "Ж".repeat(Math.floor(bytes / 2));
}

/** The `h` and `m` of a path of horizontal lines, each in the middle of its row, as modules. */
function rasterize(svg: string, scale: number): Grey {
  const side = Number(svg.match(/viewBox="0 0 (\d+) \1"/)?.[1]);
  const path = svg.match(/<path stroke="#000000" d="([^"]*)"/)?.[1];
  assert(path !== undefined && side > 0);
  const dark = new Set<number>();
  let x = 0, y = 0;
  for (const [, command, first = "", second] of path.matchAll(/([Mmh])([\d.]+)(?: ([\d.]+))?/g)) {
    if (command === "h") {
      const end = x + Number(first);
      for (; x < end; x++) dark.add(y * side + x);
      continue;
    }
    x = command === "M" ? Number(first) : x + Number(first);
    if (command === "M") y = Math.floor(Number(second));
  }
  const module = (pixel: number) => Math.floor(pixel / scale);
  return {
    width: side * scale,
    height: side * scale,
    at: (x, y) => dark.has(module(y) * side + module(x)) ? 0 : 255,
  };
}

/** What a terminal shows: each character is a cell of `scale` by twice `scale` pixels. */
function screen(lines: string, background: "dark" | "light", scale = 4): Grey {
  const rows = lines.split("\n").slice(0, -1).map((line) => [...line]);
  const width = rows[0]?.length ?? 0;
  assert(rows.every((row) => row.length === width));
  const drawn: Record<string, [boolean, boolean]> = {
    " ": [false, false],
    "▀": [true, false],
    "▄": [false, true],
    "█": [true, true],
  };
  const [ink, paper] = background === "dark" ? [230, 20] : [20, 250];
  return {
    width: width * scale,
    height: rows.length * 2 * scale,
    at(x, y) {
      const half = Math.floor(y / scale);
      const cell = drawn[rows[half >> 1]?.[Math.floor(x / scale)] ?? ""];
      assert(cell !== undefined);
      return cell[half & 1] ? ink : paper;
    },
  };
}

Deno.test("a PNG has the text, the scale and four modules of quiet zone", async () => {
  const png = await qrPng("A", { scalePx: 5 });
  assertEquals(sniffPicture(png), { format: "png", width: (21 + 8) * 5, height: (21 + 8) * 5 });
  assertEquals(await textsIn(png), ["A"]);
  assertEquals(sniffPicture(await qrPng("A"))?.width, (21 + 8) * 8);
  assertEquals(await textsIn(await qrPng(MANIFEST)), [MANIFEST]);
});

Deno.test("an SVG has the text and the size", async () => {
  for (const text of ["A", MANIFEST, "x".repeat(500)]) {
    const svg = await qrSvg(text, { level: "Q", scalePx: 6 });
    const grey = rasterize(svg, 3);
    assert(svg.includes(`width="${grey.width * 2}" height="${grey.width * 2}"`), svg.slice(0, 200));
    assertEquals(await textsIn(pngOf(grey)), [text]);
  }
});

Deno.test("a code in a terminal can be read, dark on light, on both backgrounds", async () => {
  for (const text of ["A", MANIFEST, MANIFEST.repeat(8)]) {
    for (const background of ["dark", "light"] as const) {
      const lines = await qrTerminal(text, { background });
      assertEquals(await textsIn(pngOf(screen(lines, background))), [text]);
      // On the other background the code is inverted, which this reader does not mind.
      const other = background === "dark" ? "light" : "dark";
      assertEquals(await textsIn(pngOf(screen(lines, other))), [text]);
    }
    assertEquals(await qrTerminal(text), await qrTerminal(text, { background: "dark" }));
  }
});

Deno.test("a code in a terminal has its quiet zone in the colour of light modules", async () => {
  const lines = (await qrTerminal("A")).split("\n");
  assertEquals(lines.slice(0, 2), ["█".repeat(29), "█".repeat(29)]);
  assert(lines.slice(0, -1).every((line) => line.startsWith("████") && line.endsWith("████")));
  const light = (await qrTerminal("A", { background: "light" })).split("\n");
  assertEquals(light.slice(0, 2), [" ".repeat(29), " ".repeat(29)]);
});

Deno.test("each level holds its capacity and one byte more is bad input", async () => {
  for (const [level, capacity] of CAPACITIES) {
    assertEquals(qrCapacityBytes(level), capacity);
    // The header that says UTF-8 fits up to two bytes below the capacity; ASCII needs none.
    for (const text of ["x".repeat(capacity), cyrillic(capacity), cyrillic(capacity - 2)]) {
      const png = await qrPng(text, { level, scalePx: 2 });
      assertEquals(sniffPicture(png)?.width, (177 + 8) * 2);
      assertEquals(await textsIn(png), [text]);
    }
    for (const text of ["x".repeat(capacity + 1), cyrillic(capacity + 1)]) {
      const error = await assertRejects(
        () => qrPng(text, { level }),
        BadInputError,
        `the text is ${capacity + 1} bytes, level ${level} holds ${capacity} at most`,
      );
      const hint = level === "L"
        ? "Split the text over several codes."
        : "Choose level L, which holds 2953.";
      assertEquals(error.hint, hint);
    }
  }
  const error = await assertRejects(() => qrSvg("x".repeat(2954), { level: "H" }), BadInputError);
  assertEquals(error.hint, "Split the text over several codes.");
});

Deno.test("an empty text is bad input", async () => {
  for (const write of [qrPng, qrSvg, qrTerminal]) {
    await assertRejects(() => write(""), BadInputError, "the text is empty");
  }
});

Deno.test("a scale out of range is a usage error, and the largest can be read", async () => {
  for (const scalePx of [0, -1, 1.5, MAX_SCALE_PX + 1, NaN, Infinity]) {
    for (const write of [qrPng, qrSvg]) {
      const error = await assertRejects(() => write("A", { scalePx }), UsageError);
      assertEquals(error.hint, `Choose a whole number from 1 to ${MAX_SCALE_PX}.`);
    }
  }
  assertEquals(await textsIn(await qrPng("A", { scalePx: MAX_SCALE_PX })), ["A"]);
  assertEquals(await textsIn(await qrPng(MANIFEST, { scalePx: 1 })), [MANIFEST]);
});
