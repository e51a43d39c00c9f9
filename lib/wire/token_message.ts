/**
 * The messages of system B: five texts as a JSON object, which travels as a Fernet token.
 *
 * @module
 */

import { RefusalCode } from "./messages.ts";
import { WireError } from "./wire_error.ts";

/** A message. Every field is a text; one that is missing is empty. */
export interface TokenMessage {
  /** Who says it: a name, or an address. */
  readonly userID: string;
  /** When it was said: ISO 8601 as Python's `datetime.isoformat()` writes it. Not trusted. */
  readonly timestamp: string;
  /** What people read. */
  readonly text: string;
  /** What is asked of the other side, if anything: see {@linkcode TokenCommand}. */
  readonly cmd: string;
  /** What belongs to the command. */
  readonly args: string;
}

/** What was in a token. */
export interface ReadTokenMessage {
  /** What it says. */
  readonly message: TokenMessage;
  /**
   * A server of ours has made it: an answer, or what it tells of others. Whoever gets it need not have
   * the key, so no server may act on it.
   */
  readonly isOfServer: boolean;
}

/** The commands that have a meaning here. `manifest` and `say` are ours, the others system B's. */
export const TokenCommand = {
  /** Who are you? */
  handshake: "handshake",
  /** Are you there? */
  ping: "ping",
  /** It could not be done; the text says why. */
  error: "error",
  /** Keep a manifest; the arguments are a JSON object of cities and counts. */
  manifest: "manifest",
  /** Say the text in the room. */
  say: "say",
  /** In answers only: a dictionary that came as a token of its own, or beside one. */
  dictionary: "dictionary",
} as const;

/** What the text of system B's answer by UDP says: the message was opened. */
export const DECODE_OK = "decode ok";

/** What it sends by UDP when it was not: these bytes and no token, for whoever may have no key. */
export const DECODE_ERROR = "decode error";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The JSON of a message, in UTF-8. One that a server makes has a sixth field, `"server": true`, which
 * the programs of system B pass over.
 */
export function encodeTokenMessage(message: TokenMessage, isOfServer = false): Uint8Array {
  const { userID, timestamp, text, cmd, args } = message;
  const stamp = isOfServer ? { server: true } : {};
  return encoder.encode(JSON.stringify({ userID, timestamp, text, cmd, args, ...stamp }));
}

/**
 * The message in a JSON text in UTF-8. Fields that are missing or null are empty, others ignored.
 *
 * @throws {WireError} when it is no JSON object, or one of the five fields is no text.
 */
export function decodeTokenMessage(bytes: Uint8Array): ReadTokenMessage {
  const json = parse(bytes);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw invalid("is no JSON object");
  }
  const field = (name: string): unknown =>
    Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined;
  const text = (name: keyof TokenMessage): string => {
    const value = field(name) ?? "";
    if (typeof value === "string") return value;
    const article = typeof value === "object" ? "an" : "a";
    throw invalid(`has ${article} ${typeof value} as ${name}, where a text stands`);
  };
  const message = {
    userID: text("userID"),
    timestamp: text("timestamp"),
    text: text("text"),
    cmd: text("cmd"),
    args: text("args"),
  };
  return { message, isOfServer: field("server") === true };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw invalid("is no JSON in UTF-8");
  }
}

function invalid(what: string): WireError {
  return new WireError(RefusalCode.invalid, `The message in a token ${what}`);
}
