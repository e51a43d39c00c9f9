import { FormatError } from "../formats/format_error.ts";
import type { Added } from "../store/records.ts";
import { ConflictError } from "../store/store.ts";
import { type Receipt, type Refusal, RefusalCode } from "../wire/messages.ts";
import type { HubEvent } from "./events.ts";
import type { Denial, Gate } from "./gate.ts";
import type { Peer } from "./peer.ts";
import type { Running } from "./running.ts";

/** What it takes to keep what peers send. */
export interface KeepingOptions {
  /** Who is trusted. */
  gate: Gate;
  /** Why nothing is done any more, if so. */
  stopping: () => Denial | undefined;
  /** Manifests and documents of one peer on their way to the disk. */
  maxStoring: number;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string, id?: string) => Refusal;
  /** Is told what happens. */
  onEvent: (event: HubEvent) => void;
  /** Counts what is on its way. */
  running: Running;
}

/** What is to be kept. */
export interface Wanted {
  /** What it is, for messages. */
  readonly kind: "manifest" | "document";
  /** Its UUID. */
  readonly id: string;
  /** Why it is not kept, as a sentence; `undefined` when it is. Asked once it is known who wants it. */
  problem(): string | undefined;
  /** Stores it. */
  store(): Promise<Added>;
  /** What the world is told when it is stored. */
  stored(added: Added): HubEvent;
}

/** What became of it. */
export type Kept = Receipt | Refusal;

/** Keeps what peers send: who may, how much at once, and what is answered. */
export class Keeping {
  readonly #options: KeepingOptions;

  /** Takes what it needs. */
  constructor(options: KeepingOptions) {
    this.#options = options;
  }

  /** Keeps it, or says why not. Never throws, never rejects. */
  keep(peer: Peer, wanted: Wanted): Kept | Promise<Kept> {
    const { gate, stopping, maxStoring, onEvent, running } = this.#options;
    const { kind, id } = wanted;
    const refuse = (...denial: Denial) => this.#options.refuse(peer, ...denial, id);
    const denial = stopping() ?? gate.keep(peer, kind);
    if (denial !== undefined) return refuse(...denial);
    const problem = wanted.problem();
    if (problem !== undefined) return refuse(RefusalCode.invalid, problem);
    if (peer.storing >= maxStoring) {
      return refuse(
        RefusalCode.failed,
        `${maxStoring} manifests and documents of this connection are being stored already.`,
      );
    }
    peer.storing++;
    return running.run(
      wanted.store().then((added): Kept => {
        onEvent(wanted.stored(added));
        return { kind: "receipt", id, ...added };
      }, (error): Kept => {
        if (error instanceof ConflictError) {
          return refuse(RefusalCode.invalid, `${error.message}, which says something else.`);
        }
        if (error instanceof FormatError) {
          return refuse(RefusalCode.invalid, `It cannot be kept: ${error.message}.`);
        }
        onEvent({ event: "fault", doing: `store the ${kind} ${id}`, error });
        return refuse(RefusalCode.failed, "The server could not store it. Try again later.");
      }).finally(() => peer.storing--),
    );
  }
}
