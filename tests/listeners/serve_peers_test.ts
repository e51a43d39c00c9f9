import { assert } from "@std/assert";
import { Hub } from "../../lib/hub/hub.ts";
import { type Accepted, type Acceptor, servePeers } from "../../lib/listeners/serve_peers.ts";
import { FakeConn } from "../helpers/fake_conn.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";

/** Gives one connection, and no other. */
class OneAcceptor implements Acceptor {
  readonly #closed = Promise.withResolvers<never>();
  #isGiven = false;

  accept(): Promise<Accepted> {
    if (this.#isGiven) return this.#closed.promise;
    this.#isGiven = true;
    return Promise.resolve({ conn: new FakeConn().asTcp, hostname: "127.0.0.1", port: 1 });
  }

  close(): void {
    this.#closed.reject(new Deno.errors.BadResource());
  }

  get finished(): Promise<void> {
    return Promise.resolve();
  }
}

test("serve peers: nobody is late for time in which the server itself was held up", async () => {
  const hub = new Hub({ store: new FakeStore(), onEvent: () => {} });
  const left = Promise.withResolvers<void>();
  const checked = Promise.withResolvers<void>();
  let heldUntilMs = Infinity;
  let hasReadOn = false;
  let checks = 0;
  const served = {
    run: () => left.promise,
    end: () => left.resolve(),
    checkTimes: () => {
      if (++checks === 2) {
        // After a first one, so that the timer runs; not in it, so that it comes late.
        setTimeout(() => {
          heldUntilMs = performance.now() + 500;
          while (performance.now() < heldUntilMs);
          setTimeout(() => hasReadOn = true);
        });
      }
      if (performance.now() >= heldUntilMs) {
        assert(hasReadOn, "what came meanwhile was not read yet");
        checked.resolve();
      }
    },
  };
  const endpoint = { scheme: "tcp", host: "127.0.0.1", port: 1 };
  const serving = servePeers(new OneAcceptor(), endpoint, hub, {
    serve: () => served,
    encodeRefusal: () => new Uint8Array(),
    shortestTimeoutMs: 200,
  });
  await checked.promise;
  await Promise.all([stop(hub), serving]);
});
