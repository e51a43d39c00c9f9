import { assert, assertEquals } from "@std/assert";
import { createSocket } from "node:dgram";
import { request } from "node:http";
import { codeOf, systemFault } from "../../lib/net/system_faults.ts";

/** A port of this machine at which nobody listens. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("what the runtime and Node's modules throw is told alike", async () => {
  const port = freePort();
  const own = await Deno.connect({ hostname: "127.0.0.1", port }).catch((error) => error);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  request({ host: "127.0.0.1", port }).on("error", resolve).end();
  for (const error of [own, await promise]) {
    assertEquals([codeOf(error), systemFault(error)?.outcome], ["ECONNREFUSED", "refused"]);
  }
});

Deno.test("a datagram that the system does not take has words too", async () => {
  const socket = createSocket("udp4");
  const send = (bytes: number, address: string) =>
    new Promise((resolve) => socket.send(new Uint8Array(bytes), 9, address, resolve));
  const tooLong = await send(70_000, "127.0.0.1");
  // Nobody has asked whether it may send to all.
  const forbidden = await send(1, "127.255.255.255");
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  for (const error of [tooLong, forbidden]) assert(systemFault(error) !== undefined, `${error}`);
});

Deno.test("what is no error of the system has none", () => {
  const odd = [
    new Error("x"),
    "ECONNREFUSED",
    undefined,
    Object.assign(new Error("x"), { code: 7 }),
  ];
  for (const error of [...odd, Object.assign(new Error("x"), { code: "toString" })]) {
    assertEquals(systemFault(error), undefined);
  }
  assertEquals(odd.map(codeOf), ["", "", "", ""]);
});
