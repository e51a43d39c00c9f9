import { assertEquals } from "@std/assert";
import type { SessionEvent } from "../../lib/client/room_session.ts";
import { refused } from "../../lib/client/failures.ts";
import { ChatPrinter } from "../../lib/commands/chat_printer.ts";
import { OfferedFiles } from "../../lib/commands/offered_files.ts";
import { UnreachableError } from "../../lib/errors.ts";
import { MAX_OFFERED_FILES } from "../../lib/limits/client.ts";
import { type OutputStream, Ui } from "../../lib/ui.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import type { Happening } from "../../lib/wire/room_messages.ts";
import { test } from "../helpers/strict.ts";

class Written implements OutputStream {
  text = "";
  writeSync(bytes: Uint8Array): number {
    this.text += new TextDecoder().decode(bytes);
    return bytes.length;
  }
  isTerminal(): boolean {
    return false;
  }
}

/** What is printed of an event: to stdout and to stderr. */
function printed(event: SessionEvent, json: boolean): [string, string] {
  return printedAll([event], json);
}

function printedAll(events: SessionEvent[], json: boolean): [string, string] {
  const [out, err] = [new Written(), new Written()];
  const printer = new ChatPrinter(new Ui({ json }, out, err, true));
  for (const event of events) printer.event(event);
  return [out.text, err.text];
}

const FILE: FileInfo = {
  kind: "fileInfo",
  id: "f",
  name: "a\x07b.jpg",
  size: 1500,
  sha256: new Uint8Array(32).fill(0xab),
  source: "Ann",
  storedAtMs: 0,
  number: 1,
};
const AT = new Date(2026, 10, 26, 9, 5, 3).getTime();

function happened(what: Happening, number = 7): SessionEvent {
  const event = { kind: "roomEvent", number, atMs: AT, name: "A\x1b", dialect: "tcp" } as const;
  return { event: "happened", what: { ...event, ...(number > 0 ? { id: "i" } : {}), what } };
}

const SAYING = { id: "s", text: "hi" };
const error = new UnreachableError("It is\x1b gone");

test("each event is a line for a person, and nothing of it steers the terminal", () => {
  const time = "2026-11-26 09:05:03 A\\u{1b}";
  const cases: [SessionEvent, string, string][] = [
    [happened({ type: "text", text: "a\nb\tc" }), `${time}: a\\u{a}b\tc\n`, ""],
    [happened({ type: "file", file: FILE }), `${time} offers a\\u{7}b.jpg, 1.5 kB\n`, ""],
    [happened({ type: "came" }, 0), `${time} came by tcp\n`, ""],
    [happened({ type: "left", reason: "quit" }, 0), `${time} left: quit\n`, ""],
    [{ event: "joined", url: "tcp://h:1", name: "Bob" }, "", "in the room of tcp://h:1 as Bob\n"],
    [{ event: "lost", error, waitMs: 9 }, "", "warning: It is\\u{1b} gone; trying again\n"],
    [{ event: "failed", error, waitMs: 9 }, "", "warning: It is\\u{1b} gone; trying again\n"],
    [
      { event: "missed", count: 1 },
      "",
      "warning: 1 message that came meanwhile is not kept any more\n",
    ],
    [
      { event: "missed", count: 2 },
      "",
      "warning: 2 messages that came meanwhile are not kept any more\n",
    ],
    [{ event: "said", saying: SAYING }, "", ""],
  ];
  for (const [event, out, err] of cases) assertEquals(printed(event, false), [out, err]);
});

test("a person hears once why a try fails, however often it is tried, and a program each time", () => {
  const failed: SessionEvent = { event: "failed", error, waitMs: 9 };
  const other = { ...failed, error: new UnreachableError("Nobody is there.") };
  const joined: SessionEvent = { event: "joined", url: "tcp://h:1", name: "Bob" };
  const events = [failed, failed, other, other, joined, other, failed];
  const [gone, nobody] = ["It is\\u{1b} gone", "Nobody is there"].map((why) =>
    `warning: ${why}; trying again\n`
  );
  const inRoom = "in the room of tcp://h:1 as Bob\n";
  const [, err] = printedAll(events, false);
  assertEquals(err, [gone, nobody, inRoom, nobody, gone].join(""));
  const [out] = printedAll(events, true);
  assertEquals(out.trim().split("\n").length, events.length);
});

test("each event is an object for a program", () => {
  const at = new Date(AT).toISOString();
  const common = { number: 7, at, name: "A\x1b", dialect: "tcp" };
  const file = { id: "f", name: "a\x07b.jpg", size: 1500, sha256: "ab".repeat(32) };
  const refusal = refused("tcp://h:1", RefusalCode.tooLarge, "Too long.");
  const cases: [SessionEvent, Record<string, unknown>][] = [
    [happened({ type: "text", text: "a\nb" }), { type: "text", ...common, id: "i", text: "a\nb" }],
    [happened({ type: "file", file: FILE }), { type: "file", ...common, id: "i", file }],
    [happened({ type: "came" }, 0), { type: "came", ...common, number: null }],
    [
      happened({ type: "left", reason: "quit" }, 0),
      { type: "left", ...common, number: null, reason: "quit" },
    ],
    [{ event: "joined", url: "tcp://h:1", name: "B" }, {
      type: "joined",
      url: "tcp://h:1",
      name: "B",
    }],
    [
      { event: "lost", error, waitMs: 1000 },
      { type: "lost", reason: error.message, retryMs: 1000 },
    ],
    [{ event: "missed", count: 3 }, { type: "missed", count: 3 }],
    [{ event: "gap", why: "noHistory" }, { type: "missed", count: null }],
    [{ event: "gap", why: "otherRoom" }, { type: "missed", count: null }],
    [{ event: "gap", why: "refused", error: refusal }, { type: "missed", count: null }],
    [{ event: "said", saying: SAYING }, { type: "receipt", ...SAYING }],
    [
      { event: "refused", saying: SAYING, error: refusal },
      { type: "refused", ...SAYING, reason: "tcp://h:1 refuses: Too long." },
    ],
  ];
  for (const [event, object] of cases) {
    const [out] = printed(event, true);
    assertEquals(JSON.parse(out), object);
    assertEquals(out.split("\n").length, 2, "one line");
  }
});

test("files are numbered as they come, and the oldest of too many is forgotten", () => {
  const files = new OfferedFiles();
  for (let i = 1; i <= MAX_OFFERED_FILES + 2; i++) {
    assertEquals(files.add({ ...FILE, id: `${i}` }), i);
  }
  assertEquals([files.get(2), files.get(3)?.id, files.get(0)], [undefined, "3", undefined]);
});
