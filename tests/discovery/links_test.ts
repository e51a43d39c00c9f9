import { assert, assertEquals } from "@std/assert";
import {
  broadcastAddresses,
  formatLink,
  type Link,
  ownSubnets,
  readLinks,
} from "../../lib/discovery/links.ts";
import { formatSubnet, isInSubnet, parseSubnet } from "../../lib/discovery/subnet.ts";
import { isLoopback } from "../../lib/endpoint.ts";
import { test } from "../helpers/strict.ts";

function link(address: string, prefix: number): Link {
  return { name: "eth0", address, subnet: parseSubnet(`${address}/${prefix}`) };
}

test("of large networks those 256 addresses are looked through that the own one is among", () => {
  const links = [
    link("10.7.8.9", 8),
    link("10.7.8.200", 24),
    link("192.168.1.130", 26),
    link("172.16.0.1", 32),
  ];
  assertEquals(ownSubnets(links).map(formatSubnet), [
    "10.7.8.0/24",
    "192.168.1.128/26",
    "172.16.0.1/32",
  ]);
});

test("a broadcast goes to all of the network, where it has an address for that", () => {
  assertEquals(broadcastAddresses(link("10.7.8.9", 20)), ["10.7.15.255", "255.255.255.255"]);
  assertEquals(broadcastAddresses(link("10.7.8.9", 31)), []);
});

test("this machine's own addresses are in their networks, and none is on the loopback", () => {
  const all = Deno.networkInterfaces().filter(({ family, address }) =>
    family === "IPv4" && !isLoopback(address)
  );
  const links = readLinks();
  assertEquals(links.map(formatLink), all.map(({ name, cidr }) => `${name}, ${cidr}`));
  for (const { address, subnet } of links) assert(isInSubnet(address, subnet), address);
});
