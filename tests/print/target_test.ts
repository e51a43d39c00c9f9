import { assertEquals } from "@std/assert";
import { parsePrintTarget } from "../../lib/print/target.ts";
import { test } from "../helpers/strict.ts";

test("print target: its four forms are read, with any path", () => {
  const read: [string, boolean, string | undefined][] = [
    ["screen", true, undefined],
    ["none", false, undefined],
    ["file:received.txt", false, "received.txt"],
    ["both:/var/log/a b:c.txt", true, "/var/log/a b:c.txt"],
    ["file:file:x", false, "file:x"],
    ["file:./-", false, "./-"],
  ];
  for (const [text, screen, path] of read) {
    assertEquals(parsePrintTarget(text), { screen, path }, text);
  }
});

test("print target: other texts are none", () => {
  const others = ["", "file", "file:", "both:", "file:-", "both:-", "Screen", "paper", "screen:x"];
  for (const text of others) assertEquals(parsePrintTarget(text), undefined, text);
});
