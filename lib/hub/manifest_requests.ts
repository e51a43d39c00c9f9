import { ConflictError, type Store } from "../store/store.ts";
import { type Manifest, type Receipt, type Refusal, RefusalCode } from "../wire/messages.ts";
import type { HubEvent } from "./events.ts";
import type { Denial, Gate } from "./gate.ts";
import { manifestProblem } from "./manifest_rules.ts";
import type { Peer } from "./peer.ts";
import type { Running } from "./running.ts";

/** What it takes to keep manifests. */
export interface ManifestRequestsOptions {
  /** Where they are kept. */
  store: Store;
  /** Who is trusted. */
  gate: Gate;
  /** Manifests of one peer on their way to the disk. */
  maxStoring: number;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string, id?: string) => Refusal;
  /** Is told what happens. */
  onEvent: (event: HubEvent) => void;
  /** Counts what is on its way. */
  running: Running;
}

/** What became of a manifest. */
export type Kept = Receipt | Refusal;

/** Keeps the manifests that peers send. */
export class ManifestRequests {
  readonly #options: ManifestRequestsOptions;

  /** Takes what it needs. */
  constructor(options: ManifestRequestsOptions) {
    this.#options = options;
  }

  /** The answer to a manifest. */
  keep(peer: Peer, manifest: Manifest): Kept | Promise<Kept> {
    const { store, gate, maxStoring, onEvent, running } = this.#options;
    const refuse = (...denial: Denial) => this.#options.refuse(peer, ...denial, manifest.id);
    const denial = gate.keep(peer);
    if (denial !== undefined) return refuse(...denial);
    const problem = manifestProblem(manifest);
    if (problem !== undefined) return refuse(RefusalCode.invalid, problem);
    if (peer.storing >= maxStoring) {
      return refuse(
        RefusalCode.failed,
        `${maxStoring} manifests of this connection are being stored already.`,
      );
    }
    peer.storing++;
    return running.run(
      store.addManifest(manifest).then((added): Kept => {
        onEvent({ event: "manifest", peer: peer.info, manifest, ...added });
        return { kind: "receipt", id: manifest.id, ...added };
      }, (error): Kept => {
        if (error instanceof ConflictError) {
          return refuse(RefusalCode.invalid, `${error.message}, which says something else.`);
        }
        onEvent({ event: "fault", doing: `store the manifest ${manifest.id}`, error });
        return refuse(RefusalCode.failed, "The server could not store it. Try again later.");
      }).finally(() => peer.storing--),
    );
  }
}
