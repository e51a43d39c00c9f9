import type { Endpoint } from "../endpoint.ts";
import { newId } from "../new_id.ts";
import { VERSION } from "../version.ts";

/** Who a server is, for those who look for servers. */
export interface Identity {
  /** A UUIDv7 that this run of the server made: what is found twice has the same. */
  readonly id: string;
  /** What people call it: the machine's name, unless another was given. */
  readonly name: string;
  /** The version of the program. */
  readonly version: string;
  /** Where it listens, in the order that it began to. */
  readonly endpoints: readonly Endpoint[];
}

/** Who this server is. */
export class ServerIdentity implements Identity {
  /** See {@linkcode Identity}. */
  readonly id: string = newId();
  /** See {@linkcode Identity}. */
  readonly name: string;
  /** See {@linkcode Identity}. */
  readonly version: string = VERSION;
  readonly #endpoints: Endpoint[] = [];

  /** Takes what people call it. */
  constructor(name: string) {
    this.name = name;
  }

  /** See {@linkcode Identity}. */
  get endpoints(): readonly Endpoint[] {
    return this.#endpoints;
  }

  /** It listens there, as the address and the port that were really bound. */
  listensOn(endpoint: Endpoint): void {
    this.#endpoints.push(endpoint);
  }
}
