/**
 * The question that every server with tokens answers, "who are you?", and how its answers are read.
 * PURE but for the seal, which has a clock.
 *
 * @module
 */

import { type Endpoint, isLoopback, parseEndpoint } from "../endpoint.ts";
import { UsageError } from "../errors.ts";
import {
  BROADCAST_ARGS_BYTES,
  MAX_FOUND_ENDPOINTS,
  MAX_FOUND_TEXT_UNITS,
} from "../limits/discovery.ts";
import { parseIp } from "../net/ip.ts";
import { hasFernetForm } from "../seal/fernet.ts";
import { SealError } from "../seal/seal_error.ts";
import type { TokenSeal } from "../token_seal.ts";
import { type ReadTokenMessage, TokenCommand, type TokenMessage } from "../wire/token_message.ts";
import { isUuid } from "../wire/uuid.ts";
import { WireError } from "../wire/wire_error.ts";
import { type KeyMatch, type Sighting, transportOf, type Way } from "./sighting.ts";

/** The dialects in which servers are asked. */
export type Dialect = "http" | "udp";

/**
 * What servers are asked who have another key, or are asked without one: no token, which those who
 * answer such things answer with a token of theirs.
 */
const KEYLESS_QUESTION = "handshake";

/**
 * What to send to a server so that it says who it is.
 *
 * @param seal Our key; without one it is a text that opens with none.
 * @param userID Who asks.
 */
export function handshakeQuestion(
  seal: TokenSeal | undefined,
  userID: string,
  scheme: Dialect,
): string {
  if (seal === undefined) return KEYLESS_QUESTION;
  // By UDP an answer may be no more than some times as long as the question.
  const args = scheme === "udp" ? " ".repeat(BROADCAST_ARGS_BYTES) : "";
  return seal.seal({ userID, cmd: TokenCommand.handshake, args });
}

/** Who has answered, and how. */
export interface Heard {
  /** How it was asked. */
  readonly way: Way;
  /** The dialect that it was asked in. */
  readonly scheme: Dialect;
  /** Its address. */
  readonly address: string;
  /** Its port. */
  readonly port: number;
  /** Time from the question to the answer. */
  readonly roundTripMs: number;
  /** What it was asked. */
  readonly question: string;
  /** What it said. */
  readonly answer: string;
}

/**
 * What an answer says of a server; `undefined` when it is no token, and so no server of ours, or the
 * question itself, which anything can send back. What a server of wagons says of itself is believed
 * when it has the mark of one.
 */
export function readAnswer(heard: Heard, seal: TokenSeal | undefined): Sighting | undefined {
  const { way, scheme, address, port, roundTripMs } = heard;
  const token = heard.answer;
  if (!hasFernetForm(token.trim()) || token.trim() === heard.question) return undefined;
  const here: Endpoint = { scheme, host: address, port };
  const place = { way, address, port, transport: transportOf(scheme), roundTripMs };
  const opened = open(token, seal);
  if (typeof opened === "string") return { ...place, name: "", endpoints: [here], key: opened };
  const { message, isOfServer } = opened;
  const identity = isOfServer ? readIdentity(message.args, address) : {};
  const told = identity.endpoints ?? [];
  const isHereTold = told.some((one) => one.scheme === scheme && one.port === port);
  const name = identity.name ?? nameOf(message, scheme);
  return {
    ...place,
    ...(identity.id === undefined ? {} : { id: identity.id }),
    name: cut(name),
    ...(identity.version === undefined ? {} : { version: cut(identity.version) }),
    endpoints: isHereTold ? told : [here, ...told],
    key: "opens",
  };
}

function open(token: string, seal: TokenSeal | undefined): ReadTokenMessage | KeyMatch {
  if (seal === undefined) return "unknown";
  try {
    return seal.open(token);
  } catch (error) {
    if (error instanceof SealError) {
      return error.reason === "tooOld" || error.reason === "fromFuture" ? "clock" : "other";
    }
    // It opens, and says something else.
    if (error instanceof WireError) return "opens";
    throw error;
  }
}

/**
 * System B's servers have their name as the userID, whatever they answer, and a greeting as the text;
 * by UDP the userID is the address of who has asked.
 */
function nameOf({ userID }: TokenMessage, scheme: Dialect): string {
  return scheme === "http" ? userID : "";
}

interface ToldIdentity {
  id?: string;
  name?: string;
  version?: string;
  endpoints?: Endpoint[];
}

/** What a server says of itself in the arguments of its answer, as far as it has the right form. */
function readIdentity(args: string, address: string): ToldIdentity {
  let json: unknown;
  try {
    json = JSON.parse(args);
  } catch {
    return {};
  }
  if (typeof json !== "object" || json === null) return {};
  const { id, name, version, listen } = json as Record<string, unknown>;
  return {
    ...(typeof id === "string" && isUuid(id) ? { id } : {}),
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof version === "string" ? { version } : {}),
    ...(Array.isArray(listen) ? { endpoints: readEndpoints(listen, address) } : {}),
  };
}

/** The URLs of a server as they are from here. */
function readEndpoints(urls: readonly unknown[], address: string): Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const url of urls.slice(0, MAX_FOUND_ENDPOINTS)) {
    if (typeof url !== "string" || url.length > MAX_FOUND_TEXT_UNITS) continue;
    let endpoint: Endpoint;
    try {
      endpoint = parseEndpoint(url);
    } catch (error) {
      // A dialect that is not known here yet.
      if (error instanceof UsageError) continue;
      throw error;
    }
    if (parseIp(endpoint.host) === undefined) continue;
    if (isWildcard(endpoint.host)) endpoints.push({ ...endpoint, host: address });
    // What a server of another machine has for itself cannot be reached.
    else if (!isLoopback(endpoint.host) || isLoopback(address)) endpoints.push(endpoint);
  }
  return endpoints;
}

/** Whether who listens on an address listens on all addresses. */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function cut(text: string): string {
  return text.slice(0, MAX_FOUND_TEXT_UNITS);
}
