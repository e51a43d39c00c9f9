import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { concat } from "../bytes.ts";
import type { PendingShare } from "./pending_bytes.ts";

/** What a body is bounded by. */
export interface BodyBounds {
  /** Bytes of one. */
  readonly maxBytes: number;
  /** Pieces in which it may come: each is held with what it takes beside its bytes. */
  readonly maxPieces: number;
  /** What all hold that are not whole, or not acted on. */
  readonly pending: PendingShare;
}

/**
 * The body of a request, or why there is none: it is `tooLong`, there is `noRoom` for it now, or its
 * peer has `left`.
 */
export type Body = Uint8Array | "tooLong" | "noRoom" | "left";

/** Whether a request says of itself that its body is too long: nothing of it need be read. */
export function saysTooLong({ headers }: IncomingMessage, maxBytes: number): boolean {
  return Number(headers["content-length"]) > maxBytes;
}

/** Whether a request has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/**
 * Reads a body. What is more than its bounds is neither kept nor read. A body that is whole is still
 * counted in `pending`, until the caller takes it out. Never rejects.
 */
export function readBody(
  request: IncomingMessage,
  { maxBytes, maxPieces, pending }: BodyBounds,
): Promise<Body> {
  if (saysTooLong(request, maxBytes)) return Promise.resolve("tooLong");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = (body: Body) => {
      request.off("data", onData).off("end", onEnd).off("close", onClose);
      if (!(body instanceof Uint8Array)) pending.change(bytes, 0);
      resolve(body);
    };
    const onData = (chunk: Buffer) => {
      const all = bytes + chunk.length;
      const isTooLong = all > maxBytes || chunks.length === maxPieces;
      if (isTooLong || !pending.change(bytes, all)) {
        request.pause();
        return finish(isTooLong ? "tooLong" : "noRoom");
      }
      bytes = all;
      chunks.push(chunk);
    };
    const onEnd = () => finish(chunks.length === 1 ? chunks[0]! : concat(chunks));
    const onClose = () => finish("left");
    request.on("data", onData).on("end", onEnd).on("close", onClose);
  });
}
