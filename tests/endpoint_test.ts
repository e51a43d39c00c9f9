import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  DEFAULT_PORT,
  type Endpoint,
  formatEndpoint,
  formatHostPort,
  isLoopback,
  parseEndpoint,
} from "../lib/endpoint.ts";
import { UsageError } from "../lib/errors.ts";

Deno.test("URLs and what they say", () => {
  const cases: [string, Endpoint][] = [
    ["tcp://127.0.0.1:7117", { scheme: "tcp", host: "127.0.0.1", port: 7117 }],
    ["tcp://127.0.0.1", { scheme: "tcp", host: "127.0.0.1", port: DEFAULT_PORT }],
    ["tcp://127.0.0.1/", { scheme: "tcp", host: "127.0.0.1", port: DEFAULT_PORT }],
    ["tcp://localhost:0/", { scheme: "tcp", host: "localhost", port: 0 }],
    ["TLS://Example.org:65535", { scheme: "tls", host: "Example.org", port: 65535 }],
    ["http://host:00080", { scheme: "http", host: "host", port: 80 }],
    ["udp://[::1]:9", { scheme: "udp", host: "::1", port: 9 }],
    ["chat://[::1]", { scheme: "chat", host: "::1", port: DEFAULT_PORT }],
    ["dict://[fe80::1%eth0]:1", { scheme: "dict", host: "fe80::1%eth0", port: 1 }],
    ["tcp://[::ffff:127.0.0.1]:1", { scheme: "tcp", host: "::ffff:127.0.0.1", port: 1 }],
    ["x-y.z+1://узел:1", { scheme: "x-y.z+1", host: "узел", port: 1 }],
  ];
  for (const [text, endpoint] of cases) assertEquals(parseEndpoint(text), endpoint, text);
});

Deno.test("what is no endpoint is refused with the right form", () => {
  const texts = ["", "127.0.0.1:7117", "localhost", "tcp:", "tcp://", "tcp://:7117", "//host:1"]
    .concat("tcp:/host", "tcp//host", "tcp://host:", "tcp://host:x", "tcp://host:-1", "tcp://a b:1")
    .concat("tcp://host:123456", "tcp://host:1/path", "tcp://host?x", "tcp://host#x", "tcp://::1:1")
    .concat("tcp://user@host:1", "tcp://[::1", "tcp://[]:1", " tcp://host", "tcp://host\n")
    .concat("1tcp://host", "tcp://host:1:2", "tcp://[::1]x:1", "tcp://ho[st:1");
  for (const text of texts) {
    const error = assertThrows(() => parseEndpoint(text), UsageError, "is no endpoint", text);
    assertEquals(error.message, `${JSON.stringify(text)} is no endpoint`);
    assertEquals(error.hint, "Write it as a URL, like tcp://127.0.0.1:7117.");
  }
});

Deno.test("a port goes up to 65535", () => {
  assertEquals(parseEndpoint("tcp://a:65535").port, 65535);
  for (const port of [65536, 99999]) {
    const error = assertThrows(() => parseEndpoint(`tcp://a:${port}`), UsageError);
    assertEquals(error.message, `tcp://a:${port} has the port ${port}`);
    assertEquals(error.hint, "Ports go from 0 to 65535.");
  }
});

Deno.test("an endpoint comes back from its URL", () => {
  const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z]{1,5}){0,2}$/);
  const endpoint = fc.record({
    scheme: fc.constantFrom("tcp", "tls", "http", "udp", "chat", "dict"),
    host: fc.oneof(name, fc.ipV4(), fc.ipV6()),
    port: fc.integer({ min: 0, max: 65535 }),
  });
  fc.assert(
    fc.property(endpoint, (endpoint) => {
      assertEquals(parseEndpoint(formatEndpoint(endpoint)), endpoint);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("any text is an endpoint or a UsageError", () => {
  const piece = fc.constantFrom("tcp", ":", "//", "/", "[", "]", "::1", "host", "7", "@", " ", "%");
  const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string(), text, text.map((rest) => `tcp://${rest}`)), (text) => {
      try {
        const { scheme, host, port } = parseEndpoint(text);
        assert(scheme !== "" && host !== "" && port >= 0 && port <= 65535);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
      }
    }),
    { numRuns: 3000 },
  );
});

Deno.test("an IPv6 address stands in brackets before a port", () => {
  assertEquals(formatHostPort("127.0.0.1", 1), "127.0.0.1:1");
  assertEquals(formatHostPort("localhost", 1), "localhost:1");
  assertEquals(formatHostPort("::1", 1), "[::1]:1");
  assertEquals(formatEndpoint({ scheme: "tcp", host: "::", port: 0 }), "tcp://[::]:0");
});

Deno.test("addresses of this machine alone", () => {
  for (const address of ["127.0.0.1", "127.1.2.3", "127.255.255.255", "::1", "::ffff:127.0.0.1"]) {
    assert(isLoopback(address), address);
  }
  const others = ["0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "1.127.0.0.1", "127.0.0.1.example.org"]
    .concat("::ffff:10.0.0.1", "::2", "fe80::1", "x127.0.0.1", "127.0.0", "127.0.0.1 ", "");
  for (const address of others) assert(!isLoopback(address), address);
});
