/**
 * Fernet tokens of version 0x80, by their specification ("Fernet Spec", github.com/fernet/spec): a
 * message under AES-128 in CBC mode and, over that and the time, an HMAC-SHA-256.
 *
 * The bytes of a token are a version, a time, an IV, the ciphertext and the HMAC, all in urlsafe
 * base64 with padding. Of a key's 32 bytes the first 16 are for the HMAC, the others for AES.
 *
 * @module
 */

import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";
import { decodeBase64Url, encodeBase64Url } from "./base64url.ts";
import { SealError } from "./seal_error.ts";

/** What {@linkcode sealFernet} needs beside the key and the message. */
export interface SealFernetOptions {
  /** The time in the token, in whole seconds since the Unix epoch. */
  timeS: number;
  /** 16 bytes that nobody can foretell and that no other token has. */
  iv: Uint8Array;
}

/** What {@linkcode openFernet} needs beside the key and the token. */
export interface OpenFernetOptions {
  /** The time now, in whole seconds since the Unix epoch. */
  nowS: number;
  /** For how long a token is good. Default: for ever, whatever its time is. */
  ttlS?: number;
  /** How far the clock of the token's maker may be ahead, where there is a `ttlS`. Default: 60. */
  maxClockSkewS?: number;
}

/** What was in a token. */
export interface OpenedFernet {
  /** The message. */
  plaintext: Uint8Array;
  /** The time in the token, in seconds since the Unix epoch; rounded where it is above 2^53. */
  timeS: number;
}

const VERSION = 0x80;
const KEY_BYTES = 32;
const BLOCK_BYTES = 16;
const IV_AT = 9;
const CIPHERTEXT_AT = IV_AT + BLOCK_BYTES;
const HMAC_BYTES = 32;
/** A message of no bytes is a block of padding. */
const SMALLEST_BYTES = CIPHERTEXT_AT + BLOCK_BYTES + HMAC_BYTES;

const MAX_CLOCK_SKEW_S = 60;

/**
 * The token of a message.
 *
 * @throws {RangeError} for a key that has not 32 bytes, an IV that has not 16, and a time that is no
 * whole number from 0 to 2^53 - 1.
 */
export function sealFernet(
  key: Uint8Array,
  plaintext: Uint8Array,
  options: SealFernetOptions,
): string {
  const { timeS, iv } = options;
  const { hmacKey, aesKey } = splitKey(key);
  if (iv.length !== BLOCK_BYTES) {
    throw new RangeError(`Cannot use an IV of ${iv.length} bytes: AES-CBC takes ${BLOCK_BYTES}`);
  }
  checkSeconds("timeS", timeS);
  const cipher = createCipheriv("aes-128-cbc", aesKey, iv);
  const blocks = cipher.update(plaintext);
  const lastBlock = cipher.final();
  const hmacAt = CIPHERTEXT_AT + blocks.length + lastBlock.length;
  const token = new Uint8Array(hmacAt + HMAC_BYTES);
  token[0] = VERSION;
  new DataView(token.buffer).setBigUint64(1, BigInt(timeS));
  token.set(iv, IV_AT);
  token.set(blocks, CIPHERTEXT_AT);
  token.set(lastBlock, CIPHERTEXT_AT + blocks.length);
  token.set(hmacOf(hmacKey, token.subarray(0, hmacAt)), hmacAt);
  return encodeBase64Url(token);
}

/**
 * Opens a token. Its HMAC is checked first, in a time that does not depend on its bytes, and only
 * then is its time believed and its message decrypted.
 *
 * The specification has the time to live only where the caller names one. Like Python's
 * `cryptography`, which the other programs use, this leaves the clocks alone without it: a file that
 * was sealed by a machine whose clock was wrong opens all the same. A token is good up to and with
 * the last second of its time to live, and of the skew.
 *
 * @throws {SealError} when it does not open: `broken`, `wrongTag`, `tooOld` or `fromFuture`.
 * @throws {RangeError} for a key that has not 32 bytes, and for times that are no whole numbers of
 * seconds, 0 or more.
 */
export function openFernet(
  key: Uint8Array,
  token: string,
  options: OpenFernetOptions,
): OpenedFernet {
  const { nowS, ttlS, maxClockSkewS = MAX_CLOCK_SKEW_S } = options;
  const { hmacKey, aesKey } = splitKey(key);
  checkSeconds("nowS", nowS);
  if (ttlS !== undefined) checkSeconds("ttlS", ttlS);
  checkSeconds("maxClockSkewS", maxClockSkewS);

  const bytes = parse(token);
  const hmacAt = bytes.length - HMAC_BYTES;
  if (!timingSafeEqual(hmacOf(hmacKey, bytes.subarray(0, hmacAt)), bytes.subarray(hmacAt))) {
    throw new SealError(
      "wrongTag",
      "A Fernet token does not open: it was changed, or sealed with another key",
    );
  }
  const timeS = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(1));
  if (ttlS !== undefined) checkTime(timeS, nowS, ttlS, maxClockSkewS);
  const iv = bytes.subarray(IV_AT, CIPHERTEXT_AT);
  return { plaintext: decrypt(aesKey, iv, bytes.subarray(CIPHERTEXT_AT, hmacAt)), timeS };
}

/** Whether a text has the form of a token, of whatever key. */
export function hasFernetForm(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

/** The bytes of a token that has the form of one. */
function parse(token: string): Uint8Array {
  const bytes = decodeBase64Url(token);
  if (bytes === undefined) {
    throw broken(`of ${token.length} characters is not urlsafe base64 with its padding`);
  }
  if (bytes.length < SMALLEST_BYTES) {
    throw broken(`has ${bytes.length} bytes: the shortest has ${SMALLEST_BYTES}`);
  }
  if (bytes[0] !== VERSION) throw broken(`has version ${bytes[0]}: there is only ${VERSION}`);
  if ((bytes.length - SMALLEST_BYTES) % BLOCK_BYTES !== 0) {
    throw broken(`has ${bytes.length} bytes: its ciphertext is no whole number of blocks`);
  }
  return bytes;
}

function checkTime(timeS: number, nowS: number, ttlS: number, maxClockSkewS: number): void {
  if (timeS + ttlS < nowS) {
    throw new SealError(
      "tooOld",
      `A Fernet token was made ${nowS - timeS} s ago: it is good for ${ttlS} s`,
    );
  }
  if (timeS > nowS + maxClockSkewS) {
    throw new SealError(
      "fromFuture",
      `A Fernet token is from a time ${
        timeS - nowS
      } s ahead: clocks may differ by ${maxClockSkewS} s`,
    );
  }
}

function decrypt(aesKey: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  // The padding is looked at here: what the cipher throws for it is a TypeError like any other.
  const decipher = createDecipheriv("aes-128-cbc", aesKey, iv).setAutoPadding(false);
  const padded: Uint8Array = decipher.update(ciphertext);
  decipher.final();
  // PKCS #7 (RFC 5652, section 6.3): 1 to 16 bytes that each say how many they are.
  const padding = padded[padded.length - 1]!;
  const end = padded.length - padding;
  if (padding < 1 || padding > BLOCK_BYTES || padded.subarray(end).some((b) => b !== padding)) {
    throw broken("has a message without its padding, under an HMAC that holds");
  }
  return new Uint8Array(padded.subarray(0, end));
}

function hmacOf(hmacKey: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createHmac("sha256", hmacKey).update(bytes).digest();
}

function splitKey(key: Uint8Array): { hmacKey: Uint8Array; aesKey: Uint8Array } {
  if (key.length !== KEY_BYTES) {
    throw new RangeError(`Cannot use a key of ${key.length} bytes: Fernet takes ${KEY_BYTES}`);
  }
  return { hmacKey: key.subarray(0, KEY_BYTES / 2), aesKey: key.subarray(KEY_BYTES / 2) };
}

function checkSeconds(name: string, seconds: number): void {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw new RangeError(`Cannot use a ${name} of ${seconds}: it is a whole number, 0 or more`);
  }
}

function broken(what: string): SealError {
  return new SealError("broken", `A Fernet token ${what}`);
}
