import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { isIPv4, isIPv6 } from "node:net";
import { formatIp, parseIp } from "../../lib/net/ip.ts";
import { test } from "../helpers/strict.ts";

test("addresses are read and written as RFC 5952 has them", () => {
  const cases = {
    "127.0.0.1": "127.0.0.1",
    "::": "::",
    "::1": "::1",
    "0:0:0:0:0:0:0:1": "::1",
    "2001:DB8:0:0:1:0:0:1": "2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1": "2001:db8:0:1:1:1:1:1",
    "1:0:0:2:0:0:0:3": "1:0:0:2::3",
    "fe80::": "fe80::",
    "::ffff:192.0.2.7": "::ffff:c000:207",
    "64:ff9b::192.0.2.33": "64:ff9b::c000:221",
  };
  for (const [text, expected] of Object.entries(cases)) {
    const bytes = parseIp(text)!;
    assertEquals(bytes.length, text.includes(":") ? 16 : 4, text);
    assertEquals(formatIp(bytes), expected);
    assertEquals(parseIp(expected), bytes);
  }
});

test("what is no address is none", () => {
  const texts = ["", "localhost", "1.2.3", "1.2.3.256", "01.2.3.4", ":::", "1::2::3", "fe80::1%lo"];
  for (const text of texts) assertEquals(parseIp(text), undefined, text);
});

test("texts are addresses that are ones to the system too", () => {
  const group = fc.oneof(
    fc.constantFrom("", "0", "ffff", "10000", "1.2.3.4", "f1.2.3.4", "256.1.1.1", "g"),
    fc.nat(0xffff).map((value) => value.toString(16)),
    fc.nat(300).map(String),
  );
  const joined = fc.tuple(fc.array(group, { maxLength: 9 }), fc.constantFrom(":", "."))
    .map(([groups, separator]) => groups.join(separator));
  const text = fc.oneof(joined, fc.ipV4(), fc.ipV6(), fc.string());
  fc.assert(
    fc.property(text, (text) => {
      const bits = parseIp(text)?.length;
      const expected = isIPv4(text) ? 4 : isIPv6(text) && !text.includes("%") ? 16 : undefined;
      assertEquals(bits, expected, text);
    }),
    { numRuns: 20_000 },
  );
});
