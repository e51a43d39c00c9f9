import { assertEquals } from "@std/assert";
import * as v from "valibot";
import {
  bytes,
  choice,
  duration,
  endpoint,
  endpoints,
  fileName,
  flag,
  integer,
  port,
  ports,
  printTarget,
  serverName,
  subnets,
  text,
  type Value,
} from "../../lib/config/values.ts";

/** What a schema makes of an input: its output, or what it says is wrong. */
function read<T>(schema: Value<T>, input: unknown): { output: T } | { wrong: string } {
  const result = v.safeParse(schema, input);
  if (result.success) return { output: result.output };
  assertEquals(result.issues.length, 1);
  return { wrong: result.issues[0].message };
}

function takes<T>(schema: Value<T>, cases: [unknown, T][]): void {
  for (const [input, output] of cases) {
    assertEquals(read(schema, input), { output }, String(input));
  }
}

function refuses<T>(schema: Value<T>, cases: [unknown, string][]): void {
  for (const [input, wrong] of cases) assertEquals(read(schema, input), { wrong }, String(input));
}

Deno.test("integer", () => {
  const schema = integer(1, 100);
  takes(schema, [[1, 1], [100, 100], ["1", 1], ["100", 100], ["007", 7], [5.0, 5]]);
  const range = "is no whole number from 1 to 100";
  refuses(schema, [
    [0, `0 ${range}`],
    [101, `101 ${range}`],
    ["0", `"0" ${range}`],
    ["101", `"101" ${range}`],
    [1.5, `1.5 ${range}`],
    ["1.5", `"1.5" ${range}`],
    ["-1", `"-1" ${range}`],
    ["1e1", `"1e1" ${range}`],
    ["0x1", `"0x1" ${range}`],
    [" 1", `" 1" ${range}`],
    ["", `"" ${range}`],
    ["five", `"five" ${range}`],
    ["٥", `"٥" ${range}`],
    [true, `true ${range}`],
    [[1], `[1] ${range}`],
    [{}, `{} ${range}`],
    [NaN, `NaN ${range}`], // TOML has nan and inf
    [Infinity, `Infinity ${range}`],
    [-Infinity, `-Infinity ${range}`],
    ["9".repeat(400), `"${"9".repeat(400)}" ${range}`],
  ]);
});

Deno.test("port", () => {
  takes(port(0), [[0, 0], ["0", 0], [65535, 65535], ["65535", 65535]]);
  takes(port(1), [[1, 1], ["7117", 7117]]);
  refuses(port(0), [
    [-1, "-1 is no port: ports go from 0 to 65535"],
    [65536, "65536 is no port: ports go from 0 to 65535"],
    ["65536", '"65536" is no port: ports go from 0 to 65535'],
    ["http", '"http" is no port: ports go from 0 to 65535'],
    [1.5, "1.5 is no port: ports go from 0 to 65535"],
  ]);
  refuses(port(1), [[0, "0 is no port: ports go from 1 to 65535"]]);
});

Deno.test("duration", () => {
  const schema = duration(100, 60_000);
  takes(schema, [["100ms", 100], ["1s", 1000], ["1m", 60_000], ["60s", 60_000]]);
  const form = "is no duration: write it like 100ms, 5s or 2m";
  const range = "is out of range: it goes from 100ms to 1m";
  refuses(schema, [
    ["5", `"5" ${form}`],
    [5, `5 ${form}`],
    ["5 s", `"5 s" ${form}`],
    ["", `"" ${form}`],
    ["1.5s", `"1.5s" ${form}`],
    [new Date(0), `"1970-01-01T00:00:00.000Z" ${form}`], // TOML has dates
    ["99ms", `"99ms" ${range}`],
    ["60001ms", `"60001ms" ${range}`],
    ["2m", `"2m" ${range}`],
  ]);
});

Deno.test("bytes", () => {
  const schema = bytes(1024, 1024 * 1024);
  takes(schema, [["1KiB", 1024], ["1024B", 1024], ["1MiB", 1_048_576]]);
  const form = "is no size: write it like 64KiB or 1MiB";
  const range = "is out of range: it goes from 1KiB to 1MiB";
  refuses(schema, [
    ["1024", `"1024" ${form}`],
    [1024, `1024 ${form}`],
    ["1KB", `"1KB" ${form}`],
    ["1023B", `"1023B" ${range}`],
    ["1048577B", `"1048577B" ${range}`],
    ["1GiB", `"1GiB" ${range}`],
  ]);
});

Deno.test("text", () => {
  takes(text("path"), [["a", "a"], [" ", " "], ["/tmp/a b", "/tmp/a b"]]);
  refuses(text("path"), [["", '"" is no path'], [5, "5 is no path"], [["a"], '["a"] is no path']]);
});

Deno.test("print target", () => {
  const form = "write it like screen, none, file:received.txt or both:received.txt";
  takes(printTarget(), [
    ["none", { screen: false, path: undefined }],
    ["both:a b", { screen: true, path: "a b" }],
  ]);
  refuses(printTarget(), [
    ["file:", `"file:" is no place to print: ${form}`],
    [true, `true is no place to print: ${form}`],
  ]);
});

Deno.test("choice", () => {
  const schema = choice(["debug", "info"]);
  takes(schema, [["debug", "debug"], ["info", "info"], ["INFO", "info"], ["Debug", "debug"]]);
  refuses(schema, [
    ["trace", '"trace" is none of debug, info'],
    ["", '"" is none of debug, info'],
    [0, "0 is none of debug, info"],
  ]);
});

Deno.test("flag", () => {
  takes(flag(), [
    [true, true],
    [false, false],
    ["true", true],
    ["false", false],
    ["1", true],
    ["0", false],
  ]);
  for (const input of ["yes", "no", "on", "TRUE", "2", "", 1, 0]) {
    const shown = typeof input === "string" ? `"${input}"` : input;
    refuses(flag(), [[input, `${shown} is neither true nor false`]]);
  }
});

Deno.test("endpoint", () => {
  takes(endpoint(), [["tcp://[::1]:1", { scheme: "tcp", host: "::1", port: 1 }]]);
  refuses(endpoint(), [
    [7117, "7117 is no URL"],
    ["host", '"host" is no endpoint. Write it as a URL, like tcp://127.0.0.1:7117.'],
    ["tcp://a:65536", "tcp://a:65536 has the port 65536. Ports go from 0 to 65535."],
  ]);
});

Deno.test("endpoints", () => {
  const [a, b] = [{ scheme: "tcp", host: "a", port: 1 }, { scheme: "tcp", host: "b", port: 2 }];
  takes(endpoints(), [
    ["tcp://a:1", [a]],
    ["tcp://a:1 tcp://b:2", [a, b]],
    ["  tcp://a:1\n\ttcp://b:2 ", [a, b]],
    [["tcp://a:1"], [a]],
    [["tcp://a:1", "tcp://b:2"], [a, b]],
  ]);
  const form = 'is no list of URLs: write it like ["tcp://127.0.0.1:7117"]';
  refuses(endpoints(), [
    ["", `"" ${form}`],
    [" ", `" " ${form}`],
    [[], `[] ${form}`],
    [5, `5 ${form}`],
    [{}, `{} ${form}`],
    [[5], "5 is no URL"],
    [["tcp://a:1", "b"], '"b" is no endpoint. Write it as a URL, like tcp://127.0.0.1:7117.'],
    ["tcp://a:1,tcp://b:2", endpointWrong("tcp://a:1,tcp://b:2")],
  ]);
});

function endpointWrong(text: string): string {
  return `"${text}" is no endpoint. Write it as a URL, like tcp://127.0.0.1:7117.`;
}

Deno.test("server name", () => {
  const schema = serverName();
  takes(schema, [["Yard 7", "Yard 7"], [" Ko\u0308ln", "Köln"]]);
  refuses(schema, [
    ["", '"" is no name: The name is empty.'],
    [7, "7 is no name"],
    ["ж".repeat(32), `"${"ж".repeat(32)}" is no name: The name is longer than 63 bytes.`],
  ]);
});

Deno.test("the name of a file", () => {
  const schema = fileName();
  takes(schema, [["notes.txt", "notes.txt"], ["Ærø 7.txt", "Ærø 7.txt"]]);
  refuses(schema, [
    ["", '"" is no name of a file'],
    [7, "7 is no name of a file"],
    ["a/b", '"a/b" is no name of a file on all systems: "a_b" is one'],
    ["nul.txt", '"nul.txt" is no name of a file on all systems: "_nul.txt" is one'],
  ]);
});

Deno.test("ports", () => {
  takes(ports(), [["7118", [7118]], [7118, [7118]], ["7118, 80,7118", [7118, 80]]]);
  const wrong = (shown: string) => `${shown} is no list of ports: write it like 7118 or 7118,8118`;
  refuses(ports(), [
    ["", wrong('""')],
    ["0", wrong('"0"')],
    ["7118,", wrong('"7118,"')],
    ["65536", wrong('"65536"')],
    ["1e3", wrong('"1e3"')],
    [1.5, wrong("1.5")],
  ]);
});

Deno.test("subnets", () => {
  const local = { first: 0x7f000000n, bits: 32, prefix: 24 } as const;
  takes(subnets(), [
    ["127.0.0.7/24", [local]],
    ["127.0.0.0/24, 127.0.0.9/24,::1", [local, { first: 1n, bits: 128, prefix: 128 }]],
  ]);
  const hint = "Write it like 192.168.1.0/24, or an address alone.";
  refuses(subnets(), [
    [7, "7 is no network"],
    ["yard", `"yard" is no network. ${hint}`],
    ["127.0.0.0/24,", `"" is no network. ${hint}`],
  ]);
});
