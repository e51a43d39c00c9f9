/**
 * Dictionaries with a file behind them, as system E's programs send both in one connection.
 *
 * @module
 */

import type { Dictionary } from "../formats/value.ts";
import { newId } from "../new_id.ts";
import { safeName } from "../safe_name.ts";
import type { OpenedData } from "../seal/data_token.ts";
import type { AddedFile } from "../store/file_store.ts";
import type { Receipt, Refusal, RefusalCode } from "../wire/messages.ts";
import type { Dictionaries } from "./dictionaries.ts";
import { type Denial, type Gate, isDenial } from "./gate.ts";
import type { InlineFiles } from "./inline_files.ts";
import { OneAtATime } from "./one_at_a_time.ts";
import type { Peer } from "./peer.ts";
import type { Running } from "./running.ts";
import type { TokenDictionaries } from "./token_dictionaries.ts";

/** Who decides over a parcel, and who keeps its parts. A hub has them. */
export interface ParcelKeepers {
  /** Who is trusted. */
  readonly gate: Gate;
  /** Keeps dictionaries that came alone. */
  readonly dictionaries: Dictionaries;
  /** Keeps those that came with a token. */
  readonly tokenDictionaries: TokenDictionaries;
  /** Keeps the files. */
  readonly inlineFiles: InlineFiles;
}

/** What else it takes to keep them. */
export interface ParcelsOptions {
  /** What the files are called; without it each has a name of its time and its sender. */
  fileName: string | undefined;
  /** Why nothing is done any more, if so. */
  stopping: () => Denial | undefined;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string, id?: string) => Refusal;
  /** Counts what is on its way. */
  running: Running;
  /** The time, in milliseconds since the Unix epoch. */
  nowMs: () => number;
}

/** What a peer has sent in one connection. */
export interface Parcel {
  /** The dictionary. */
  readonly dictionary: Dictionary;
  /** What was in the token behind it, where there was one that was opened: the file. */
  readonly file: OpenedData | undefined;
}

/** What became of one whose dictionary is kept. */
export interface KeptParcel {
  /** That the dictionary is on the disk. */
  readonly dictionary: Receipt;
  /** That the file is too, or why it is not; `undefined` where none came. */
  readonly file: AddedFile | Denial | undefined;
}

/** Keeps what comes by the dict dialect: `hub.parcels`. */
export class Parcels {
  readonly #keepers: ParcelKeepers;
  readonly #options: ParcelsOptions;
  readonly #turns = new OneAtATime();

  /** Takes what it needs of the hub. */
  constructor(keepers: ParcelKeepers, options: ParcelsOptions) {
    this.#keepers = keepers;
    this.#options = options;
  }

  /** Why nothing is kept of a peer, if so; with a file that was opened, or without one. */
  deny(peer: Peer): Refusal | undefined {
    const { stopping, refuse } = this.#options;
    const denial = stopping() ?? this.#keepers.gate.parcel(peer);
    return denial && refuse(peer, ...denial);
  }

  /**
   * Keeps a dictionary and, when that is done, the file; what came with the same token before is not
   * kept twice. A refusal means that nothing is kept. Never rejects.
   */
  keep(peer: Peer, parcel: Parcel): Promise<KeptParcel | Refusal> {
    const { dictionary, file } = parcel;
    const { running } = this.#options;
    if (file === undefined) return running.run(this.#keepAlone(peer, dictionary));
    // The turns of the dictionaries, which come by other ways too, end before those of the files.
    return running.run(this.#turns.run(file.id, () => this.#keepBoth(peer, dictionary, file)));
  }

  async #keepAlone(peer: Peer, dictionary: Dictionary): Promise<KeptParcel | Refusal> {
    const madeAtMs = this.#options.nowMs();
    const document = { id: newId(), source: peer.info.host, madeAtMs, dictionary };
    const { answer } = await this.#keepers.dictionaries.keep(peer, document);
    return answer.kind === "refusal" ? answer : { dictionary: answer, file: undefined };
  }

  async #keepBoth(
    peer: Peer,
    dictionary: Dictionary,
    { id, madeAtMs, data }: OpenedData,
  ): Promise<KeptParcel | Refusal> {
    const { tokenDictionaries, inlineFiles } = this.#keepers;
    // For a person to read: the dialect has no names.
    const source = peer.info.host;
    const { answer } = await tokenDictionaries.keep(peer, { id, source, madeAtMs, dictionary });
    if (answer.kind === "refusal") return answer;
    const kept = await inlineFiles.keep(peer, { id, name: this.#nameFor(peer), source }, data);
    // Told to the world, not as a refusal to the peer, which gets the rest of what was done.
    if (isDenial(kept)) this.#options.refuse(peer, ...kept, id);
    return { dictionary: answer, file: kept };
  }

  #nameFor({ info: { address } }: Peer): string {
    const { fileName, nowMs } = this.#options;
    if (fileName !== undefined) return fileName;
    const time = new Date(nowMs()).toISOString().slice(0, "YYYY-MM-DDThh:mm:ss".length);
    const where = address.replaceAll(/[[\]]/g, "").replaceAll(":", "-");
    return safeName(`dict-${time.replaceAll(":", "")}-${where}.txt`);
  }
}
