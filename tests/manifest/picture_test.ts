import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { BadInputError } from "../../lib/errors.ts";
import { MAX_PICTURE_PIXELS } from "../../lib/limits/manifests.ts";
import { checkPictureSize, pictureDamage, sniffPicture } from "../../lib/manifest/picture.ts";
import { concat, pngHeader, pngOf } from "./qr_pictures.ts";

const WHITE = { width: 7, height: 5, at: () => 255 };

/** SOI, one APP1 with a thumbnail's end in it, and a frame header of the given kind. */
function jpegHeader(width: number, height: number, sof = 0xc0): Uint8Array {
  const app1 = [0xff, 0xe1, 0x00, 0x06, 0xff, 0xd9, 0x00, 0x00];
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  const frame = [0xff, sof, 0x00, 0x0b, 8, ...size, 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...app1, ...frame]);
}

Deno.test("a PNG tells its size", () => {
  assertEquals(sniffPicture(pngOf(WHITE)), { format: "png", width: 7, height: 5 });
  // The header is enough.
  assertEquals(sniffPicture(pngHeader(20_000, 3)), { format: "png", width: 20_000, height: 3 });
});

Deno.test("a JPEG tells its size, whatever its kind of frame", () => {
  const sofs = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15].map((n) => 0xc0 + n);
  for (const sof of sofs) {
    const expected = { format: "jpeg", width: 4000, height: 300 } as const;
    assertEquals(sniffPicture(jpegHeader(4000, 300, sof)), expected);
  }
});

Deno.test("fill bytes and padding between the segments of a JPEG are passed over", () => {
  const jpeg = jpegHeader(31, 17);
  const padded = concat(jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xff), jpeg.subarray(2, 10));
  const file = concat(padded, Uint8Array.of(0, 0, 0xff), jpeg.subarray(10));
  assertEquals(sniffPicture(file), { format: "jpeg", width: 31, height: 17 });
});

Deno.test("what is no picture gives undefined", () => {
  const texts = ["", "M", "Moscow = 7\n", "GIF89a", "RIFF    WEBP", "%PDF-1.7", "PNG"];
  for (const text of texts) assertEquals(sniffPicture(new TextEncoder().encode(text)), undefined);
  assertEquals(sniffPicture(Uint8Array.of(0xff, 0xd8, 0x00)), undefined);
});

Deno.test("a picture with a damaged header is bad input, with the reason", () => {
  const png = pngOf(WHITE);
  const cases: [Uint8Array, string][] = [
    [png.subarray(0, 4), "cut off in its header, after 4 bytes"],
    [png.subarray(0, 32), "cut off in its header, after 32 bytes"],
    // Line ends changed on the way, which the signature is made to show.
    [concat(png.subarray(0, 4), png.subarray(5)), "the header of the PNG is damaged"],
    [png.with(17, 9), "the header of the PNG is damaged"],
    [pngHeader(0, 5), "the PNG says that it is 0 x 5 pixels"],
    [jpegHeader(0, 5), "the JPEG says that it is 0 x 5 pixels"],
    [Uint8Array.of(0xff, 0xd8), "no frame header in its 2 bytes"],
    [jpegHeader(8, 8).subarray(0, 14), "no frame header in its 14 bytes"],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), "no frame header in its 4 bytes"],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 8), "no frame header in its 6 bytes"],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 1), "no frame header in its 6 bytes"],
  ];
  for (const [bytes, reason] of cases) {
    const error = assertThrows(() => sniffPicture(bytes), BadInputError, reason);
    assertEquals(error.hint, "Copy the file again, or take the picture again.");
  }
});

Deno.test("a picture of too many pixels is bad input, with the size and the limit", () => {
  const error = assertThrows(
    () => checkPictureSize({ format: "png", width: 20_000, height: 20_000 }),
    BadInputError,
    "20000 x 20000 is 400 million pixels, the limit is 64 million",
  );
  assertEquals(error.hint, "Scale it down or cut out the part with the code.");
  checkPictureSize({ format: "png", width: MAX_PICTURE_PIXELS, height: 1 });
  assertThrows(
    () => checkPictureSize({ format: "png", width: MAX_PICTURE_PIXELS + 1, height: 1 }),
    BadInputError,
    "is 64.1 million pixels",
  );
});

Deno.test("a PNG cut off anywhere after its header, or with a byte changed, shows it", () => {
  const png = pngOf(WHITE);
  assertEquals(pictureDamage(png, "png"), undefined);
  assertEquals(pictureDamage(concat(png, Uint8Array.of(1, 2, 3)), "png"), undefined);
  for (let length = 33; length < png.length; length++) {
    const reason = `the PNG is cut off after ${length} bytes`;
    assertEquals(pictureDamage(png.subarray(0, length), "png"), reason);
  }
  const changed = png.with(45, (png[45] ?? 0) ^ 1);
  assertEquals(pictureDamage(changed, "png"), "the PNG is damaged in the chunk at byte 33");
});

Deno.test("a JPEG without an end after its frame shows it", () => {
  const jpeg = jpegHeader(8, 8);
  const end = Uint8Array.of(1, 2, 0xff, 0xd9);
  assertEquals(pictureDamage(concat(jpeg, end), "jpeg"), undefined);
  assertEquals(pictureDamage(concat(jpeg, end, Uint8Array.of(0xd9)), "jpeg"), undefined);
  assertEquals(pictureDamage(jpeg, "jpeg"), `the JPEG is cut off after ${jpeg.length} bytes`);
});

Deno.test("whatever the bytes, the answer is a size, nothing, or bad input", () => {
  const seeds = fc.constantFrom(pngOf(WHITE), jpegHeader(640, 480), jpegHeader(1, 1, 0xc2));
  const changes = fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 6 });
  const changed = fc.tuple(seeds, changes, fc.nat(100)).map(([seed, edits, length]) => {
    const bytes = seed.slice();
    for (const [at, value] of edits) bytes[at] = value;
    return bytes.subarray(0, length);
  });
  const starts = fc.constantFrom([0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], []);
  const random = fc.tuple(starts, fc.uint8Array({ maxLength: 200, size: "max" }))
    .map(([start, rest]) => Uint8Array.from([...start, ...rest]));
  fc.assert(
    fc.property(fc.oneof(changed, random), (bytes) => {
      try {
        const info = sniffPicture(bytes);
        if (info === undefined) return true;
        pictureDamage(bytes, info.format);
        return info.width > 0 && info.height > 0;
      } catch (error) {
        return error instanceof BadInputError;
      }
    }),
    { numRuns: 5000 },
  );
});
