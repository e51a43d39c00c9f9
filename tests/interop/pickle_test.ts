/** Pickles, held against CPython's own `pickle` and `pickletools`. */

import { assert, assertEquals } from "@std/assert";
import { pickleFormat } from "../../lib/formats/pickle.ts";
import type { Dictionary, Value } from "../../lib/formats/value.ts";
import { HOSTILE_PICKLES } from "../formats/hostile_pickles.ts";
import { randomDictionaries, tell, type Told } from "../helpers/dictionaries.ts";
import { pythonPeer, testWithPython } from "./python_chat.ts";
import { runProgram } from "./subprocess.ts";

interface Asked {
  read?: string[];
  write?: Told[];
  share?: Told[];
  ops?: string[];
}

interface Answer {
  read: Told[];
  written: string[][];
  shared: string[][];
  ops: string[][];
}

async function ask(asked: Asked): Promise<Answer> {
  const stdin = JSON.stringify({ read: [], write: [], share: [], ops: [], ...asked });
  const { code, stdout, stderr } = await runProgram(pythonPeer("pickles.py"), { stdin });
  assertEquals([code, stderr], [0, ""]);
  return JSON.parse(stdout);
}

function read(base64: string): Told {
  return tell(pickleFormat.read(Uint8Array.fromBase64(base64)));
}

/** Compares as text: a thousand times faster than to compare the values, which is done to show them. */
function assertTold(actual: Told, expected: Told): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) assertEquals(actual, expected);
}

testWithPython(
  "10,000 dictionaries that CPython pickles are read equal, in each protocol",
  async () => {
    const write = Array.from(randomDictionaries(10_000, 6), tell);
    const { written } = await ask({ write });
    let count = 0;
    for (const [i, pickles] of written.entries()) {
      for (const pickle of pickles) {
        assertTold(read(pickle), write[i]!);
        count++;
      }
    }
    assertEquals(count, 60_000);
  },
);

/** What peers/pickles.py makes of a value that stands at several places. */
function shared(value: Value): Dictionary {
  const pair = [value, "twice", value];
  return new Map<string, Value>([
    ["list", pair],
    ["tuple", [value, pair, "twice", []]],
    ["one", [value]],
    ["again", pair],
    ["twice", new Map()],
  ]);
}

testWithPython(
  "what stands at several places is read at each, with the whole memo and less",
  async () => {
    const values = [...randomDictionaries(1_000, 7)];
    const { shared: written } = await ask({ share: values.map(tell) });
    assertEquals(written.length, 2_000);
    for (const [i, pickles] of written.entries()) {
      const expected = tell(shared(values[i >> 1]!));
      assertEquals(pickles.length, 6);
      for (const pickle of pickles) assertTold(read(pickle), expected);
    }
  },
);

testWithPython("10,000 dictionaries that are pickled here are read equal by CPython", async () => {
  const dictionaries = [...randomDictionaries(10_000, 8)];
  const written = [2, 3, 4].flatMap((pickleProtocol) =>
    dictionaries.map((dictionary) => pickleFormat.write(dictionary, { pickleProtocol }).toBase64())
  );
  const { read } = await ask({ read: written });
  assertEquals(read.length, 30_000);
  for (const [i, told] of read.entries()) {
    assertTold(told, tell(dictionaries[i % dictionaries.length]!));
  }
});

testWithPython("large dictionaries are read equal, in both ways", async () => {
  const cities = new Map(Array.from({ length: 20_000 }, (_, i) => [`Новый Город ${i}`, i * 7]));
  const texts = new Map(["x", "é", "🚂"].map((unit) => [unit, unit.repeat(70_000)]));
  const list: Dictionary = new Map([["list", Array.from({ length: 20_000 }, (_, i) => i / 4)]]);
  const wholes = new Map([10n ** 4_299n, -(10n ** 4_299n)].map((n, i) => [`${i}`, n]));
  const all: Dictionary[] = [cities, texts, list, wholes];
  const write = all.map(tell);
  const ours = all.flatMap((dictionary) =>
    [2, 3, 4].map((pickleProtocol) => pickleFormat.write(dictionary, { pickleProtocol }).toBase64())
  );
  const answer = await ask({ write, read: ours });
  assertEquals([answer.read.length, answer.written.length], [12, 4]);
  for (const [i, told] of answer.read.entries()) assertTold(told, write[Math.floor(i / 3)]!);
  for (const [i, pickles] of answer.written.entries()) {
    for (const pickle of pickles) assertTold(read(pickle), write[i]!);
  }
});

testWithPython("hostile pickles have the opcodes that they are refused for", async () => {
  const named = HOSTILE_PICKLES.filter(({ opcode, make }) =>
    opcode !== undefined && make().length < 10_000
  );
  const { ops } = await ask({ ops: named.map(({ make }) => make().toBase64()) });
  for (const [i, { name, opcode }] of named.entries()) {
    assert(ops[i]!.includes(opcode!), `${name}: ${ops[i]}`);
  }
  assert(named.length > 80, `${named.length}`);
});
