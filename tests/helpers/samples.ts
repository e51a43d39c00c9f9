/**
 * Things that tests are about.
 *
 * @module
 */

import { type Value, WholeFloat } from "../../lib/formats/value.ts";
import type { PeerInfo } from "../../lib/hub/peer.ts";
import type { Document } from "../../lib/store/document_store.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import type { Manifest, Message } from "../../lib/wire/messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";

/** Asks for the time. */
export const FAST: Message = { kind: "fastRequest" };

/** Asks for the number of clients, after that many seconds. */
export function slow(seconds: number): Message {
  return { kind: "slowRequest", seconds };
}

/** A valid manifest whose id only depends on `number`, with what is wanted otherwise. */
export function sampleManifest(number: number, wanted: Partial<Manifest> = {}): Manifest {
  return {
    kind: "manifest",
    id: sampleId(number),
    source: "Yard 7",
    madeAtMs: 1_800_000_000_000 + number,
    entries: [{ city: "Köln", wagons: number }, { city: "Łódź", wagons: 4_294_967_295 }],
    ...wanted,
  };
}

/** A document that only depends on `number`, with what is wanted otherwise. */
export function sampleDocument(number: number, wanted: Partial<Document> = {}): Document {
  return {
    id: sampleId(number),
    source: "Yard 7",
    madeAtMs: 1_800_000_000_000 + number,
    dictionary: new Map<string, Value>([
      ["поезд", `№ ${number}`],
      ["wagons", number],
      ["load", [new WholeFloat(1), 1.5, null, true, 2n ** 70n, new Map([["inner", -0]])]],
    ]),
    ...wanted,
  };
}

/** A file that only depends on `number`, with what is wanted otherwise. */
export function sampleFile(number: number, wanted: Partial<FileInfo> = {}): FileInfo {
  return {
    kind: "fileInfo",
    id: sampleId(number),
    name: "wagons.png",
    size: 1000 + number,
    sha256: new Uint8Array(32).fill(number),
    source: "Yard 7",
    storedAtMs: 1_800_000_000_000 + number,
    number,
    ...wanted,
  };
}

/** An event of the room that only depends on `number`. */
export function sampleEvent(number: number): RoomEvent {
  return {
    kind: "roomEvent",
    number,
    atMs: 1_800_000_000_000 + number,
    name: "Ann",
    dialect: "test",
    id: sampleId(number),
    what: { type: "text", text: `text ${number}` },
  };
}

/** A UUIDv7 that only depends on `number`. */
export function sampleId(number: number): string {
  return makeUuidV7(1_800_000_000_000 + number, new Uint8Array(10));
}

/** A key that only depends on `number`, from 0 to 255. */
export function sampleKey(number: number): Uint8Array {
  return new Uint8Array(32).fill(number);
}

/** A peer on this machine. */
export const LOCAL: PeerInfo = {
  dialect: "test",
  address: "127.0.0.1:4001",
  host: "127.0.0.1",
  isLoopback: true,
};

/** A peer on another machine (an address for documentation, RFC 5737). */
export const REMOTE: PeerInfo = {
  dialect: "test",
  address: "192.0.2.9:4002",
  host: "192.0.2.9",
  isLoopback: false,
};
