/**
 * The kinds of values that settings have. Each takes what a flag or a variable gives (text) as well
 * as what TOML gives, and says what a right value looks like.
 *
 * @module
 */

import * as v from "valibot";
import { distinctSubnets, parseSubnet, scannable, type Subnet } from "../discovery/subnet.ts";
import { type Endpoint, parseEndpoint } from "../endpoint.ts";
import { WagonsError } from "../errors.ts";
import { readServerName } from "../hub/server_name.ts";
import { safeName } from "../safe_name.ts";
import { parsePrintTarget, PRINT_TARGET_FORMS, type PrintTarget } from "../print/target.ts";
import { formatBytes, formatDuration, parseBytes, parseDuration } from "../units.ts";

/** A schema that takes anything and gives a value of one type. */
export type Value<T> = v.GenericSchema<unknown, T>;

/** Makes a schema of a function that gives the value, or an error with what is wrong with it. */
function value<T>(read: (input: unknown) => T): Value<T> {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return read(dataset.value);
      } catch (error) {
        if (!(error instanceof NotRight)) throw error;
        addIssue({ message: error.message });
        return NEVER;
      }
    }),
  );
}

class NotRight extends Error {}

function show(input: unknown): string {
  if (typeof input === "string") return `"${input}"`;
  // JSON has no NaN and no infinity; TOML has.
  return typeof input === "number" ? String(input) : JSON.stringify(input) ?? String(input);
}

/** A whole number in a range. */
export function integer(min: number, max: number): Value<number> {
  return value((input) => {
    const number = typeof input === "string" && /^[0-9]+$/.test(input) ? Number(input) : input;
    if (!Number.isInteger(number) || (number as number) < min || (number as number) > max) {
      throw new NotRight(`${show(input)} is no whole number from ${min} to ${max}`);
    }
    return number as number;
  });
}

/** A TCP port; `min` is 0 where any free one may be asked for. */
export function port(min: 0 | 1): Value<number> {
  return value((input) => {
    const number = typeof input === "string" && /^[0-9]+$/.test(input) ? Number(input) : input;
    if (!Number.isInteger(number) || (number as number) < min || (number as number) > 65535) {
      throw new NotRight(`${show(input)} is no port: ports go from ${min} to 65535`);
    }
    return number as number;
  });
}

/** A duration in a range, given as `100ms` or `5s`; in milliseconds. */
export function duration(minMs: number, maxMs: number): Value<number> {
  return value((input) => {
    const durationMs = typeof input === "string" ? parseDuration(input) : undefined;
    if (durationMs === undefined) {
      throw new NotRight(`${show(input)} is no duration: write it like 100ms, 5s or 2m`);
    }
    if (durationMs < minMs || durationMs > maxMs) {
      const [min, max] = [formatDuration(minMs), formatDuration(maxMs)];
      throw new NotRight(`${show(input)} is out of range: it goes from ${min} to ${max}`);
    }
    return durationMs;
  });
}

/** A size in a range, given as `64KiB` or `1MiB`; in bytes. */
export function bytes(min: number, max: number): Value<number> {
  return value((input) => {
    const size = typeof input === "string" ? parseBytes(input) : undefined;
    if (size === undefined) {
      throw new NotRight(`${show(input)} is no size: write it like 64KiB or 1MiB`);
    }
    if (size < min || size > max) {
      const range = `it goes from ${formatBytes(min)} to ${formatBytes(max)}`;
      throw new NotRight(`${show(input)} is out of range: ${range}`);
    }
    return size;
  });
}

/** A text that is not empty. */
export function text(what: string): Value<string> {
  return value((input) => {
    if (typeof input !== "string" || input === "") {
      throw new NotRight(`${show(input)} is no ${what}`);
    }
    return input;
  });
}

/** What people call a server. */
export function serverName(): Value<string> {
  return value((input) => {
    if (typeof input !== "string") throw new NotRight(`${show(input)} is no name`);
    const read = readServerName(input);
    if (typeof read === "string") throw new NotRight(`${show(input)} is no name: ${read}`);
    return read.name;
  });
}

/** The name of a file, without a folder, that every system takes. */
export function fileName(): Value<string> {
  return value((input) => {
    if (typeof input !== "string" || input === "") {
      throw new NotRight(`${show(input)} is no name of a file`);
    }
    const safe = safeName(input);
    if (safe !== input) {
      throw new NotRight(`${show(input)} is no name of a file on all systems: "${safe}" is one`);
    }
    return input;
  });
}

/** One of some words, in capitals or not; the words themselves have none. */
export function choice<const T extends string>(words: readonly T[]): Value<T> {
  return value((input) => {
    const word = typeof input === "string" ? input.toLowerCase() : input;
    if (!words.includes(word as T)) {
      throw new NotRight(`${show(input)} is none of ${words.join(", ")}`);
    }
    return word as T;
  });
}

/** Where a server prints. */
export function printTarget(): Value<PrintTarget> {
  return value((input) => {
    const target = typeof input === "string" ? parsePrintTarget(input) : undefined;
    if (target === undefined) {
      throw new NotRight(
        `${show(input)} is no place to print: write it like ${PRINT_TARGET_FORMS}`,
      );
    }
    return target;
  });
}

/** Yes or no. */
export function flag(): Value<boolean> {
  return value((input) => {
    if (input === true || input === "true" || input === "1") return true;
    if (input === false || input === "false" || input === "0") return false;
    throw new NotRight(`${show(input)} is neither true nor false`);
  });
}

/** A SHA-256 in hexadecimal, colons free; gives it in lower case without colons. */
export function fingerprint(): Value<string> {
  return value((input) => {
    const digits = typeof input === "string" ? input.replaceAll(":", "").toLowerCase() : "";
    if (!/^[0-9a-f]{64}$/.test(digits)) {
      throw new NotRight(`${show(input)} is no SHA-256: that is 64 hexadecimal digits`);
    }
    return digits;
  });
}

/** One or several ports, with commas between them; each once. */
export function ports(): Value<number[]> {
  return value((input) => {
    const all = `${input}`.split(",").map((text) => /^ *\d{1,5} *$/.test(text) ? Number(text) : 0);
    if (all.some((port) => port < 1 || port > 65_535)) {
      throw new NotRight(`${show(input)} is no list of ports: write it like 7118 or 7118,8118`);
    }
    return [...new Set(all)];
  });
}

/** One or several networks, with commas between them; each once. */
export function subnets(): Value<Subnet[]> {
  return value((input) => {
    if (typeof input !== "string") throw new NotRight(`${show(input)} is no network`);
    const all = input.split(",").map((text) => readBy(() => scannable(parseSubnet(text.trim()))));
    return distinctSubnets(all);
  });
}

/** The URL of a server. */
export function endpoint(): Value<Endpoint> {
  return value(readEndpoint);
}

/** One or several URLs; in a variable they stand with spaces between them. */
export function endpoints(): Value<Endpoint[]> {
  return value((input) => {
    const urls = typeof input === "string" ? input.split(/\s+/).filter(Boolean) : input;
    if (!Array.isArray(urls) || urls.length === 0) {
      throw new NotRight(
        `${show(input)} is no list of URLs: write it like ["tcp://127.0.0.1:7117"]`,
      );
    }
    return urls.map(readEndpoint);
  });
}

function readEndpoint(input: unknown): Endpoint {
  if (typeof input !== "string") throw new NotRight(`${show(input)} is no URL`);
  return readBy(() => parseEndpoint(input));
}

/** What a function gives, whose error says what is wrong with the value. */
function readBy<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WagonsError)) throw error;
    throw new NotRight(`${error.message}. ${error.hint ?? ""}`.trimEnd());
  }
}
