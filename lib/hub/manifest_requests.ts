import type { Store } from "../store/store.ts";
import type { Manifest } from "../wire/messages.ts";
import type { Keeping, Kept } from "./keeping.ts";
import { manifestProblem } from "./manifest_rules.ts";
import type { Peer } from "./peer.ts";

/** Keeps the manifests that peers send. */
export class ManifestRequests {
  readonly #store: Store;
  readonly #keeping: Keeping;

  /** Takes where they are kept, and what decides over it. */
  constructor(store: Store, keeping: Keeping) {
    this.#store = store;
    this.#keeping = keeping;
  }

  /** The answer to a manifest. */
  keep(peer: Peer, manifest: Manifest): Kept | Promise<Kept> {
    return this.#keeping.keep(peer, {
      kind: "manifest",
      id: manifest.id,
      problem: () => manifestProblem(manifest),
      store: () => this.#store.addManifest(manifest),
      stored: (added) => ({ event: "manifest", peer: peer.info, manifest, ...added }),
    });
  }
}
