import { assertEquals } from "@std/assert";
import { MAX_SERVER_NAME_BYTES } from "../../lib/limits/connections.ts";
import { defaultServerName, readServerName } from "../../lib/hub/server_name.ts";

Deno.test("server name: is brought into the form of a member's name", () => {
  assertEquals(readServerName(" Gleis 7 "), { name: "Gleis 7" });
  assertEquals(readServerName("Ko\u0308ln"), { name: "Köln" });
  assertEquals(readServerName("wagons"), { name: "wagons" });
});

Deno.test("server name: what does something to a terminal, or is too long to be announced, is none", () => {
  const hidden = "The name has a control character, or another one that is not seen.";
  for (const name of ["a\nb", "a\0", "\x1b[2J", "a\u202eb"]) {
    assertEquals(readServerName(name), hidden);
  }
  assertEquals(readServerName(""), "The name is empty.");
  assertEquals(readServerName("a\ud800"), "The name is no valid Unicode.");
  const long = "ж".repeat(MAX_SERVER_NAME_BYTES >> 1);
  assertEquals(readServerName(`${long}a`), { name: `${long}a` });
  assertEquals(readServerName(`${long}ж`), "The name is longer than 63 bytes.");
});

Deno.test("server name: is the machine's where that can be used", () => {
  assertEquals(defaultServerName("yard-7.example"), "yard-7.example");
  assertEquals(defaultServerName("x".repeat(64)), "wagons");
  assertEquals(defaultServerName(""), "wagons");
});
