import { assertEquals } from "@std/assert";
import { ServeOutput } from "../../lib/commands/serve_output.ts";
import { UsageError } from "../../lib/errors.ts";
import type { HubEvent } from "../../lib/hub/events.ts";
import { Ui } from "../../lib/ui.ts";
import { LOCAL, sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";

const PEER = { peer: LOCAL, name: "An\u202en" };
const EVENTS: HubEvent[] = [
  { event: "came", ...PEER, members: 2 },
  {
    ...{ event: "message", ...PEER, id: sampleId(1), number: 7 },
    ...{ type: "text", bytes: 40, duplicate: false },
  },
  { event: "memberDropped", ...PEER, reason: "nothing was taken for 20000 ms", members: 1 },
  { event: "left", ...PEER, reason: "closed the connection", members: 0 },
];

test("serve output: the room is told as JSON, without what was said", () => {
  const { out, err } = tell({ json: true });
  const peer = "127.0.0.1:4001";
  const { name } = PEER;
  assertEquals(out.trim().split("\n").map((line) => JSON.parse(line)), [
    { event: "came", peer, name, dialect: "test", members: 2 },
    {
      ...{ event: "message", peer, name, dialect: "test", id: sampleId(1) },
      ...{ number: 7, type: "text", bytes: 40, duplicate: false },
    },
    { event: "memberDropped", peer, name, reason: "nothing was taken for 20000 ms", members: 1 },
    { event: "left", peer, name, reason: "closed the connection", members: 0 },
  ]);
  assertEquals(err, "");
});

test("serve output: a person is only told who was put out, in what cannot steer a terminal", () => {
  const { out, err } = tell({});
  const line = "put An\\u{202e}n out of the room: nothing was taken for 20000 ms\n";
  assertEquals([out, err], ["", line]);
  assertEquals(tell({ quiet: true }), { out: "", err: "" });
});

test("serve output: a fault is told with what to do next", () => {
  const err = new Stream();
  const output = new ServeOutput(new Ui({}, new Stream(), err, true), undefined);
  const error = new UsageError("the key is another one now", { hint: "Restart it." });
  output.event({ event: "fault", doing: "store it", error });
  assertEquals(err.text, "warning: Cannot store it: the key is another one now. Restart it.\n");
});

function tell(options: { json?: boolean; quiet?: boolean }): { out: string; err: string } {
  const [out, err] = [new Stream(), new Stream()];
  const output = new ServeOutput(new Ui(options, out, err, true), undefined);
  for (const event of EVENTS) output.event(event);
  return { out: out.text, err: err.text };
}

class Stream {
  text = "";

  writeSync(bytes: Uint8Array): number {
    this.text += new TextDecoder().decode(bytes);
    return bytes.length;
  }

  isTerminal(): boolean {
    return false;
  }
}
