import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { WebSocketWatch } from "../../lib/wire/websocket_watch.ts";
import { concat } from "../helpers/raw_client.ts";
import { frame, frameHeader, Opcode } from "../helpers/websocket_client.ts";
import { test } from "../helpers/strict.ts";

/** What a watch says. */
function stateOf(watch: WebSocketWatch): [boolean, number, number] {
  return [watch.isMidMessage, watch.pendingBytes, watch.wholeCount];
}

function seen(...parts: Uint8Array[]): [boolean, number, number] {
  const watch = new WebSocketWatch();
  for (const part of parts) watch.take(part);
  return stateOf(watch);
}

const bytes = (length: number) => new Uint8Array(length).fill(65);

for (const length of [0, 1, 125, 126, 127, 65535, 65536, 100_000]) {
  test(`a message of ${length} bytes is whole when its last byte is there`, () => {
    const whole = frame(Opcode.text, bytes(length));
    assertEquals(seen(whole), [false, 0, 1]);
    const cut = whole.length - 1;
    assertEquals(seen(whole.subarray(0, cut)), [true, cut, 0]);
  });
}

test("a message in fragments is whole with the last one", () => {
  const parts = [
    frame(Opcode.text, bytes(10), false),
    frame(Opcode.ping, bytes(3)),
    frame(Opcode.more, bytes(0), false),
    frame(Opcode.more, bytes(7)),
  ];
  const watch = new WebSocketWatch();
  const states = parts.map((part) => {
    watch.take(part);
    return stateOf(watch);
  });
  const head = frameHeader(Opcode.text, 0).length;
  assertEquals(states, [
    [true, head + 10, 0],
    [true, 2 * head + 13, 0],
    [true, 3 * head + 13, 0],
    [false, 0, 1],
  ]);
});

test("pings between messages count, those between fragments do not", () => {
  const ping = frame(Opcode.ping, bytes(3));
  const begun = frame(Opcode.text, bytes(10), false);
  assertEquals(seen(ping, ping), [false, 0, 2]);
  assertEquals(seen(ping, begun, ping, ping)[2], 1);
  assertEquals(seen(ping, begun, ping, frame(Opcode.more, bytes(0)), ping)[2], 3);
});

test("a frame of 2^63 bytes never becomes whole", () => {
  const header = Uint8Array.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assertEquals(seen(header, bytes(1000)), [true, 1014, 0]);
});

test("a frame without a mask has a shorter header", () => {
  assertEquals(seen(Uint8Array.from([0x81, 1, 65])), [false, 0, 1]);
});

test("it is the same however the bytes are split", () => {
  const frames = fc.array(
    fc.record({
      opcode: fc.constantFrom(0, 1, 2, 8, 9, 10, 15),
      length: fc.oneof(fc.nat(200), fc.constantFrom(125, 126, 127, 65535, 65536)),
      isLast: fc.boolean(),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(
      frames,
      fc.array(fc.nat(200_000), { maxLength: 8 }),
      fc.nat(200_000),
      (sent, cuts, end) => {
        const all = concat(
          ...sent.map(({ opcode, length, isLast }) => frame(opcode, bytes(length), isLast)),
        );
        const come = all.subarray(0, end);
        const at = [0, ...cuts.filter((cut) => cut < come.length), come.length]
          .sort((a, b) => a - b);
        const parts = at.slice(1).map((to, i) => come.subarray(at[i], to));
        assertEquals(seen(...parts), seen(come));
      },
    ),
    { numRuns: 1000 },
  );
});

test("it fails for no bytes at all, and counts them", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (parts) => {
      const [isMid, pending, count] = seen(...parts);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      assertEquals([pending <= length, pending > 0 === isMid, count <= length], [true, true, true]);
    }),
    { numRuns: 1000 },
  );
});
