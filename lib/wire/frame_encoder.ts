import { byteLength } from "../bytes.ts";
import { encodeBody, encodeParts, SEALED_BODY_TAG, SEALED_TAG } from "./codec.ts";
import type { Message } from "./messages.ts";
import type { RoomEvent } from "./room_messages.ts";
import { varint32Length, writeVarint32 } from "./varint.ts";

/** The whole frame of a message: a minimal varint32 length and the body. */
export function encodeFrame(message: Message): Uint8Array {
  return frameBody(encodeParts(message));
}

/** The whole frame of a body that is made already, in parts, one behind the other. */
export function frameBody(parts: readonly Uint8Array[]): Uint8Array {
  const length = byteLength(parts);
  const frame = new Uint8Array(varint32Length(length) + length);
  let at = writeVarint32(length, frame, 0);
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

/** How many bytes of the frame of a Sealed stand before a body of that length. */
export function sealedHeadBytes(bodyBytes: number): number {
  const { frame } = sealedLengths(bodyBytes);
  return varint32Length(frame) + frame - bodyBytes;
}

/**
 * Writes what stands before a body of that length in the frame of a Sealed: with the body behind it
 * that is what {@linkcode encodeFrame} gives.
 */
export function writeSealedHead(bodyBytes: number, out: Uint8Array): void {
  const { frame, sealed } = sealedLengths(bodyBytes);
  let at = writeVarint32(frame, out, 0);
  out.set(SEALED_TAG, at);
  at = writeVarint32(sealed, out, at + SEALED_TAG.length);
  out[at++] = SEALED_BODY_TAG;
  writeVarint32(bodyBytes, out, at);
}

/** What the two lengths around a body of that length say: that of the frame, and of the Sealed. */
function sealedLengths(bodyBytes: number): { frame: number; sealed: number } {
  const sealed = 1 + varint32Length(bodyBytes) + bodyBytes;
  return { frame: SEALED_TAG.length + varint32Length(sealed) + sealed, sealed };
}

/** An event of the room as bytes. They are shared: do not write to them. */
export interface EventFrame {
  /** The whole frame. */
  readonly frame: Uint8Array;
  /** The same without its length in front: what is sealed. */
  readonly body: Uint8Array;
}

/**
 * Makes frames and remembers the last one: a server answers many requests of a millisecond with
 * the same message, to many peers. What happens in the room goes to all of its members, sooner or
 * later: an event's frame is remembered as long as somebody has the event.
 */
export class FrameEncoder {
  #message: Message | undefined;
  #frame: Uint8Array = new Uint8Array(0);
  readonly #events = new WeakMap<RoomEvent, EventFrame>();

  /** The frame of `message`. It is shared: do not write to it. */
  encode(message: Message): Uint8Array {
    if (message !== this.#message) {
      this.#frame = encodeFrame(message);
      this.#message = message;
    }
    return this.#frame;
  }

  /** The bytes of an event. */
  encodeEvent(event: RoomEvent): EventFrame {
    let made = this.#events.get(event);
    if (made === undefined) {
      const body = encodeBody(event);
      made = { frame: frameBody([body]), body };
      this.#events.set(event, made);
    }
    return made;
  }
}
