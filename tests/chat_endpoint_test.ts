import { assertEquals, assertThrows } from "@std/assert";
import { chatEndpointFromEnvironment, chatForm } from "../lib/chat_endpoint.ts";
import { parseEndpoint } from "../lib/endpoint.ts";
import { UsageError } from "../lib/errors.ts";

const from = (variables: Record<string, string>) =>
  chatEndpointFromEnvironment((name) => variables[name]);

Deno.test("without parameters the form is that of system C's programs", () => {
  const { headerBytes, encoding } = chatForm(parseEndpoint("chat://a"));
  assertEquals([headerBytes, encoding.name], [10, "utf-8"]);
  const other = chatForm(parseEndpoint("chat://a?header=4&encoding=koi8_r"));
  assertEquals([other.headerBytes, other.encoding.name], [4, "koi8-r"]);
});

Deno.test("the variables of system C's users name an endpoint", () => {
  const parameters = { header: "10", encoding: "utf-8" };
  assertEquals(from({}), { scheme: "chat", host: "127.0.0.1", port: 7121, parameters });
  assertEquals(from({ IP: "", PORT: "", HEADER: "", ENCODING: "" }), from({}));
  assertEquals(
    from({ IP: "0.0.0.0", PORT: "6121", HEADER: "6", ENCODING: "CP1251" }),
    {
      scheme: "chat",
      host: "0.0.0.0",
      port: 6121,
      parameters: { header: "6", encoding: "cp1251" },
    },
  );
  assertEquals(from({ IP: "::1" }).host, "::1");
});

Deno.test("a variable with a wrong value is named", () => {
  const wrong: [string, string][] = [
    ["IP", "chat://a"],
    ["IP", "a b"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "http"],
    ["HEADER", "1"],
    ["HEADER", "64"],
    ["HEADER", "ten"],
    ["ENCODING", "utf-16"],
  ];
  for (const [name, value] of wrong) {
    assertThrows(() => from({ [name]: value }), UsageError, `${name}: `);
  }
});
