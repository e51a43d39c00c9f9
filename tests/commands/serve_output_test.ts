import { assertEquals } from "@std/assert";
import { MAX_TOLD_OFTEN_PER_MINUTE } from "../../lib/limits/connections.ts";
import { ServeOutput } from "../../lib/commands/serve_output.ts";
import { UsageError } from "../../lib/errors.ts";
import type { HubEvent } from "../../lib/hub/events.ts";
import { Ui } from "../../lib/ui.ts";
import { LOCAL, sampleId } from "../helpers/samples.ts";
import { LINK } from "../helpers/services.ts";
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
  { event: "renamed", ...PEER, before: "Bob" },
  { event: "listenerDropped", peer: LOCAL, reason: "too many events were waiting" },
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
    { event: "renamed", peer, name, before: "Bob", untold: 0 },
    { event: "listenerDropped", peer, reason: "too many events were waiting" },
  ]);
  assertEquals(err, "");
});

test("serve output: a person is only told who was put out, in what cannot steer a terminal", () => {
  const { out, err } = tell({});
  const lines = "put An\\u{202e}n out of the room: nothing was taken for 20000 ms\n" +
    "put 127.0.0.1:4001 out of the room: too many events were waiting\n";
  assertEquals([out, err], ["", lines]);
  assertEquals(tell({ quiet: true }), { out: "", err: "" });
});

test("serve output: a fault is told with what to do next", () => {
  const err = new Stream();
  const output = new ServeOutput(new Ui({}, new Stream(), err, true), undefined);
  const error = new UsageError("the key is another one now", { hint: "Restart it." });
  output.event({ event: "fault", doing: "store it", error });
  assertEquals(err.text, "warning: Cannot store it: the key is another one now. Restart it.\n");
});

test("serve output: what was dropped is told with how much else was", () => {
  const dropped = (untold: number): HubEvent => ({
    ...{ event: "dropped", dialect: "udp", address: "10.0.0.1:9" },
    ...{ why: "4 bytes are no token", untold },
  });
  const { out, err } = tell({}, [dropped(0), dropped(3)]);
  const line = "dropped what came of 10.0.0.1:9: 4 bytes are no token";
  assertEquals([out, err], ["", `${line}\n${line} (and 3 others before it)\n`]);
  const { out: json } = tell({ json: true }, [dropped(3)]);
  const { event, peer, dialect, why, untold } = JSON.parse(json);
  assertEquals([event, peer, dialect, why, untold], [
    ...["dropped", "10.0.0.1:9", "udp", "4 bytes are no token", 3],
  ]);
});

test("serve output: where it is announced is told, and why it is not", () => {
  const told = (options: { json?: boolean }) => {
    const [out, err] = [new Stream(), new Stream()];
    const output = new ServeOutput(new Ui(options, out, err, true), undefined);
    output.announced(LINK, "yard (2)");
    output.unannounced("no \u009bmulticast");
    return [out.text, err.text];
  };
  const warning = "warning: not announced by mDNS: no \\u{9b}multicast\n";
  assertEquals(told({}), ["", `announced by mDNS as yard (2) on eth0, 10.0.0.1\n${warning}`]);
  const [out, err] = told({ json: true });
  assertEquals(out!.trim().split("\n").map((line) => JSON.parse(line)), [
    { event: "announced", interface: "eth0", address: "10.0.0.1", name: "yard (2)" },
    { event: "unannounced", why: "no \u009bmulticast" },
  ]);
  assertEquals(err, warning);
});

test("serve output: what comes very often is told some times, with how often it was not", () => {
  const peer = { dialect: "http", address: "10.0.0.1:9", host: "10.0.0.1", isLoopback: false };
  const often = { event: "message", peer, name: "Ann", id: "x", number: 7, type: "text" } as const;
  const duplicate = { ...often, bytes: 40, duplicate: true };
  const renamed = { event: "renamed", peer, name: "Bob", before: "Ann" } as const;
  const events = Array.from({ length: 100 }, () => [duplicate, renamed]).flat();
  const lines = tell({ json: true }, [...events, { ...duplicate, duplicate: false }]).out
    .trim().split("\n").map((line) => JSON.parse(line));
  const count = (name: string) =>
    lines.filter(({ event, untold }) => event === name && untold === 0);
  assertEquals([count("message").length, count("renamed").length], [
    MAX_TOLD_OFTEN_PER_MINUTE,
    MAX_TOLD_OFTEN_PER_MINUTE,
  ]);
  const { untold, duplicate: isDuplicate } = lines.at(-1);
  assertEquals([lines.length, isDuplicate, untold], [
    2 * MAX_TOLD_OFTEN_PER_MINUTE + 1,
    false,
    undefined,
  ]);
});

function tell(options: { json?: boolean; quiet?: boolean }, events = EVENTS): {
  out: string;
  err: string;
} {
  const [out, err] = [new Stream(), new Stream()];
  const output = new ServeOutput(new Ui(options, out, err, true), undefined);
  for (const event of events) output.event(event);
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
