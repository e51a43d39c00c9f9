/**
 * What wagons seals and what programs in Python seal: AES-EAX by pycryptodome, ChaCha20-Poly1305
 * and Fernet by cryptography, each opening what the other has sealed.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { findPython } from "../../scripts/bench/peers/peers.ts";
import { encodeBase64Url } from "../../lib/seal/base64url.ts";
import { openChaCha, sealChaCha } from "../../lib/seal/chacha.ts";
import { Eax } from "../../lib/seal/eax.ts";
import { openFernet, sealFernet } from "../../lib/seal/fernet.ts";
import { SealError } from "../../lib/seal/seal_error.ts";
import { bytes, bytesOf, bytesOfSize, key, messageSize } from "../seal/arbitraries.ts";
import { runProgram } from "./subprocess.ts";

const root = new URL("../../", import.meta.url);
const CASES = 1000;

const eaxPython = await findPython("Cryptodome.Cipher") ?? await findPython("Crypto.Cipher");
const eaxMissing = eaxPython === undefined
  ? "no python3 with pycryptodome: apt-get install python3-pycryptodome"
  : undefined;
const chachaPython = await findPython("cryptography.hazmat.primitives.ciphers.aead");
const chachaMissing = chachaPython === undefined
  ? "no python3 with cryptography: apt-get install python3-cryptography"
  : undefined;
const fernetPython = await findPython("cryptography.fernet");
const fernetMissing = fernetPython === undefined
  ? "no python3 with cryptography: apt-get install python3-cryptography"
  : undefined;

/** A test that says in its name what it lacks, when it is skipped for that. */
function test(name: string, missing: string | undefined, fn: Deno.TestDefinition["fn"]): void {
  const reason = missing === undefined ? "" : ` (skipped: ${missing})`;
  Deno.test({ name: name + reason, ignore: missing !== undefined, fn });
}

/** What a program of peers/ answers to each case. It leaves no compiled files in the tree. */
async function ask<Answer>(python: string, peer: string, cases: unknown[]): Promise<Answer[]> {
  const command = [python, "-B", `tests/interop/peers/${peer}`];
  const stdin = JSON.stringify(cases);
  const { code, stdout, stderr } = await runProgram(command, { cwd: root, stdin });
  assertEquals([code, stderr], [0, ""]);
  const answers = JSON.parse(stdout) as Answer[];
  assertEquals(answers.length, cases.length);
  return answers;
}

/** The bytes with one bit changed. */
function spoil(bytes: Uint8Array, bit: number): Uint8Array {
  const spoilt = Uint8Array.from(bytes);
  spoilt[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7);
  return spoilt;
}

/** What comes of a call, or null when what is sealed does not open: as the peers say it. */
function orNull<Value>(open: () => Value): Value | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

const eaxCase = fc.record({
  key,
  // pycryptodome takes no nonce of 0 bytes and no tag of less than 4.
  nonce: bytesOfSize(fc.integer({ min: 1, max: 40 })),
  associatedData: bytes(300),
  tagBytes: fc.integer({ min: 4, max: 16 }),
  plaintext: bytesOfSize(messageSize),
  bit: fc.nat(),
});

test("interop: AES-EAX and pycryptodome", eaxMissing, async (t) => {
  const cases = fc.sample(eaxCase, CASES).map(({ nonce, key, associatedData, ...rest }) => {
    const hex = {
      key: key.toHex(),
      nonce: nonce.toHex(),
      associatedData: associatedData.toHex(),
      tagBytes: rest.tagBytes,
    };
    return { ...rest, nonce, key, associatedData, hex };
  });
  const theirs = await ask<string>(
    eaxPython!,
    "pycryptodome_eax.py",
    cases.map(({ hex, plaintext }) => ({ ...hex, plaintext: plaintext.toHex() })),
  );

  await t.step("seal the same", () => {
    for (const [i, { key, nonce, associatedData, tagBytes, plaintext }] of cases.entries()) {
      using eax = new Eax(key, { tagBytes });
      assertEquals(eax.seal(nonce, plaintext, associatedData).toHex(), theirs[i]);
    }
  });

  await t.step("open the same", async () => {
    // Every other one is spoilt.
    const sealed = theirs.map((hex, i) => {
      const bytes = Uint8Array.fromHex(hex);
      return i % 2 === 0 ? bytes : spoil(bytes, cases[i]!.bit);
    });
    const opened = await ask<string | null>(
      eaxPython!,
      "pycryptodome_eax.py",
      cases.map(({ hex }, i) => ({ ...hex, sealed: sealed[i]!.toHex() })),
    );
    for (const [i, { key, nonce, associatedData, tagBytes }] of cases.entries()) {
      using eax = new Eax(key, { tagBytes });
      const ours = orNull(() => eax.open(nonce, sealed[i]!, associatedData).toHex());
      assertEquals(ours, opened[i]);
    }
    assertEquals(opened.filter((plaintext) => plaintext === null).length, CASES / 2);
  });
});

const chachaCase = fc.record({
  key: bytesOfSize(fc.constant(32)),
  nonce: bytesOfSize(fc.constant(12)),
  associatedData: bytes(300),
  plaintext: bytesOfSize(messageSize),
  bit: fc.nat(),
});

test("interop: ChaCha20-Poly1305 and cryptography", chachaMissing, async (t) => {
  const large = {
    key: bytesOf(32, 1),
    nonce: bytesOf(12, 2),
    associatedData: bytesOf(17, 3),
    plaintext: bytesOf(2_500_001, 4),
    bit: 9_999_999,
  };
  const cases = [...fc.sample(chachaCase, CASES - 1), large].map((one) => ({
    ...one,
    hex: {
      key: one.key.toHex(),
      nonce: one.nonce.toHex(),
      associatedData: one.associatedData.toHex(),
    },
  }));
  const theirs = await ask<string>(
    chachaPython!,
    "cryptography_chacha.py",
    cases.map(({ hex, plaintext }) => ({ ...hex, plaintext: plaintext.toHex() })),
  );

  await t.step("seal the same", () => {
    for (const [i, { key, nonce, associatedData, plaintext }] of cases.entries()) {
      const ours = sealChaCha(key, nonce, [plaintext], associatedData);
      // Compared by hand: a failure of assertEquals would print megabytes.
      assert(ours.toHex() === theirs[i], `the case ${i} of ${plaintext.length} bytes`);
    }
  });

  await t.step("open the same", async () => {
    // Every other one is spoilt.
    const sealed = theirs.map((hex, i) => {
      const bytes = Uint8Array.fromHex(hex);
      return i % 2 === 0 ? bytes : spoil(bytes, cases[i]!.bit);
    });
    const opened = await ask<string | null>(
      chachaPython!,
      "cryptography_chacha.py",
      cases.map(({ hex }, i) => ({ ...hex, sealed: sealed[i]!.toHex() })),
    );
    for (const [i, { key, nonce, associatedData }] of cases.entries()) {
      const ours = orNull(() => openChaCha(key, nonce, sealed[i]!, associatedData).toHex());
      assert(ours === opened[i], `the case ${i}`);
    }
    assertEquals(opened.filter((plaintext) => plaintext === null).length, CASES / 2);
  });
});

const fernetCase = fc.record({
  key: bytesOfSize(fc.constant(32)),
  iv: bytesOfSize(fc.constant(16)),
  plaintext: bytes(200),
  timeS: fc.integer({ min: 1000, max: 4_000_000_000 }),
  ttlS: fc.option(fc.integer({ min: 0, max: 100 })),
  ageS: fc.integer({ min: -200, max: 200 }),
  spoilt: fc.boolean(),
  bit: fc.nat(),
});

test("interop: Fernet and cryptography", fernetMissing, async (t) => {
  const cases = fc.sample(fernetCase, CASES).map((one) => ({
    ...one,
    keyText: encodeBase64Url(one.key),
    nowS: one.timeS + one.ageS,
  }));

  await t.step("wagons opens what cryptography seals", async () => {
    const tokens = await ask<string>(
      fernetPython!,
      "cryptography_fernet.py",
      cases.map(({ keyText, timeS, plaintext }) => ({
        key: keyText,
        timeS,
        plaintext: plaintext.toHex(),
      })),
    );
    for (const [i, { key, plaintext, timeS }] of cases.entries()) {
      const opened = openFernet(key, tokens[i]!, { nowS: timeS, ttlS: 0 });
      assertEquals([opened.plaintext.toHex(), opened.timeS], [plaintext.toHex(), timeS]);
    }
  });

  await t.step("both open the same of what wagons seals, spoilt or not, old or not", async () => {
    const tokens = cases.map(({ key, plaintext, timeS, iv, spoilt, bit }) => {
      const token = sealFernet(key, plaintext, { timeS, iv });
      if (!spoilt) return token;
      const bytes = Uint8Array.fromBase64(token, { alphabet: "base64url" });
      return encodeBase64Url(spoil(bytes, bit));
    });
    const theirs = await ask<[string, number] | null>(
      fernetPython!,
      "cryptography_fernet.py",
      cases.map(({ keyText, nowS, ttlS }, i) => ({ key: keyText, nowS, ttlS, token: tokens[i] })),
    );
    let refused = 0;
    for (const [i, { key, nowS, ttlS }] of cases.entries()) {
      const ours = orNull(() => {
        const options = ttlS === null ? { nowS } : { nowS, ttlS };
        const { plaintext, timeS } = openFernet(key, tokens[i]!, options);
        return [plaintext.toHex(), timeS] as [string, number];
      });
      assertEquals(ours, theirs[i]!);
      if (ours === null) refused++;
    }
    assert(refused > CASES / 4 && refused < CASES * 9 / 10, `${refused} refused`);
  });
});
