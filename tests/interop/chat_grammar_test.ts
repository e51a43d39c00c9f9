/** Names of files, encodings and times, held against Python's own `re`, codecs and `datetime`. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  announcedName,
  announcesFile,
  fileAnnouncement,
  formatChatTime,
  parseChatTime,
  saidText,
} from "../../lib/wire/chat_grammar.ts";
import { CHAT_ENCODINGS, chatEncoding } from "../../lib/wire/chat_text.ts";
import { nameLike } from "../wire/chat_arbitraries.ts";
import { pythonPeer, testWithPython } from "./python_chat.ts";
import { runProgram } from "./subprocess.ts";

interface Answer {
  matches: boolean[];
  names: string[];
  decoded: Record<string, number[]>;
  seconds: (number | null)[];
}

async function ask(
  asked: { messages?: string[]; encodings?: string[]; times?: string[] },
): Promise<Answer> {
  const stdin = JSON.stringify({ messages: [], encodings: [], times: [], ...asked });
  const { code, stdout, stderr } = await runProgram(pythonPeer("c_grammar.py"), { stdin });
  assertEquals([code, stderr], [0, ""]);
  return JSON.parse(stdout);
}

testWithPython("10,000 names are taken for files by Python and by us alike", async () => {
  const messages = fc.sample(nameLike, 10_000);
  const { matches, names } = await ask({ messages });
  for (const [i, message] of messages.entries()) {
    assertEquals(announcesFile(message), matches[i], JSON.stringify(message));
    if (matches[i]) assertEquals(announcedName(message), names[i]);
  }
  assert(matches.filter(Boolean).length > 1000, "names were among them");
});

testWithPython("what we announce is a file for Python, what we say is none", async () => {
  const texts = fc.sample(fc.oneof(nameLike, fc.string({ unit: "binary", maxLength: 60 })), 10_000);
  const announced = texts.map((text) => fileAnnouncement(text, "1a2b3c"));
  const { matches } = await ask({ messages: [...announced, ...texts.map(saidText)] });
  assertEquals(matches.slice(0, announced.length).filter((match) => !match), []);
  assertEquals(matches.slice(announced.length).filter((match) => match), []);
});

testWithPython("each character is in a name for Python as for us", async () => {
  const messages: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    // Those that Unicode has not given out here are given out in later versions, of either.
    if (/\P{Cn}/u.test(String.fromCodePoint(code)) && (code < 0xd800 || code > 0xdfff)) {
      messages.push(`ab.${String.fromCodePoint(code)}%`);
    }
  }
  const { matches } = await ask({ messages });
  const different = messages.filter((message, i) => announcesFile(message) !== matches[i]);
  // Letters that are newer than this Python: it does not take them, and we do.
  assertEquals(different.filter((message) => !announcesFile(message)), []);
  assert(different.length < messages.length / 20, `${different.length} are different`);
});

testWithPython(
  "a byte means the same character in Python, in each encoding of one byte",
  async () => {
    const encodings = CHAT_ENCODINGS.filter((name) => name !== "utf-8");
    const { decoded } = await ask({ encodings });
    assertEquals(Object.keys(decoded).length, 27);
    for (const name of encodings) {
      const encoding = chatEncoding(name)!;
      for (const [byte, code] of decoded[name]!.entries()) {
        if (code === -1) continue;
        const character = String.fromCodePoint(code);
        // Control characters of the upper half are not ours to send.
        if (/[\x80-\x9f]/.test(character) && name !== "latin-1") continue;
        assertEquals(encoding.decode(Uint8Array.of(byte)), character, name);
        assertEquals(encoding.encode(character), Uint8Array.of(byte), name);
      }
      // Whatever is sent, Python can read.
      const sent = encoding.encode(
        String.fromCharCode(...Array.from({ length: 65_000 }, (_, i) => i)),
      );
      assertEquals([...new Set(sent)].filter((byte) => decoded[name]![byte] === -1), [], name);
    }
  },
);

testWithPython("times are what Python's datetime makes of them", async () => {
  const seconds = fc.sample(fc.integer({ min: -2_000_000_000, max: 100_000_000_000 }), 2000);
  const wrong = ["30-02-2024 00:00:00", "01-13-2024 00:00:00", "01-01-2024 24:00:00", "now"];
  const times = [...seconds.map((time) => formatChatTime(time * 1000)), ...wrong];
  const answer = await ask({ times });
  assertEquals(answer.seconds, [...seconds, ...wrong.map(() => null)]);
  assertEquals(times.map(parseChatTime), [
    ...seconds.map((time) => time * 1000),
    ...wrong.map(() => undefined),
  ]);
});
