/**
 * How single values of messages are read, and refused.
 *
 * @module
 */

import type { TestTask } from "./generated/wagons_pb.js";
import { RefusalCode } from "./messages.ts";
import { uuidFromBytes } from "./uuid.ts";
import { WireError } from "./wire_error.ts";

/** A WrapperMessage as the generated code reads and writes it. */
export type Wrapper = TestTask.Messages.WrapperMessage.$Properties;

/** An int64 or uint64 as the generated code gives it. */
export type Int64 = number | { toNumber(): number };

/** Reads a UUID. */
export function readId(id: Uint8Array): string {
  if (id.length !== 16) throw broken(`has an id of ${id.length} bytes: a UUID has 16`);
  return uuidFromBytes(id);
}

/** Reads a field of just so many bytes, which are copied. */
export function readBytes(field: string, bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) {
    throw broken(`has a ${field} of ${bytes.length} bytes: it has ${length}`);
  }
  return copy(bytes);
}

/** What the reader gives is a part of the frame, which is only lent. A Buffer's slice() is too. */
export function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** Reads milliseconds since the Unix epoch. */
export function readTime(field: string, time: Int64): number {
  const timeMs = toNumber(time);
  // What a Date can hold (ECMA-262, "Time Values and Time Range").
  if (!(Math.abs(timeMs) <= 8.64e15)) throw broken(`has a ${field} of ${timeMs}: that is no time`);
  return timeMs;
}

/** Reads a number of things or of bytes. */
export function readCount(field: string, value: Int64): number {
  const count = toNumber(value);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw broken(`has a ${field} of ${count}: more than ${Number.MAX_SAFE_INTEGER} is not counted`);
}

function toNumber(value: Int64): number {
  return typeof value === "number" ? value : value.toNumber();
}

/** The error that it is when a message says what none can. */
export function broken(what: string): WireError {
  return new WireError(RefusalCode.brokenFrame, `A WrapperMessage ${what}`);
}
