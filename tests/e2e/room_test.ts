import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { RoomConnection } from "../../lib/client/room_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { sampleId } from "../helpers/samples.ts";
import { Workspace } from "./workspace.ts";

const SECRET = "the 14:05 leaves from track 3";

Deno.test("what is said outlives the server, and is told nowhere but in the room", async () => {
  await using space = await new Workspace();
  const log = ["--log-file", "serve.log"];
  const first = await space.serve(log);
  const [ann, bob] = [await join(first.url, "Ann"), await join(first.url, "Bob")];
  await ann.say(sampleId(1), SECRET);
  assertEquals((await bob.next()).what, { type: "text", text: SECRET });
  const { peer, ...message } = await first.next("message");
  assert(typeof peer === "string");
  assertEquals(message, {
    event: "message",
    name: "Ann",
    dialect: "tcp",
    id: sampleId(1),
    number: 1,
    type: "text",
    bytes: SECRET.length,
    duplicate: false,
  });
  for (const link of [ann, bob]) link.close();
  const { code, events, stderr } = await first.stop();
  assertEquals(code, 0, stderr);
  const left = events.filter(({ event }) => event === "left").map(({ name }) => name);
  assertEquals(left.sort(), ["Ann", "Bob"]);
  const logged = await Deno.readTextFile(space.path("serve.log"));
  for (const word of ["came", "message", "left", "Ann"]) assertStringIncludes(logged, word);
  for (const told of [logged, stderr, JSON.stringify(events)]) {
    assert(!told.includes("14:05"), told);
  }

  const second = await space.serve();
  const again = await join(second.url, "Ann");
  assertEquals(again.last, 1);
  const { events: said } = await again.history({ kind: "historyRequest", limit: 10 });
  assertEquals(said.map(({ number, name, what }) => [number, name, what]), [
    [1, "Ann", { type: "text", text: SECRET }],
  ]);
  // Said again after the restart, it is still the same.
  await again.say(sampleId(1), SECRET);
  assertEquals((await second.next("message")).duplicate, true);
  again.close();
  assertEquals((await second.stop()).code, 0);
});

Deno.test("what is kept of the room is bounded by --history-count and --history-age", async () => {
  await using space = await new Workspace();
  const first = await space.serve();
  const ann = await join(first.url, "Ann");
  for (let i = 1; i <= 5; i++) await ann.say(sampleId(i), `${i}`);
  ann.close();
  assertEquals((await first.stop()).code, 0);
  await space.write("wagons.toml", '[serve]\nport = 0\nhistory_count = 2\nhistory_age = "7d"\n');
  const second = await space.serve(["--config", "wagons.toml"]);
  assertEquals(await kept(second.url), [4, 5]);
  assertEquals((await second.stop()).code, 0);
  const third = await space.serve(["--history-count", "0"]);
  assertEquals(await kept(third.url), []);
  const bob = await join(third.url, "Bob");
  assertEquals(bob.last, 5, "numbers go on");
  bob.close();
  assertEquals((await third.stop()).code, 0);
  const wrong = await space.run(["serve", "--history-age", "30"]);
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.stderr, "--history-age");
});

async function join(url: string, name: string): Promise<RoomConnection> {
  return await RoomConnection.join(parseEndpoint(url), { name });
}

/** The numbers of the events that are kept, once those beyond the bounds are gone. */
async function kept(url: string): Promise<number[]> {
  const link = await join(url, "looks");
  try {
    for (;;) {
      const { events } = await link.history({ kind: "historyRequest", limit: 10 });
      if (events.length < 5) return events.map(({ number }) => number);
    }
  } finally {
    link.close();
  }
}
