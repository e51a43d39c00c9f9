import { assertEquals } from "@std/assert";
import { networkOf } from "../../lib/hub/network_of.ts";

const CASES: Record<string, string> = {
  "192.0.2.9": "192.0.2.9",
  "::ffff:192.0.2.9": "192.0.2.9",
  "::FFFF:192.0.2.9": "192.0.2.9",
  "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
  "2001:db8:1:2::": "2001:db8:1:2::/64",
  "2001:DB8:1:2::9": "2001:db8:1:2::/64",
  "2001:0db8:0001:0002::9": "2001:db8:1:2::/64",
  "2001:db8::9": "2001:db8:0:0::/64",
  "2001:db8::1:2:3:4:5": "2001:db8:0:1::/64",
  "fe80::1%eth0": "fe80:0:0:0::/64",
  "::1": "0:0:0:0::/64",
  "::": "0:0:0:0::/64",
  "1::": "1:0:0:0::/64",
};

for (const [host, network] of Object.entries(CASES)) {
  Deno.test(`${host} belongs to ${network}`, () => assertEquals(networkOf(host), network));
}
