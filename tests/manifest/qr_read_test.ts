import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
// @ts-types="../../lib/manifest/qr_encoder.d.ts"
import qrcode, { type ByteSegment, type ReadySegment } from "qrcode";
import { BadInputError } from "../../lib/errors.ts";
import type { QrCode } from "../../lib/manifest/qr_code.ts";
import { createQrReader } from "../../lib/manifest/qr_read.ts";
import { type QrLevel, qrPng } from "../../lib/manifest/qr_write.ts";
import { codeOf, inverted, placed, pngHeader, pngOf, turned } from "./qr_pictures.ts";

const MANIFEST = "Москва = 7\nКазань = 12\n";
const VECTORS = new URL("../vectors/qr/", import.meta.url);

async function read(picture: Uint8Array): Promise<QrCode[]> {
  const reader = await createQrReader();
  return await reader.read(picture);
}

async function textsIn(picture: Uint8Array): Promise<string[]> {
  return (await read(picture)).map(({ text }) => text);
}

/** The codes, or the message when the picture is bad input; any other error fails the test. */
async function outcome(picture: Uint8Array): Promise<string[] | string> {
  try {
    return await textsIn(picture);
  } catch (error) {
    if (error instanceof BadInputError) return error.message;
    throw error;
  }
}

async function pngOfSegments(segments: (ByteSegment | ReadySegment)[]): Promise<Uint8Array> {
  const png = await qrcode.toBuffer(segments, { errorCorrectionLevel: "M", margin: 4, scale: 3 });
  return new Uint8Array(png);
}

Deno.test("what is written is read: any text, any level", async () => {
  const city = fc.string({
    unit: fc.constantFrom(..."АБЧаичтёйзаAbc '-"),
    minLength: 1,
    maxLength: 12,
    size: "max",
  });
  const line = fc.tuple(city, fc.nat()).map(([city, wagons]) => `${city} = ${wagons}\n`);
  const manifest = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join(""));
  // A byte order mark at the beginning is not part of the text.
  const any = fc.string({ unit: "binary", minLength: 1, maxLength: 30, size: "max" })
    .filter((text) => !text.startsWith("\ufeff"));
  const level = fc.constantFrom<QrLevel>("L", "M", "Q", "H");
  const reader = await createQrReader();
  await fc.assert(
    fc.asyncProperty(fc.oneof(manifest, any), level, async (text, level) => {
      const codes = await reader.read(await qrPng(text, { level, scalePx: 2 }));
      assertEquals(codes, [{ text, bytes: new TextEncoder().encode(text), decoder: "zxing" }]);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a code is read inverted, and turned by 90, 180 and 270 degrees", async () => {
  let code = await codeOf(MANIFEST);
  for (let turns = 0; turns < 4; turns++) {
    assertEquals(await textsIn(pngOf(code)), [MANIFEST]);
    assertEquals(await textsIn(pngOf(inverted(code))), [MANIFEST]);
    code = turned(code);
  }
});

Deno.test("codes in black on nothing are read", async () => {
  const code = await codeOf(MANIFEST);
  const both = placed({ width: 2 * code.width, height: code.height }, [
    { grey: code, left: 0, top: 0 },
    { grey: await codeOf("A"), left: code.width, top: 0 },
  ]);
  const png = pngOf({ ...both, at: () => 0 }, { alphaAt: (x, y) => 255 - both.at(x, y) });
  const codes = await read(png);
  assertEquals(codes.map(({ text }) => text), [MANIFEST, "A"]);
  assert(codes.every(({ decoder }) => decoder === "zxing"));
});

Deno.test("the codes of a picture come in reading order, each once", async () => {
  const [a, b, c] = [await codeOf("a"), await codeOf("b"), await codeOf("c")];
  // Held a little askew, as a picture by hand: the right one of a row lies higher.
  const picture = placed({ width: 420, height: 420 }, [
    { grey: c, left: 20, top: 180 },
    { grey: b, left: 160, top: 10 },
    { grey: a, left: 10, top: 30 },
    { grey: a, left: 150, top: 170 },
    { grey: c, left: 290, top: 0 },
  ]);
  assertEquals(await textsIn(pngOf(picture)), ["a", "b", "c"]);
});

Deno.test("bytes without a charset are UTF-8 where they can be, otherwise what is likely", async () => {
  const utf8 = new TextEncoder().encode("Чита = 97\n");
  assertEquals(await textsIn(await pngOfSegments([{ mode: "byte", data: utf8 }])), ["Чита = 97\n"]);
  const latin1 = Uint8Array.from("Orléans = 5", (char) => char.charCodeAt(0));
  const [code] = await read(await pngOfSegments([{ mode: "byte", data: latin1 }]));
  assertEquals(code, { text: "Orléans = 5", bytes: latin1, decoder: "zxing" });
});

Deno.test("a byte order mark at the beginning is left out of the text", async () => {
  const bytes = new TextEncoder().encode("\ufeffUfa = 1");
  assertEquals(await textsIn(await pngOfSegments([{ mode: "byte", data: bytes }])), ["Ufa = 1"]);
  assertEquals(await textsIn(await qrPng("\ufeffUfa = 1")), ["Ufa = 1"]);
});

Deno.test("a code that names its charset is read in it, though the bytes could be UTF-8", async () => {
  const bytes = new TextEncoder().encode("Ч"); // D0 A7, in Windows-1251 "Р§"
  const segments: ReadySegment[] = [
    {
      mode: { bit: 7, ccBits: [8, 8, 8] },
      getLength: () => 22,
      getBitsLength: () => 0,
      write() {},
    },
    {
      mode: { bit: 4, ccBits: [8, 16, 16] },
      getLength: () => bytes.length,
      getBitsLength: () => 8 * bytes.length,
      write: (buffer) => bytes.forEach((byte) => buffer.put(byte, 8)),
    },
  ];
  Object.defineProperty(segments, "reduce", { value: () => segments });
  assertEquals(await textsIn(await pngOfSegments(segments)), ["Р§"]);
});

Deno.test("pictures that need each of the attempts are read", async () => {
  let count = 0;
  for await (const { name } of Deno.readDir(VECTORS)) {
    if (!name.endsWith(".txt")) continue;
    const base = name.replace(/\.txt$/, "");
    const file = base === "jsqr" ? "jsqr.png" : `${base}.jpg`;
    const text = await Deno.readTextFile(new URL(name, VECTORS));
    const codes = await read(await Deno.readFile(new URL(file, VECTORS)));
    assertEquals(codes.map(({ text }) => text), [text], file);
    assertEquals(codes[0]?.decoder, base === "jsqr" ? "jsqr" : "zxing");
    count++;
  }
  assertEquals(count, 5);
});

Deno.test("a JPEG that breaks the decoder is bad input, and the next picture is read", async () => {
  const trap = await Deno.readFile(new URL("trap.jpg", VECTORS));
  const reader = await createQrReader();
  for (let times = 0; times < 3; times++) {
    const error = await assertRejects(
      () => reader.read(trap),
      BadInputError,
      "the decoder failed on it",
    );
    assert(error.cause instanceof WebAssembly.RuntimeError);
    assertEquals((await reader.read(await qrPng("A")))[0]?.text, "A");
  }
});

Deno.test("a picture without a code gives none", async () => {
  const white = { width: 120, height: 90, at: () => 255 };
  assertEquals(await read(pngOf(white)), []);
  assertEquals(await read(pngOf({ ...white, at: (x, y) => (x * 7 + y * y) & 255 })), []);
  assertEquals(await read(pngOf({ ...white, at: () => 0 }, { alphaAt: () => 0 })), []);
});

Deno.test("what is no picture is bad input", async () => {
  const text = new TextEncoder().encode(MANIFEST);
  assertEquals(await outcome(new Uint8Array()), "Cannot read the picture: the file is empty");
  assertEquals(await outcome(text), "Cannot read the picture: it is neither PNG nor JPEG");
});

Deno.test("a picture of too many pixels is refused by its header alone", async () => {
  assertEquals(
    await outcome(pngHeader(20_000, 20_000)),
    "Cannot read the picture: 20000 x 20000 is 400 million pixels, the limit is 64 million",
  );
});

Deno.test("a PNG cut off at every fiftieth of its length is bad input", async () => {
  const png = await qrPng(MANIFEST);
  for (let part = 1; part < 50; part++) {
    const cut = png.subarray(0, Math.floor(png.length * part / 50));
    const message = await outcome(cut);
    assert(typeof message === "string", `${part}/50: ${message}`);
    assert(message.includes("the PNG is cut off"), message);
  }
});

Deno.test("a JPEG cut off at every fiftieth of its length is bad input or still readable", async () => {
  const jpeg = await Deno.readFile(new URL("plain.jpg", VECTORS));
  const text = await Deno.readTextFile(new URL("plain.txt", VECTORS));
  let readable = 0;
  for (let part = 1; part < 50; part++) {
    const result = await outcome(jpeg.subarray(0, Math.floor(jpeg.length * part / 50)));
    if (typeof result === "string") {
      assert(result.includes("cut off"), `${part}/50: ${result}`);
    } else {
      assertEquals(result, [text]);
      readable++;
    }
  }
  assert(readable < 25, `${readable} of 49 were read`);
});

Deno.test("a damaged picture gives its codes, none, or bad input", async () => {
  const png = await qrPng("Ufa = 1", { scalePx: 2 });
  const jpeg = new Uint8Array(await Deno.readFile(new URL("plain.jpg", VECTORS)));
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(png, jpeg), changes, async (picture, edits) => {
      const damaged = picture.slice();
      // Behind the headers, whose sizes would only make the pictures large and slow.
      const body = Math.floor(picture.length / 3);
      for (const [at, value] of edits) damaged[body + at % (picture.length - body)] = value;
      await outcome(damaged);
    }),
    { numRuns: 1000 },
  );
});
