/**
 * The messages of the `tcp` protocol as the rest of the program sees them. What each means, field
 * by field, is in proto/wagons.proto.
 *
 * @module
 */

import type { FileMessage } from "./file_messages.ts";
import type { RoomMessage } from "./room_messages.ts";

/** Asks for a {@linkcode FastResponse}. */
export interface FastRequest {
  /** Tells the messages apart. */
  readonly kind: "fastRequest";
}

/** Asks for a {@linkcode SlowResponse}. */
export interface SlowRequest {
  /** Tells the messages apart. */
  readonly kind: "slowRequest";
  /** 0 to 4294967295. */
  readonly seconds: number;
}

/** The server's local time. */
export interface FastResponse {
  /** Tells the messages apart. */
  readonly kind: "fastResponse";
  /** `YYYYMMDDThhmmss.fff`. */
  readonly currentDateTime: string;
}

/** How many clients there were when the request arrived. */
export interface SlowResponse {
  /** Tells the messages apart. */
  readonly kind: "slowResponse";
  /** The asking client included. */
  readonly connectedClientCount: number;
}

/** Opens a sealed session. */
export interface Hello {
  /** Tells the messages apart. */
  readonly kind: "hello";
  /** The newest version of sealed sessions that the client speaks. */
  readonly version: number;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
}

/** The server's answer to {@linkcode Hello}. */
export interface Welcome {
  /** Tells the messages apart. */
  readonly kind: "welcome";
  /** The version that both sides speak. */
  readonly version: number;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  /** The longest body that the server takes, before it is sealed. */
  readonly maxMessageBytes: number;
}

/** The body of a message, sealed. */
export interface Sealed {
  /** Tells the messages apart. */
  readonly kind: "sealed";
  /** Ciphertext and tag. */
  readonly body: Uint8Array;
}

/** Says nothing; sealed, it proves that its sender has the key. The answer is the same. */
export interface Empty {
  /** Tells the messages apart. */
  readonly kind: "empty";
}

/** Why a message was refused: the enum Refusal.Code of proto/wagons.proto. */
export const RefusalCode = {
  unknown: 0,
  brokenFrame: 1,
  frameTooLarge: 2,
  frameTimedOut: 3,
  tooManyConnections: 4,
  tooManySleeping: 5,
  unsupported: 6,
  invalid: 7,
  forbidden: 8,
  shuttingDown: 9,
  failed: 10,
  sealRequired: 11,
  noKey: 12,
  wrongKey: 13,
  brokenSeal: 14,
  proofTimedOut: 15,
  tooManyFailedProofs: 16,
  unsupportedVersion: 17,
  tooSlow: 18,
  notFound: 19,
  tooLarge: 20,
  notInRoom: 21,
  busy: 22,
} as const;

/** One of the values of {@linkcode RefusalCode}. */
export type RefusalCode = (typeof RefusalCode)[keyof typeof RefusalCode];

/** The name of a code; `unknown` for what is none of them. */
export function refusalName(code: number): keyof typeof RefusalCode {
  return REFUSAL_NAMES.get(code) ?? "unknown";
}

const REFUSAL_NAMES: ReadonlyMap<number, keyof typeof RefusalCode> = new Map(
  Object.entries(RefusalCode).map(([name, code]) => [code, name as keyof typeof RefusalCode]),
);

/** The peer's message was not acted on. */
export interface Refusal {
  /** Tells the messages apart. */
  readonly kind: "refusal";
  /** Why. */
  readonly code: RefusalCode;
  /** One sentence for a person. */
  readonly text: string;
  /** The UUID of what was refused, where it had one. */
  readonly id?: string;
}

/** A city and its wagons. */
export interface Entry {
  /** NFC, not empty. */
  readonly city: string;
  /** 0 to 4294967295. */
  readonly wagons: number;
}

/** Which city gets how many wagons. */
export interface Manifest {
  /** Tells the messages apart. */
  readonly kind: "manifest";
  /** UUIDv7 in its text form. */
  readonly id: string;
  /** Who made it. */
  readonly source: string;
  /** Milliseconds since the Unix epoch. */
  readonly madeAtMs: number;
  /** No city twice. */
  readonly entries: readonly Entry[];
}

/** A dictionary in JSON: a manifest when all its values are counts, else a document. */
export interface DocumentMessage {
  /** Tells the messages apart. */
  readonly kind: "document";
  /** UUIDv7 in its text form. */
  readonly id: string;
  /** Who made it. */
  readonly source: string;
  /** Milliseconds since the Unix epoch. */
  readonly madeAtMs: number;
  /** UTF-8; it is not looked at before somebody acts on it. */
  readonly json: Uint8Array;
}

/** A manifest, a document, what a member said, or a file is on the server's disk. */
export interface Receipt {
  /** Tells the messages apart. */
  readonly kind: "receipt";
  /** Its UUID. */
  readonly id: string;
  /** Milliseconds since the Unix epoch: when it was first stored. */
  readonly storedAtMs: number;
  /** The server had it before. */
  readonly duplicate: boolean;
}

/** Asks the server to drain and to stop. */
export interface Shutdown {
  /** Tells the messages apart. */
  readonly kind: "shutdown";
}

/** What was drained. */
export interface ShutdownReport {
  /** Tells the messages apart. */
  readonly kind: "shutdownReport";
  /** Connections that were open, the asking one included. */
  readonly connections: number;
  /** Running requests that were still answered. */
  readonly finished: number;
  /** Running requests that would have taken too long. */
  readonly abandoned: number;
  /** How long it took. */
  readonly tookMs: number;
}

/** A whole frame whose message has fields, and none that this program knows. */
export interface Unknown {
  /** Tells the messages apart. */
  readonly kind: "unknown";
}

/** Any message that can be sent. */
export type Message =
  | FastRequest
  | SlowRequest
  | FastResponse
  | SlowResponse
  | Hello
  | Welcome
  | Sealed
  | Empty
  | Refusal
  | Manifest
  | DocumentMessage
  | Receipt
  | Shutdown
  | ShutdownReport
  | RoomMessage
  | FileMessage;

/** Any message that can arrive. */
export type Received = Message | Unknown;
