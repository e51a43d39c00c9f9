import type { Endpoint } from "../../lib/endpoint.ts";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import type { ListenerOptions } from "../../lib/listeners/listener.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import { EventLog } from "./events.ts";
import { SERVER } from "./raw_client.ts";
import { KEY } from "./sealed_peer.ts";
import { FakeStore } from "./fake_store.ts";
import { stop } from "./stopped.ts";

/** What a {@linkcode TestServer} is made of. */
export interface TestServerOptions {
  /** The dialect. Default: `tcp`. */
  scheme?: string;
  /** Where it listens. Default: 127.0.0.1. */
  host?: string;
  /** The parameters of its URL. Default: none. */
  parameters?: Record<string, string>;
  /** The hub's bounds. */
  hub?: Partial<HubOptions>;
  /** The listener's bounds. */
  listener?: ListenerOptions;
}

/** A hub with one listener on a free port. Leaving its scope drains it. */
export class TestServer implements AsyncDisposable {
  /** What it told. */
  readonly events: EventLog;
  /** Where it keeps manifests, unless the options name another store. */
  readonly store: FakeStore;
  /** The hub. */
  readonly hub: Hub;
  /** Where it listens. */
  readonly endpoint: Endpoint;
  /** See `Bound.finished`. */
  readonly finished: Promise<void>;

  private constructor(
    parts: { events: EventLog; store: FakeStore; hub: Hub },
    endpoint: Endpoint,
    finished: Promise<void>,
  ) {
    this.events = parts.events;
    this.store = parts.store;
    this.hub = parts.hub;
    this.endpoint = endpoint;
    this.finished = finished;
  }

  /** Starts one. */
  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const { scheme = "tcp", host = "127.0.0.1", parameters } = options;
    const events = new EventLog();
    const store = new FakeStore();
    const listener = LISTENERS.get(scheme)!;
    const key = listener.needsKey ? { key: KEY } : {};
    const hub = new Hub({ store, onEvent: events.take, ...key, ...options.hub });
    const bound = await listener
      .listen({ scheme, host, port: 0, ...(parameters && { parameters }) }, hub, {
        tls: SERVER,
        ...options.listener,
      });
    return new TestServer({ events, store, hub }, bound.endpoint, bound.finished);
  }

  /** Listens by another dialect too, on a free port. It stops with the first. */
  async alsoListen(scheme: string): Promise<AsyncDisposable & { readonly endpoint: Endpoint }> {
    const { endpoint, finished } = await LISTENERS.get(scheme)!
      .listen({ scheme, host: "127.0.0.1", port: 0 }, this.hub, { tls: SERVER });
    return {
      endpoint,
      [Symbol.asyncDispose]: async () => void await Promise.all([stop(this.hub), finished]),
    };
  }

  /** Drains it and waits until its last connection is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([stop(this.hub), this.finished]);
  }
}
