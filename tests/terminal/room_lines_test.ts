import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { colourOf, NAME_COLOURS } from "../../lib/terminal/name_colours.ts";
import { dateOf, RoomLines, timeOf } from "../../lib/terminal/room_lines.ts";
import type { Happening, RoomEvent } from "../../lib/wire/room_messages.ts";
import { test } from "../helpers/strict.ts";

/** A local time of a day in November. */
function at(day: number, hour: number, minute: number): number {
  return new Date(2026, 10, day, hour, minute, 7).getTime();
}

const NOW = at(26, 10, 15);

function event(what: Happening, atMs = NOW, name = "Анна"): RoomEvent {
  return { kind: "roomEvent", number: 1, atMs, name, dialect: "tcp", what };
}

const file = {
  kind: "fileInfo",
  id: "",
  name: "a\x1b[2Jb.jpg",
  size: 2_400_000,
  sha256: new Uint8Array(32),
  source: "",
  storedAtMs: 0,
  number: 1,
} as const;

test("each event is a line with its local time", () => {
  const lines = new RoomLines(false, NOW);
  const shown = [
    event({ type: "text", text: "привет" }),
    event({ type: "file", file }),
    event({ type: "came" }),
    event({ type: "left", reason: "closed the connection" }),
  ].flatMap((event) => lines.happened(event, 3));
  assertEquals(shown, [
    "10:15 Анна: привет",
    "10:15 Анна offers [3] a\\u{1b}[2Jb.jpg, 2.4 MB",
    "10:15 Анна came by tcp",
    "10:15 Анна left: closed the connection",
  ]);
  assertEquals(lines.said(NOW, "Боб", "и тебе"), ["10:15 Боб: и тебе"]);
  assertEquals(lines.offered(NOW, "Боб", "x.txt"), ["10:15 Боб offers x.txt"]);
});

test("the first line of another day comes with its date", () => {
  const lines = new RoomLines(false, NOW);
  const texts = [at(25, 23, 59), at(25, 23, 59), at(26, 0, 0), NOW].flatMap((atMs) =>
    lines.happened(event({ type: "text", text: "x" }, atMs, "A"))
  );
  assertEquals(texts, [
    "── 2026-11-25 ──",
    "23:59 A: x",
    "23:59 A: x",
    "── 2026-11-26 ──",
    "00:00 A: x",
    "10:15 A: x",
  ]);
  assertEquals([dateOf(NOW), timeOf(NOW), timeOf(NOW, true)], ["2026-11-26", "10:15", "10:15:07"]);
});

test("the further lines of a text cannot pass for other messages", () => {
  const lines = new RoomLines(false, NOW);
  const text = "x\n10:15 Bob: I never said that\n\n";
  assertEquals(lines.happened(event({ type: "text", text }, NOW, "A")), [
    "10:15 A: x",
    "      ┊ 10:15 Bob: I never said that",
    "      ┊ ",
    "      ┊ ",
  ]);
});

test("whatever others send, nothing of it steers the terminal", () => {
  const any = fc.string({ unit: "binary", maxLength: 30 });
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    any.map((text) => ({ type: "text" as const, text })),
    any.map((name) => ({ type: "file" as const, file: { ...file, name } })),
    any.map((reason) => ({ type: "left" as const, reason })),
  );
  fc.assert(
    fc.property(happening, any, fc.boolean(), (what, name, isColoured) => {
      const lines = new RoomLines(isColoured, NOW).happened(event(what, NOW, name), 1);
      for (const line of lines) {
        // deno-lint-ignore no-control-regex
        const shown = line.replace(/\x1b\[[\d;]*m/g, "");
        if (!isColoured) assertEquals(shown, line);
        assertEquals(/[^\P{Cc}\t]|[\u202A-\u202E\u2066-\u2069]/u.test(shown), false);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a name has always the same colour, which can be read on white and on black", () => {
  const steps = [0, 95, 135, 175, 215, 255];
  const luminance = (colour: number) => {
    const cube = colour - 16;
    const channels = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
    const [red, green, blue] = channels.map((channel) => {
      const value = steps[channel]! / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  for (const colour of NAME_COLOURS) {
    const light = luminance(colour) + 0.05;
    assert(1.05 / light >= 4 && light / 0.05 >= 4, `${colour}`);
  }
  assertEquals(new Set(NAME_COLOURS).size, NAME_COLOURS.length);
  assertEquals(colourOf("Анна"), colourOf("Анна"));
  const used = new Set(Array.from({ length: 1000 }, (_, i) => colourOf(`name ${i}`)));
  assertEquals(used.size, NAME_COLOURS.length);
  assertEquals(
    new RoomLines(true, NOW).happened(event({ type: "text", text: "x" })),
    [`\x1b[2m10:15\x1b[0m \x1b[38;5;${colourOf("Анна")}mАнна\x1b[0m: x`],
  );
});
