/**
 * Messages <-> the bodies of frames, over the code generated from proto/wagons.proto.
 *
 * @module
 */

import { concat } from "../bytes.ts";
import { reasonOf } from "../errors.ts";
import protobuf from "protobufjs/minimal.js";
import { TestTask } from "./generated/wagons_pb.js";
import {
  type Empty,
  type FastRequest,
  type Message,
  type Received,
  type Refusal,
  RefusalCode,
} from "./messages.ts";
import { encodeChunkHead, readChunk, readLength } from "./codec_chunk.ts";
import { FILE_FIELDS, type FileField, fileFromWrapper, fileToWrapper } from "./codec_files.ts";
import { ROOM_FIELDS, type RoomField, roomFromWrapper, roomToWrapper } from "./codec_room.ts";
import { broken, copy, readBytes, readId, readTime } from "./codec_values.ts";
import { uuidToBytes } from "./uuid.ts";
import { WireError } from "./wire_error.ts";

const { WrapperMessage } = TestTask.Messages;
type Wrapper = TestTask.Messages.WrapperMessage.$Properties;

/** The tag of the field 18 of a WrapperMessage, which is length-delimited. */
export const SEALED_TAG: readonly number[] = [0x92, 0x01];
/** The tag of the field 1 of a Sealed. */
export const SEALED_BODY_TAG = 0x0a;

/** Bytes in the nonces of Hello and Welcome. */
const NONCE_BYTES = 16;

const FAST_REQUEST: FastRequest = Object.freeze({ kind: "fastRequest" });
const EMPTY: Empty = Object.freeze({ kind: "empty" });

/** The body of a message: a WrapperMessage in its canonical form. */
export function encodeBody(message: Message): Uint8Array {
  return message.kind === "fileChunk"
    ? concat(encodeParts(message))
    : WrapperMessage.encode(toWrapper(message)).finish();
}

/** The body of a message in parts, one behind the other. What is long in it is not copied. */
export function encodeParts(message: Message): readonly Uint8Array[] {
  return message.kind === "fileChunk"
    ? [encodeChunkHead(message), message.data]
    : [encodeBody(message)];
}

/**
 * Reads the message in `bytes` from `start` up to `end`.
 *
 * @param isOwn The bytes stay as they are, so that what is long need not be copied. Default: they are
 * only lent, and nothing of them is kept.
 * @throws {WireError} when the bytes are no WrapperMessage, have more than one field set, or hold
 * a value that the field cannot have.
 */
export function decodeBody(
  bytes: Uint8Array,
  start: number,
  end: number,
  isOwn = false,
): Received {
  // What most frames are: field 3, a message without fields.
  if (end - start === 2 && bytes[start] === 0x1a && bytes[start + 1] === 0) return FAST_REQUEST;
  const sealed = sealedBody(bytes, start, end);
  if (sealed !== undefined) return { kind: "sealed", body: isOwn ? sealed : copy(sealed) };
  const chunk = readChunk(bytes, start, end);
  if (chunk !== undefined) return isOwn ? chunk : { ...chunk, data: copy(chunk.data) };
  // What is left of unknown fields looks the same once it is read.
  if (end === start) return EMPTY;
  let wrapper: Wrapper;
  try {
    wrapper = WrapperMessage.decode(protobuf.Reader.create(bytes.subarray(start, end)));
  } catch (error) {
    const why = reasonOf(error);
    throw new WireError(
      RefusalCode.brokenFrame,
      `A frame of ${end - start} bytes holds no WrapperMessage: ${why}`,
    );
  }
  return fromWrapper(wrapper);
}

/**
 * The body of a Sealed that is written as encoders write it; `undefined` for anything else, which
 * the generated code reads. That copies it several times.
 */
function sealedBody(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  if (bytes[start] !== SEALED_TAG[0] || bytes[start + 1] !== SEALED_TAG[1]) return undefined;
  const inner = readLength(bytes, start + SEALED_TAG.length, end);
  if (inner === undefined || bytes[inner] !== SEALED_BODY_TAG) return undefined;
  const body = readLength(bytes, inner + 1, end);
  return body === undefined ? undefined : bytes.subarray(body, end);
}

function toWrapper(message: Message): Wrapper {
  switch (message.kind) {
    case "fastResponse":
      return { fastResponse: { currentDateTime: message.currentDateTime } };
    case "slowResponse":
      return { slowResponse: { connectedClientCount: message.connectedClientCount } };
    case "fastRequest":
      return { requestForFastResponse: {} };
    case "slowRequest":
      return { requestForSlowResponse: { timeInSecondsToSleep: message.seconds } };
    case "hello":
      return { hello: { version: message.version, nonce: message.nonce } };
    case "welcome": {
      const { version, nonce, maxMessageBytes } = message;
      return { welcome: { version, nonce, maxMessageBytes } };
    }
    case "sealed":
      return { sealed: { body: message.body } };
    case "empty":
      return {};
    case "refusal": {
      const { code, text } = message;
      return {
        refusal: message.id === undefined
          ? { code, text }
          : { code, text, id: uuidToBytes(message.id) },
      };
    }
    case "manifest":
      return {
        manifest: {
          id: uuidToBytes(message.id),
          source: message.source,
          madeAtMs: message.madeAtMs,
          entries: message.entries as TestTask.Messages.Manifest.Entry.$Properties[],
        },
      };
    case "document": {
      const { source, madeAtMs, json } = message;
      return { document: { id: uuidToBytes(message.id), source, madeAtMs, json } };
    }
    case "receipt": {
      const { storedAtMs, duplicate } = message;
      return { receipt: { id: uuidToBytes(message.id), storedAtMs, duplicate } };
    }
    case "shutdown":
      return { shutdown: {} };
    case "shutdownReport": {
      const { connections, finished, abandoned, tookMs } = message;
      return { shutdownReport: { connections, finished, abandoned, tookMs } };
    }
    case "join":
    case "joined":
    case "say":
    case "roomEvent":
    case "historyRequest":
    case "history":
    case "who":
    case "members":
      return roomToWrapper(message);
    case "putFile":
    case "fileChunk":
    case "fileProgress":
    case "listFiles":
    case "fileList":
    case "findFile":
    case "fileInfo":
    case "readFile":
      return fileToWrapper(message);
  }
}

function fromWrapper(wrapper: Wrapper): Received {
  const fields = Object.keys(wrapper) as (keyof Wrapper)[];
  if (fields.length > 1) throw broken(`has ${fields.length} fields set: ${fields.join(", ")}`);
  const field = fields[0];
  if (isRoomField(field)) return roomFromWrapper(field, wrapper);
  if (isFileField(field)) return fileFromWrapper(field, wrapper);
  switch (field) {
    case undefined:
    case "$unknowns":
      return { kind: "unknown" };
    case "requestForFastResponse":
      return FAST_REQUEST;
    case "requestForSlowResponse":
      return { kind: "slowRequest", seconds: wrapper[field]!.timeInSecondsToSleep };
    case "fastResponse":
      return { kind: "fastResponse", currentDateTime: wrapper[field]!.currentDateTime };
    case "slowResponse":
      return { kind: "slowResponse", connectedClientCount: wrapper[field]!.connectedClientCount };
    case "hello": {
      const { version, nonce } = wrapper[field]!;
      return { kind: "hello", version, nonce: readBytes("nonce", nonce, NONCE_BYTES) };
    }
    case "welcome": {
      const { version, nonce, maxMessageBytes } = wrapper[field]!;
      return {
        kind: "welcome",
        version,
        nonce: readBytes("nonce", nonce, NONCE_BYTES),
        maxMessageBytes,
      };
    }
    case "sealed":
      return { kind: "sealed", body: copy(wrapper[field]!.body) };
    case "refusal":
      return readRefusal(wrapper[field]!);
    case "manifest": {
      const { id, source, madeAtMs, entries } = wrapper[field]!;
      return {
        kind: "manifest",
        id: readId(id),
        source,
        madeAtMs: readTime("made_at_ms", madeAtMs),
        entries: (entries ?? []).map(({ city, wagons }) => ({ city, wagons })),
      };
    }
    case "document": {
      const { id, source, madeAtMs, json } = wrapper[field]!;
      const time = readTime("made_at_ms", madeAtMs);
      return { kind: "document", id: readId(id), source, madeAtMs: time, json: copy(json) };
    }
    case "receipt": {
      const { id, storedAtMs, duplicate } = wrapper[field]!;
      const time = readTime("stored_at_ms", storedAtMs);
      return { kind: "receipt", id: readId(id), storedAtMs: time, duplicate };
    }
    case "shutdown":
      return { kind: "shutdown" };
    case "shutdownReport": {
      const { connections, finished, abandoned, tookMs } = wrapper[field]!;
      return { kind: "shutdownReport", connections, finished, abandoned, tookMs };
    }
    default:
      return field satisfies never;
  }
}

function readRefusal({ code, text, id }: TestTask.Messages.Refusal.$Properties): Refusal {
  // A code that is not in the enum is skipped by the generated code.
  const known = (code ?? RefusalCode.unknown) as RefusalCode;
  const refusal = { kind: "refusal", code: known, text } as const;
  return id === undefined || id === null || id.length === 0
    ? refusal
    : { ...refusal, id: readId(id) };
}

function isRoomField(field: keyof Wrapper | undefined): field is RoomField {
  return (ROOM_FIELDS as readonly unknown[]).includes(field);
}

function isFileField(field: keyof Wrapper | undefined): field is FileField {
  return (FILE_FIELDS as readonly unknown[]).includes(field);
}
