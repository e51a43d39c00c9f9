import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
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
    ["http://host", { scheme: "http", host: "host", port: 7118 }],
    ["http://host:1/", { scheme: "http", host: "host", port: 1 }],
    ["http://host:1/message", { scheme: "http", host: "host", port: 1, path: "/message" }],
    ["HTTP://[::1]/a/B%20c/", { scheme: "http", host: "::1", port: 7118, path: "/a/B%20c/" }],
    ["ws://host/ws", { scheme: "ws", host: "host", port: 7118, path: "/ws" }],
    ["udp://[::1]:9", { scheme: "udp", host: "::1", port: 9 }],
    ["chat://[::1]", { scheme: "chat", host: "::1", port: 7121 }],
    ["chat://a?header=10&encoding=UTF8", {
      scheme: "chat",
      host: "a",
      port: 7121,
      parameters: { header: "10", encoding: "utf-8" },
    }],
    ["chat://a:1/?encoding=windows-1251", {
      scheme: "chat",
      host: "a",
      port: 1,
      parameters: { encoding: "cp1251" },
    }],
    ["dict://[fe80::1%eth0]:1", { scheme: "dict", host: "fe80::1%eth0", port: 1 }],
    ["tcp://[::ffff:127.0.0.1]:1", { scheme: "tcp", host: "::ffff:127.0.0.1", port: 1 }],
    ["x-y.z+1://узел:1", { scheme: "x-y.z+1", host: "xn--e1adn3a", port: 1 }],
  ];
  for (const [text, endpoint] of cases) assertEquals(parseEndpoint(text), endpoint, text);
});

Deno.test("what is no endpoint is refused with the right form", () => {
  const texts = ["", "127.0.0.1:7117", "localhost", "tcp:", "tcp://", "tcp://:7117", "//host:1"]
    .concat("tcp:/host", "tcp//host", "tcp://host:", "tcp://host:x", "tcp://host:-1", "tcp://a b:1")
    .concat(
      "tcp://host:123456",
      "tcp://host:1/path",
      "tcp://host#x",
      "tcp://host?x y",
      "tcp://::1:1",
    )
    .concat("tcp://user@host:1", "tcp://[::1", "tcp://[]:1", " tcp://host", "tcp://host\n")
    .concat("udp://host:1/x", "chat://host/x?header=10", "http://host/a b", "ws://host/ws#x")
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

Deno.test("a parameter is one that the dialect has, with a value that it takes", () => {
  const cases: [string, string, string][] = [
    ["tcp://a:1?header=10", '"header=10" where a parameter stands', "has no parameters"],
    ["http://a/message?x=1", '"x=1" where a parameter stands', "has no parameters"],
    ["tcp://a?", '"" where a parameter stands', "has no parameters"],
    ["chat://a?", '"" where a parameter stands', "header=...&encoding=..."],
    ["chat://a?size=1", '"size=1" where', "header=...&encoding=..."],
    ["chat://a?header", '"header" where', "header=...&encoding=..."],
    ["chat://a?toString=1", '"toString=1" where', "header=...&encoding=..."],
    ["chat://a?header=8&header=9", '"header=9" where', "each once"],
    ["chat://a?header=1", 'header: "1" is no length', "from 2 to 32"],
    ["chat://a?header=33", 'header: "33" is no length', "from 2 to 32"],
    ["chat://a?header=", 'header: "" is no length', "from 2 to 32"],
    ["chat://a?header=1e1", 'header: "1e1" is no length', "from 2 to 32"],
    ["chat://a?encoding=utf-16", 'encoding: the encoding "utf-16" is not known', "cp1251"],
  ];
  for (const [url, message, hint] of cases) {
    const error = assertThrows(() => parseEndpoint(url), UsageError, message);
    assertStringIncludes(error.message, url);
    assertStringIncludes(error.hint!, hint);
  }
});

Deno.test("an endpoint comes back from its URL", () => {
  const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z]{1,5}){0,2}$/);
  const endpoint = fc.record({
    scheme: fc.constantFrom("tcp", "tls", "http", "udp", "chat", "dict"),
    host: fc.oneof(name, fc.ipV4(), fc.ipV6()),
    port: fc.integer({ min: 0, max: 65535 }),
  });
  const chat = fc.record({
    header: fc.integer({ min: 2, max: 32 }).map(String),
    encoding: fc.constantFrom("utf-8", "cp1251", "koi8-r"),
  }).map((parameters) => ({ scheme: "chat", host: "a", port: 1, parameters }));
  const web = fc.record({
    scheme: fc.constantFrom("http", "ws"),
    host: name,
    port: fc.integer({ min: 0, max: 65535 }),
    path: fc.stringMatching(/^(\/[a-zA-Z0-9%._~-]{1,5}){1,3}\/?$/),
  });
  fc.assert(
    fc.property(fc.oneof(endpoint, chat, web), (endpoint) => {
      assertEquals(parseEndpoint(formatEndpoint(endpoint)), endpoint);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a host and a path of any language are in the form in which they are sent", () => {
  assertEquals(parseEndpoint("http://Хост.invalid:1/путь%20/a"), {
    scheme: "http",
    host: "xn--n1agdj.invalid",
    port: 1,
    path: "/%D0%BF%D1%83%D1%82%D1%8C%20/a",
  });
  assertEquals(parseEndpoint("udp://депо").host, "xn--d1ac1ad");
  assertEquals(parseEndpoint("ws://a/\ud800\x01").path, "/%EF%BF%BD%01");
  for (const text of ["http://\u00ad", "http://a\x01b", "udp://xn--\u044f\u00ad."]) {
    assertThrows(() => parseEndpoint(text), UsageError, "is no endpoint");
  }
  const example = "udp://127.0.0.1:7119";
  const error = assertThrows(() => parseEndpoint("depot", example), UsageError);
  assertEquals(error.hint, `Write it as a URL, like ${example}.`);
});

Deno.test("what is read is in ASCII, and reads alike again", () => {
  const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 });
  let read = 0;
  fc.assert(
    fc.property(word, word, (host, path) => {
      let endpoint: Endpoint;
      try {
        endpoint = parseEndpoint(`http://${host}/${path}`);
      } catch (error) {
        if (error instanceof UsageError) return;
        throw error;
      }
      read++;
      const url = formatEndpoint(endpoint);
      assertMatch(url, /^[\x21-\x7e]+$/);
      assertEquals(parseEndpoint(url), endpoint);
    }),
    { numRuns: 2000 },
  );
  assert(read > 100, `${read}`);
});

Deno.test("any text is an endpoint or a UsageError", () => {
  const piece = fc.constantFrom(
    "tcp",
    ":",
    "//",
    "/",
    "[",
    "]",
    "::1",
    "host",
    "7",
    "@",
    " ",
    "%",
    "?",
    "&",
    "=",
  );
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
