import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/errors.ts";
import { Hub } from "../../lib/hub/hub.ts";
import { neededKey } from "../../lib/listeners/listener.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { SERVER } from "../helpers/raw_client.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";

test("needed key: is the key, or an error that says how to make one", () => {
  const endpoint = { scheme: "udp", host: "::1", port: 7119 };
  const key = new Uint8Array(32);
  assertStrictEquals(neededKey(endpoint, key), key);
  const error = assertThrows(() => neededKey(endpoint, undefined), UsageError);
  assertEquals(
    error.message,
    "Cannot listen on udp://[::1]:7119: all that is said there is sealed with a key",
  );
  assert(error.hint?.includes("wagons key new"), error.hint);
});

for (const [scheme, listener] of LISTENERS) {
  const needsKey = listener.needsKey ?? false;
  test(`${scheme}: listens without a key${needsKey ? " not" : ""}`, async () => {
    const hub = new Hub({ store: new FakeStore(), onEvent: () => {} });
    const listen = () =>
      listener.listen({ scheme, host: "127.0.0.1", port: 0 }, hub, { tls: SERVER });
    if (needsKey) {
      const error = await assertRejects(listen, UsageError);
      assert(error.hint?.includes("wagons key new"), error.hint);
      return await stop(hub);
    }
    const { finished } = await listen();
    await Promise.all([stop(hub), finished]);
  });
}
