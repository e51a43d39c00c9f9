import { assertEquals, assertStringIncludes } from "@std/assert";
import { askByUdp } from "../../lib/discovery/ask_udp.ts";
import { Attempts } from "../../lib/discovery/attempts.ts";
import { handshakeQuestion } from "../../lib/discovery/handshake.ts";
import type { Sighting } from "../../lib/discovery/sighting.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { DatagramAnswers, handshakeToken } from "../helpers/token_answers.ts";

const KEY = new Uint8Array(32).fill(7);
const seal = new TokenSeal(KEY);
const address = "127.0.0.1";

/** Asks, until so many things have come of it. */
async function askUntil(
  count: number,
  targets: { address: string; port: number }[],
  from = address,
) {
  const enough = new AbortController();
  const sightings: Sighting[] = [];
  let seen = 0;
  const attempts = new class extends Attempts {
    override count(outcome: string): void {
      super.count(outcome);
      if (++seen === count) enough.abort();
    }
  }("test");
  await askByUdp(from, targets, attempts, {
    way: "broadcast",
    question: handshakeQuestion(seal, "me", "udp"),
    seal,
    timeoutMs: 60_000,
    signal: enough.signal,
    onSighting: (sighting) => sightings.push(sighting),
  });
  return { sightings, outcomes: Object.fromEntries(attempts.outcomes), notes: attempts.notes };
}

test("all who answer are found, each with its port", async () => {
  const token = (name: string) => handshakeToken(KEY, { id: sampleId(1), name });
  await using one = await DatagramAnswers.start(() => [token("one")]);
  await using second = await DatagramAnswers.start(
    (question) => seal.open(question).message.cmd === "handshake" ? [token("two")] : [],
    { hostname: "127.0.0.2" },
  );
  const { sightings } = await askUntil(2, [
    { address, port: one.port },
    { address: "127.0.0.2", port: second.port },
  ]);
  assertEquals(
    sightings.map(({ name, address, port, key, way }) => ({ name, address, port, key, way }))
      .sort((a, b) => a.name < b.name ? -1 : 1),
    [
      { name: "one", address, port: one.port, key: "opens", way: "broadcast" },
      { name: "two", address: "127.0.0.2", port: second.port, key: "opens", way: "broadcast" },
    ],
  );
});

test("junk is counted, and who sends it is no server", async () => {
  const junk = ["", "\x1b[2J", "x".repeat(60_000), "decode error"];
  await using server = await DatagramAnswers.start(() => junk);
  const { sightings, outcomes } = await askUntil(4, [{ address, port: server.port }]);
  assertEquals([sightings, outcomes], [[], { "answers of other programs": 4 }]);
});

test("a flood of answers is taken up to a bound", async () => {
  const token = handshakeToken(new Uint8Array(32).fill(8), { id: sampleId(1), name: "flood" });
  // What does not fit into the receiver's buffer is lost, so it goes on until the receiver has enough.
  const endless = { isEndless: true };
  await using server = await DatagramAnswers.start(() => Array<string>(50).fill(token), endless);
  const { sightings } = await askUntil(4096 + 1, [{ address, port: server.port }]);
  assertEquals(sightings.length, 4096);
});

test("an address of another machine cannot be sent from, and that is told", async () => {
  const { sightings, notes } = await askUntil(1, [{ address, port: 9 }], "203.0.113.1");
  assertEquals([sightings, notes.length], [[], 1]);
  assertStringIncludes(notes[0]!, "cannot send from 203.0.113.1: ");
});
