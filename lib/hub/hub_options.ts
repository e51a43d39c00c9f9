import type { Store } from "../store/store.ts";
import type { HubEvent } from "./events.ts";
import type { GateOptions } from "./gate.ts";

/** What a hub is made of and bounded by. */
export interface HubOptions extends GateOptions {
  /** Where manifests, documents, files and the events of the room are kept. The hub does not close it. */
  store: Store;
  /** The longest file that is kept. Default: `MAX_FILE_BYTES`. */
  maxFileBytes?: number;
  /** The longest chunk of a file that listeners take. Default: `MAX_CHUNK_BYTES`. */
  maxChunkBytes?: number;
  /**
   * What files are called that come behind a dictionary. Default: each has a name of its time and its
   * sender.
   */
  dictFileName?: string;
  /** Comings and goings told in a second. Default: `MAX_ANNOUNCED_PER_SECOND`. */
  announcedPerSecond?: number;
  /** Is told what happens, at once; must not throw. */
  onEvent: (event: HubEvent) => void;
  /** Peers at once. Default: `MAX_CONNECTIONS`. */
  maxConnections?: number;
  /** Slow requests asleep for one peer. Default: `MAX_SLEEPING`. */
  maxSleeping?: number;
  /** Manifests and documents of one peer on their way to the disk. Default: `MAX_STORING`. */
  maxStoring?: number;
  /** Refusals of one peer before it is sent away. Default: `MAX_REFUSALS`. */
  maxRefusals?: number;
  /** What running requests get when the server stops. Default: `DRAIN_TIMEOUT_MS`. */
  drainTimeoutMs?: number;
  /** Tell each request. Default: false. */
  traceRequests?: boolean;
  /**
   * How long a token is good after it was made, and how far its maker's clock may be ahead. Default:
   * `TOKEN_LIFE_MS`.
   */
  tokenLifeMs?: number;
  /** What people call the server. Default: `SERVER_NAME`. */
  name?: string;
}
