/**
 * What nobody should do to a listener of the dict dialect.
 *
 * @module
 */

import type { Endpoint } from "../../lib/endpoint.ts";
import { MAX_DICT_TOKEN_BYTES } from "../../lib/limits/dict.ts";
import { MAX_DICTIONARY_BYTES } from "../../lib/limits/formats.ts";
import { HOSTILE_PICKLES } from "../../tests/formats/hostile_pickles.ts";
import { DictClient } from "../../tests/helpers/dict_client.ts";

/** One thing that attackers do, and how their connections may end. */
export interface Attack {
  /** What it is. */
  readonly name: string;
  /** Does it; gives how each connection has ended, as a short word. */
  readonly run: (endpoint: Endpoint) => Promise<string[]>;
  /** Ends of which each has to be there. */
  readonly must: readonly string[];
  /** Other ends that are all right. */
  readonly may?: readonly string[];
  /** Is done to a server without a key, which reads what comes from its own machine. */
  readonly isKeyless?: boolean;
}

/** The server's own times, in which a slow one has to be gone. */
export const ATTACKED_TIMEOUT = "3s";

const MIB = 1024 * 1024;
const DRIP_MS = 250;
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What the line that answers says, as a short word. */
const ENDS: readonly [RegExp, string][] = [
  [/^Refused: Too little came/, "late"],
  [/^Refused: Nothing came/, "silent"],
  [/^Refused: This is too long|(?:larger|longer|more) than/, "too long"],
  [/^Refused: Too much is coming in/, "no room"],
  [/^Refused: The token is not taken/, "not taken"],
  [/^Refused: This server has a key/, "no key"],
  [/^Refused: (?:This is no dictionary|What is behind|A frame)/, "refused"],
  [/^Data received/, "kept"],
  [/^$/, "closed"],
];

/** Begins a connection, does something with it, and gives how it ended. */
async function one(
  endpoint: Endpoint,
  send: (client: DictClient, isOver: () => boolean) => Promise<void>,
): Promise<string> {
  using client = await DictClient.connect(endpoint);
  let isOver = false;
  const sending = send(client, () => isOver).catch(() => {
    // It was cut off: how is told by what was answered.
  });
  let answer: string;
  try {
    answer = await client.answer();
  } catch (error) {
    answer = error instanceof Error ? error.name : String(error);
  }
  isOver = true;
  client.close();
  await sending;
  return ENDS.find(([form]) => form.test(answer))?.[1] ?? answer.trim();
}

function many(
  endpoint: Endpoint,
  count: number,
  send: (client: DictClient, isOver: () => boolean, i: number) => Promise<void>,
): Promise<string[]> {
  return Promise.all(
    Array.from(
      { length: count },
      (_, i) => one(endpoint, (client, isOver) => send(client, isOver, i)),
    ),
  );
}

/** Sends so many bytes in pieces, and ends its side. */
async function pour(client: DictClient, bytes: number, piece: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes; sent += piece.length) {
    await client.write(piece.subarray(0, Math.min(piece.length, bytes - sent)));
  }
  await client.conn.closeWrite();
}

/** MessagePack of one name for a list of so many values of one byte each: empty dictionaries, or `null`. */
function oneByteValues(count: number, value: 0x80 | 0xc0): Uint8Array {
  const bytes = new Uint8Array(8 + count).fill(value);
  bytes.set([0x81, 0xa1, 0x61, 0xdd]);
  new DataView(bytes.buffer).setUint32(4, count);
  return bytes;
}

const TOKEN_PIECE = utf8("A".repeat(MIB));

/** All of them. */
export const ATTACKS: readonly Attack[] = [
  {
    name: "1,000 slow senders of a dictionary",
    run: (endpoint) =>
      many(endpoint, 1_000, async (client, isOver) => {
        await client.write('{"a": "');
        while (!isOver()) {
          await client.write("x");
          await new Promise((resolve) => setTimeout(resolve, DRIP_MS));
        }
      }),
    must: ["late"],
  },
  {
    name: "1,000 that say nothing",
    run: (endpoint) => many(endpoint, 1_000, () => Promise.resolve()),
    must: ["silent"],
  },
  {
    name: `${HOSTILE_PICKLES.length} hostile pickles, ten times each`,
    run: async (endpoint) => {
      const ends: string[] = [];
      for (let round = 0; round < 10; round++) {
        ends.push(
          ...await many(endpoint, HOSTILE_PICKLES.length, async (client, _, i) => {
            const bytes = HOSTILE_PICKLES[i]!.make();
            await pour(client, bytes.length, bytes);
          }),
        );
      }
      return ends;
    },
    // What is refused only when it is read is not read without a key.
    must: ["refused", "no key"],
    may: ["too long", "no room"],
  },
  {
    name: "20 of JSON that never ends",
    run: (endpoint) =>
      many(endpoint, 20, async (client) => {
        await client.write('{"a": [');
        await pour(client, Infinity, utf8('"0123456789abcdef", '.repeat(3_000)));
      }),
    must: ["too long"],
    may: ["no room", "late"],
  },
  {
    name: "500 that begin a token and never end",
    run: (endpoint) =>
      many(endpoint, 500, async (client) => {
        await client.write(`{"a": "${"b".repeat(9_000)}"}g`);
        for (let i = 0; i < 8; i++) await client.write(TOKEN_PIECE.subarray(0, 100_000));
      }),
    must: ["late"],
    may: ["no room", "silent"],
  },
  {
    name: "10 tokens of the longest, one after the other",
    run: async (endpoint) => {
      const ends: string[] = [];
      for (let i = 0; i < 10; i++) {
        ends.push(
          await one(endpoint, async (client) => {
            await client.write('{"a": "b"}\ng');
            await pour(client, MAX_DICT_TOKEN_BYTES - 1, TOKEN_PIECE);
          }),
        );
      }
      return ends;
    },
    must: ["not taken"],
  },
  {
    name: "20 tokens that are too long, at once",
    run: (endpoint) =>
      many(endpoint, 20, async (client) => {
        await client.write('{"a": "b"}\ng');
        await pour(client, Infinity, TOKEN_PIECE);
      }),
    must: ["too long"],
    may: ["no room", "late"],
  },
  {
    name: "20 dictionaries of the longest, with no token",
    run: (endpoint) =>
      many(endpoint, 20, async (client) => {
        const piece = utf8('"0123456789abcdef", '.repeat(3_000));
        await client.write('{"a": [');
        const pieces = Math.floor((MAX_DICTIONARY_BYTES - 100) / piece.length);
        for (let i = 0; i < pieces; i++) await client.write(piece);
        await client.write("1]}");
        await client.conn.closeWrite();
      }),
    must: ["no key"],
    may: ["no room", "late"],
  },
  ...([[0x80, "empty dictionaries"], [0xc0, "nothings"]] as const).map(([value, what]): Attack => ({
    name: `20 of 4 MiB of ${what}, at once`,
    isKeyless: true,
    run: (endpoint) => {
      const bytes = oneByteValues(4 * MIB - 16, value);
      return many(endpoint, 20, (client) => pour(client, bytes.length, bytes));
    },
    must: [],
    // As many values as there may be are one bound, and that of the containers another.
    may: ["kept", "refused", "too long", "no room"],
  })),
  {
    name: "100 of 250 KB of empty dictionaries, at once",
    isKeyless: true,
    run: (endpoint) => {
      const bytes = oneByteValues(250_000, 0x80);
      return many(endpoint, 100, (client) => pour(client, bytes.length, bytes));
    },
    must: ["kept"],
    may: ["no room"],
  },
  {
    name: "2,000 of junk",
    run: async (endpoint) => {
      const ends: string[] = [];
      for (let i = 0; i < 20; i++) {
        ends.push(
          ...await many(endpoint, 100, async (client) => {
            const junk = crypto.getRandomValues(new Uint8Array(2_000));
            await pour(client, junk.length, junk);
          }),
        );
      }
      return ends;
    },
    must: ["refused"],
    may: ["no key", "too long"],
  },
];
