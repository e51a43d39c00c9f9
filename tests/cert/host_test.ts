import { assertEquals, assertThrows } from "@std/assert";
import { readHost } from "../../lib/cert/host.ts";
import { UsageError } from "../../lib/errors.ts";
import { test } from "../helpers/strict.ts";

test("names and addresses are read, each in its one form", () => {
  const cases = {
    "localhost": "localhost",
    "Yard.Example": "yard.example",
    "*.yard.example": "*.yard.example",
    "xn--gterbahnhof-thb.example": "xn--gterbahnhof-thb.example",
    "7yard-1.example": "7yard-1.example",
    "192.0.2.7": "192.0.2.7",
    "2001:DB8:0:0::7": "2001:db8::7",
    "[::1]": "::1",
    [`${"a".repeat(63)}.example`]: `${"a".repeat(63)}.example`,
  };
  for (const [text, host] of Object.entries(cases)) assertEquals(readHost(text), host);
});

test("what is no host is refused", () => {
  const texts = [
    "",
    " ",
    "a b",
    "-a.example",
    "a-.example",
    "a..example",
    ".example",
    "yard.example.",
    "a_b.example",
    "*",
    "*.example",
    "*.*.example",
    "a.*.example",
    "*a.example",
    "güterbahnhof.example",
    "tcp://yard.example",
    "yard.example:7117",
    "192.0.2",
    "192.0.2.256",
    "::g",
    "fe80::1%eth0",
    `${"a".repeat(64)}.example`,
    Array(64).fill("abc").join("."),
    "a\0b",
  ];
  for (const text of texts) assertThrows(() => readHost(text), UsageError, "is no host");
});
