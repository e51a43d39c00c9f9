import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  addressesOf,
  broadcastOf,
  countAddresses,
  formatSubnet,
  isInSubnet,
  parseSubnet,
  scannable,
} from "../../lib/discovery/subnet.ts";
import { UsageError } from "../../lib/errors.ts";

const RUNS = { numRuns: 1000 };
const ipv4 = fc.ipV4();
const bounds = (text: string) => {
  const all = Array.from(addressesOf(parseSubnet(text)));
  return [all.length, all[0], all.at(-1)];
};

Deno.test("network and broadcast addresses are left out where a network has them", () => {
  assertEquals(bounds("10.0.0.7/24"), [254, "10.0.0.1", "10.0.0.254"]);
  assertEquals(bounds("10.0.0.7/30"), [2, "10.0.0.5", "10.0.0.6"]);
  assertEquals(bounds("10.0.0.7/31"), [2, "10.0.0.6", "10.0.0.7"]);
  assertEquals(bounds("10.0.0.7/32"), [1, "10.0.0.7", "10.0.0.7"]);
  assertEquals(bounds("10.0.0.7"), [1, "10.0.0.7", "10.0.0.7"]);
  assertEquals(bounds("10.1.255.255/22"), [1022, "10.1.252.1", "10.1.255.254"]);
  assertEquals(bounds("fd00::1/126"), [4, "fd00::", "fd00::3"]);
  assertEquals(countAddresses(parseSubnet("1.2.3.4/0")), 2 ** 32 - 2);
});

Deno.test("the first address of the largest network is there without the others", () => {
  assertEquals(addressesOf(parseSubnet("0.0.0.0/0")).next().value, "0.0.0.1");
});

Deno.test("any address and prefix of IPv4 is a network that has the address in it", () => {
  fc.assert(
    fc.property(ipv4, fc.integer({ min: 0, max: 32 }), (address, prefix) => {
      const subnet = parseSubnet(`${address}/${prefix}`);
      assert(isInSubnet(address, subnet));
      assertEquals(parseSubnet(formatSubnet(subnet)), subnet);
      const broadcast = broadcastOf(subnet);
      assertEquals(broadcast !== undefined, prefix <= 30);
      const size = 2 ** (32 - prefix);
      assertEquals(countAddresses(subnet), broadcast === undefined ? size : size - 2);
    }),
    RUNS,
  );
});

Deno.test("the addresses of a network are different ones, in it, as many as were said", () => {
  fc.assert(
    fc.property(ipv4, fc.integer({ min: 25, max: 32 }), (address, prefix) => {
      const subnet = parseSubnet(`${address}/${prefix}`);
      const all = Array.from(addressesOf(subnet));
      assertEquals(new Set(all).size, countAddresses(subnet));
      for (const one of all) assert(isInSubnet(one, subnet), one);
      assert(!all.includes(broadcastOf(subnet) ?? ""));
    }),
    RUNS,
  );
});

Deno.test("a network has an address in it when the bits of its prefix are the same", () => {
  fc.assert(
    fc.property(ipv4, ipv4, fc.integer({ min: 0, max: 32 }), (one, other, prefix) => {
      const bitsOf = (address: string) =>
        address.split(".").map((part) => Number(part).toString(2).padStart(8, "0")).join("");
      const isSame = bitsOf(one).slice(0, prefix) === bitsOf(other).slice(0, prefix);
      assertEquals(isInSubnet(one, parseSubnet(`${other}/${prefix}`)), isSame);
    }),
    RUNS,
  );
});

Deno.test("an address of the other kind is in no network", () => {
  assert(!isInSubnet("::1", parseSubnet("0.0.0.0/0")));
  assert(!isInSubnet("1.2.3.4", parseSubnet("::/0")));
  assert(!isInSubnet("yard", parseSubnet("0.0.0.0/0")));
});

Deno.test("what is no network is a usage error", () => {
  for (
    const text of ["", "/24", "10.0.0.0/33", "10.0.0/24", "10.0.0.0/", "10.0.0.0/-1", "::/129"]
  ) {
    assertThrows(() => parseSubnet(text), UsageError, `${JSON.stringify(text)} is no network`);
  }
});

Deno.test("no text but address and prefix is read as a network", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseSubnet(text);
      } catch (error) {
        return error instanceof UsageError;
      }
      return /^[0-9a-f:.]+(\/\d+)?$/i.test(text);
    }),
    RUNS,
  );
});

Deno.test("a network of IPv6 is asked through only when it is small", () => {
  assertEquals(countAddresses(scannable(parseSubnet("fd00::5/112"))), 65_536);
  assertThrows(
    () => scannable(parseSubnet("fd00::5/64")),
    UsageError,
    "fd00::/64 has 2^64 addresses",
  );
});
