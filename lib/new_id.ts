import { makeUuidV7 } from "./wire/uuid.ts";

/** An id for something that is made now: a UUIDv7 in its text form. */
export function newId(): string {
  return makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
