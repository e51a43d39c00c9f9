import { SEAL_TAG_BYTES } from "../../lib/seal/channel.ts";
import type { Session } from "../../lib/seal/session.ts";
import { sealedHeadBytes } from "../../lib/wire/frame_encoder.ts";

/** Seals the next message of a session, for tests that put it into a frame themselves, or do not. */
export function sealBody(session: Session, body: Uint8Array): Uint8Array<ArrayBuffer> {
  return session.sealFrame([body]).slice(sealedHeadBytes(body.length + SEAL_TAG_BYTES));
}
