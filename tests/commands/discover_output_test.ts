import { assertEquals } from "@std/assert";
import { DiscoverOutput } from "../../lib/commands/discover_output.ts";
import { Attempts } from "../../lib/discovery/attempts.ts";
import type { FoundServer } from "../../lib/discovery/merge.ts";
import { Ui } from "../../lib/ui.ts";
import { sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";

const SERVERS: FoundServer[] = [
  {
    id: sampleId(1),
    name: "Тула 東京\u202e",
    version: "0.1.0",
    addresses: ["10.0.0.5", "10.1.0.5"],
    endpoints: [
      { scheme: "http", host: "10.0.0.5", port: 7118 },
      { scheme: "http", host: "10.1.0.5", port: 7118 },
      { scheme: "tcp", host: "10.0.0.5", port: 7117 },
    ],
    roundTripMs: 1.23456,
    ways: ["http", "mdns"],
    key: "opens",
  },
  {
    id: undefined,
    name: "",
    version: undefined,
    addresses: ["10.0.0.6"],
    endpoints: [{ scheme: "udp", host: "10.0.0.6", port: 7119 }],
    roundTripMs: undefined,
    ways: ["broadcast"],
    key: "clock",
  },
];

function show(options: { json?: boolean }, tell: (output: DiscoverOutput) => void): string[] {
  const [out, err] = [new Stream(), new Stream()];
  tell(new DiscoverOutput(new Ui(options, out, err, true)));
  return [out.text, err.text];
}

test("discover output: columns are as wide as what is in them looks", () => {
  assertEquals(show({}, (output) => output.servers(SERVERS)), [
    [
      "NAME               ADDRESS             TIME    FOUND BY    KEY                          DIALECTS",
      "Тула 東京\\u{202e}  10.0.0.5, 10.1.0.5  1.2 ms  http, mdns  ours                         http:7118 tcp:7117",
      "-                  10.0.0.6            -       broadcast   ours, but its clock differs  udp:7119",
      "",
    ].join("\n"),
    "",
  ]);
  assertEquals(show({}, (output) => output.servers([])), ["", ""]);
});

test("discover output: as JSON a line for each server", () => {
  const [out, err] = show({ json: true }, (output) => output.servers(SERVERS));
  assertEquals(err, "");
  assertEquals(out!.trim().split("\n").map((line) => JSON.parse(line)), [
    {
      id: sampleId(1),
      name: "Тула 東京\u202e",
      version: "0.1.0",
      addresses: ["10.0.0.5", "10.1.0.5"],
      endpoints: ["http://10.0.0.5:7118", "http://10.1.0.5:7118", "tcp://10.0.0.5:7117"],
      roundTripMs: 1.235,
      foundBy: ["http", "mdns"],
      key: "opens",
    },
    {
      id: null,
      name: "",
      version: null,
      addresses: ["10.0.0.6"],
      endpoints: ["udp://10.0.0.6:7119"],
      roundTripMs: null,
      foundBy: ["broadcast"],
      key: "clock",
    },
  ]);
});

test("discover output: what was tried is told with numbers, the most frequent first", () => {
  const scan = new Attempts("10.0.0.0/24: http");
  for (const outcome of ["found", "silent", "silent"]) scan.count(outcome);
  const broadcast = new Attempts("eth0: broadcast");
  broadcast.note("not permitted");
  broadcast.note("not permitted");
  assertEquals(
    show({ json: true }, (output) => output.attempts([scan, broadcast, new Attempts("mdns")])),
    ["", "10.0.0.0/24: http: 2 silent, 1 found\neth0: broadcast: not permitted\nmdns: no answer\n"],
  );
});

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
