import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Workspace } from "./workspace.ts";

/** The first bytes of a PNG that says it has so many pixels. */
function pngHeader(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 6, 0, 0, 0], 24);
  view.setUint32(29, crc32(bytes.subarray(12, 29)));
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

interface Case {
  name: string;
  args: string[];
  code: number;
  /** What stderr has to name. */
  says: string[];
  env?: Record<string, string>;
}

const CASES: Case[] = [
  { name: "no command", args: ["serv"], code: 2, says: ["serv", "Did you mean serve?"] },
  {
    name: "an unknown option",
    args: ["serve", "--prot", "1"],
    code: 2,
    says: ["--prot", "--port"],
  },
  { name: "a missing argument", args: ["send"], code: 2, says: ["file"] },
  {
    name: "a bare number for a duration",
    args: ["client", "--interval", "50"],
    code: 2,
    says: ["--interval", "50", "100ms"],
  },
  {
    name: "an interval out of range",
    args: ["client", "--interval", "5ms"],
    code: 2,
    says: ["5ms", "10ms to 1s"],
  },
  {
    name: "fast and slow",
    args: ["client", "--fast", "--slow", "1"],
    code: 2,
    says: ["--fast", "--slow"],
  },
  {
    name: "a sleep that is too long",
    args: ["client", "--slow", "4294967296"],
    code: 2,
    says: ["4294967296", "4294967295"],
  },
  {
    name: "a URL without a scheme",
    args: ["client", "localhost:7117"],
    code: 2,
    says: ["localhost:7117", "tcp://"],
  },
  {
    name: "a port of 70000",
    args: ["serve", "--port", "70000"],
    code: 2,
    says: ["--port", "70000", "65535"],
  },
  {
    name: "a server's name that does something to terminals",
    args: ["serve", "--port", "0", "--store", "x.db", "--name", "a\x1b[2J"],
    code: 2,
    says: ["--name", "control character"],
  },
  {
    name: "a life of tokens without a unit",
    args: ["serve", "--port", "0", "--store", "x.db", "--token-life", "300"],
    code: 2,
    says: ["--token-life", "no duration", "5s or 2m"],
  },
  {
    name: "an unknown scheme",
    args: ["serve", "--listen", "gopher://127.0.0.1:1"],
    code: 2,
    says: ["gopher", "tcp://"],
  },
  {
    name: "a host that is not known",
    args: ["client", "tcp://no-such-host.invalid"],
    code: 3,
    says: ["no-such-host.invalid"],
  },
  {
    name: "nobody listening",
    args: ["client", "tcp://127.0.0.1:1"],
    code: 3,
    says: ["127.0.0.1:1", "wagons serve"],
  },
  {
    name: "nobody to shut down",
    args: ["shutdown", "tcp://127.0.0.1:1"],
    code: 3,
    says: ["127.0.0.1:1"],
  },
  {
    name: "nobody to send to",
    args: ["send", "good.txt", "--to", "tcp://127.0.0.1:1"],
    code: 3,
    says: ["127.0.0.1:1"],
  },
  {
    name: "nobody to measure",
    args: ["bench", "tcp://127.0.0.1:1"],
    code: 3,
    says: ["127.0.0.1:1"],
  },
  {
    name: "a file that is not there",
    args: ["send", "none.txt"],
    code: 2,
    says: ["none.txt", "no such file"],
  },
  { name: "a folder", args: ["qr", "read", "."], code: 2, says: ["folder"] },
  { name: "an empty file", args: ["qr", "read", "empty"], code: 6, says: ["empty"] },
  { name: "an empty text", args: ["send", "empty"], code: 6, says: ["empty"] },
  {
    name: "a text with no entry",
    args: ["send", "lines.txt"],
    code: 6,
    says: ["lines.txt, line 1", "lines.txt, line 3", "Москва = 7"],
  },
  {
    name: "a bad line with --strict",
    args: ["send", "mixed.txt", "--strict"],
    code: 6,
    says: ["mixed.txt, line 2", "--strict"],
  },
  { name: "bytes that are no text", args: ["send", "noise"], code: 6, says: ["noise", "UTF-8"] },
  {
    name: "a text that is called a picture",
    args: ["qr", "read", "text.png"],
    code: 6,
    says: ["text.png", "PNG"],
  },
  {
    name: "a picture that is cut off",
    args: ["qr", "read", "cut.png"],
    code: 6,
    says: ["cut.png", "cut off"],
  },
  {
    name: "a picture with no code",
    args: ["qr", "read", "white.png"],
    code: 6,
    says: ["No QR code", "white.png"],
  },
  {
    name: "a picture of 20,000 x 20,000 pixels",
    args: ["qr", "read", "huge.png"],
    code: 6,
    says: ["huge.png", "20000"],
  },
  {
    name: "an output that is the input",
    args: ["qr", "make", "good.png", "-o", "./good.png"],
    code: 2,
    says: ["good.png", "input"],
  },
  {
    name: "an output of no known kind",
    args: ["qr", "make", "good.txt", "-o", "code.gif"],
    code: 2,
    says: ["code.gif", ".svg"],
  },
  {
    name: "an output in no folder",
    args: ["qr", "make", "good.txt", "-o", "none/code.png"],
    code: 2,
    says: ["none/code.png", "folder"],
  },
  {
    name: "a bad level",
    args: ["qr", "make", "good.txt", "--level", "X"],
    code: 2,
    says: ["--level", "X"],
  },
  {
    name: "no store",
    args: ["manifests", "list", "--store", "none.db"],
    code: 2,
    says: ["none.db", "--store"],
  },
  {
    name: "a store in no folder",
    args: ["serve", "--port", "0", "--store", "none/a.db"],
    code: 2,
    says: ["none/a.db"],
  },
  {
    name: "a store that is a text",
    args: ["serve", "--port", "0", "--store", "good.txt"],
    code: 2,
    says: ["good.txt"],
  },
  {
    name: "a store that is a folder",
    args: ["serve", "--port", "0", "--store", "."],
    code: 2,
    says: ["store"],
  },
  {
    name: "an address of another machine",
    args: ["serve", "--host", "192.0.2.1", "--store", "x.db"],
    code: 2,
    says: ["192.0.2.1"],
  },
  {
    name: "a log in no folder",
    args: ["serve", "--port", "0", "--log-file", "none/log", "--store", "x.db"],
    code: 2,
    says: ["none/log"],
  },
  {
    name: "a config that is not there",
    args: ["serve", "--config", "none.toml"],
    code: 2,
    says: ["none.toml"],
  },
  {
    name: "a config with an unknown key",
    args: ["serve", "--config", "unknown.toml"],
    code: 2,
    says: ["unknown.toml, line 3", "serve.prot", "port"],
  },
  {
    name: "a config with a port of 70000",
    args: ["serve", "--config", "port.toml"],
    code: 2,
    says: ["port.toml, line 2", "70000"],
  },
  {
    name: "a config that is no TOML",
    args: ["serve", "--config", "good.txt"],
    code: 2,
    says: ["good.txt", "TOML"],
  },
  {
    name: "a bad variable",
    args: ["client"],
    env: { WAGONS_SERVER: "nowhere" },
    code: 2,
    says: ["WAGONS_SERVER", "nowhere"],
  },
  {
    name: "a day that is none",
    args: ["manifests", "list", "--since", "2026-02-31", "--store", "x.db"],
    code: 2,
    says: ["--since", "2026-02-31"],
  },
  {
    name: "a store in a section",
    args: ["serve", "--config", "store.toml"],
    code: 2,
    says: ["store.toml, line 2", "at the top"],
  },
  {
    name: "an output below a file",
    args: ["qr", "make", "good.txt", "-o", "good.txt/code.png"],
    code: 2,
    says: ["good.txt/code.png"],
  },
  {
    name: "a picture where a text is wanted",
    args: ["qr", "make", "good.png"],
    code: 6,
    says: ["good.png", "no text", "qr read"],
  },
  {
    name: "two ways to say where to listen",
    args: ["serve", "--listen", "tcp://127.0.0.1:0", "--host", "127.0.0.1", "--store", "x.db"],
    code: 2,
    says: ["--listen and --host are both set"],
  },
  { name: "stdin twice", args: ["send", "-", "-"], code: 2, says: ["named twice"] },
  {
    name: "a time of no known form",
    args: ["manifests", "list", "--since", "noon", "--store", "x.db"],
    code: 2,
    says: ["--since", "noon", "2026-11-21"],
  },
];

async function fill(space: Workspace): Promise<void> {
  await space.write("good.txt", "Москва = 7\n");
  await space.write("lines.txt", "no entry\n\nstill none\n");
  await space.write("mixed.txt", "Москва = 7\nno entry\n");
  await space.write("text.png", "Москва = 7\n");
  await space.write("empty", "");
  await space.write("noise", new Uint8Array([0xff, 0xfe, 0, 1, 2, 3]));
  await space.write("huge.png", pngHeader(20_000, 20_000));
  await space.write("unknown.toml", "[serve]\nport = 0\nprot = 1\n");
  await space.write("store.toml", '[serve]\nstore = "a.db"\n');
  await space.write("port.toml", "[serve]\nport = 70000\n");
  await space.write("white.png", whitePng());
  await (await space.serve(["--store", "x.db"])).stop();
  const made = await space.run(["qr", "make", "good.txt", "-o", "good.png"]);
  assertEquals(made.code, 0, made.stderr);
  const good = await Deno.readFile(space.path("good.png"));
  await space.write("cut.png", good.subarray(0, good.length / 2));
}

/** A PNG of 64 x 64 white pixels: stored, not compressed. */
function whitePng(): Uint8Array {
  const side = 64;
  const rows = new Uint8Array(side * (side + 1)).fill(255);
  for (let y = 0; y < side; y++) rows[y * (side + 1)] = 0;
  const header = pngHeader(side, side);
  header[25] = 0; // greyscale
  new DataView(header.buffer).setUint32(29, crc32(header.subarray(12, 29)));
  return concat([header, chunk("IDAT", zlibStored(rows)), chunk("IEND", new Uint8Array(0))]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function zlibStored(data: Uint8Array): Uint8Array {
  let [a, b] = [1, 0];
  for (const byte of data) [a, b] = [(a + byte) % 65521, (a + byte + b) % 65521];
  const bytes = new Uint8Array(data.length + 11);
  const view = new DataView(bytes.buffer);
  bytes.set([0x78, 0x01, 0x01]);
  view.setUint16(3, data.length, true);
  view.setUint16(5, ~data.length & 0xffff, true);
  bytes.set(data, 7);
  view.setUint16(7 + data.length, b);
  view.setUint16(9 + data.length, a);
  return bytes;
}

function concat(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => Array.from(part)));
}

Deno.test("bad input gets one clear error, its exit code, and leaves no file", async (t) => {
  await using space = await new Workspace();
  await fill(space);
  const before = space.files();
  for (const { name, args, code, says, env = {} } of CASES) {
    await t.step(name, async () => {
      const ended = await space.run(args, { env });
      assertEquals(ended.code, code, ended.stderr);
      assertEquals(ended.stdout, "");
      for (const text of says) assertStringIncludes(ended.stderr, text);
      assert(!ended.stderr.includes("    at "), `no trace: ${ended.stderr}`);
      assertEquals(space.files(), before);
    });
  }
  assertEquals(CASES.length, 50);
});

Deno.test("--debug shows where an error comes from", async () => {
  await using space = await new Workspace();
  const { code, stderr } = await space.run(["client", "tcp://127.0.0.1:1", "--debug"]);
  assertEquals(code, 3);
  assertStringIncludes(stderr, "UnreachableError");
  assertStringIncludes(stderr, "    at ");
});
