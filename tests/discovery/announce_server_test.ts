import { assertEquals } from "@std/assert";
import { announceServer, isReachable, serviceOn } from "../../lib/discovery/announce_server.ts";
import type { Link } from "../../lib/discovery/links.ts";
import { parseSubnet } from "../../lib/discovery/subnet.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { sampleId } from "../helpers/samples.ts";
import { FakeMdns, isGoodbye } from "../helpers/fake_mdns.ts";
import { LINK } from "../helpers/services.ts";
import { test } from "../helpers/strict.ts";

const SECOND: Link = { name: "eth1", address: "10.1.0.1", subnet: parseSubnet("10.1.0.0/16") };

function identity(...urls: string[]) {
  return {
    id: sampleId(1),
    name: "yard",
    version: "1",
    endpoints: urls.map((url) => parseEndpoint(url)),
  };
}

test("on each interface that is announced which can be reached there", () => {
  const server = identity(
    "tcp://0.0.0.0:1",
    "http://10.0.0.1:2",
    "udp://127.0.0.1:3",
    "tls://[::]:4",
  );
  const portsOn = (link: Link) => serviceOn(link, server)?.ports.map(({ scheme }) => scheme);
  assertEquals(portsOn(LINK), ["tcp", "http", "tls"]);
  assertEquals(portsOn(SECOND), ["tcp", "tls"]);
  assertEquals(serviceOn(SECOND, identity("http://10.0.0.1:2")), undefined);
  assertEquals(server.endpoints.map(isReachable), [true, true, false, true]);
});

test("what does not work on one interface is told once, and the others are announced", async () => {
  const network = new FakeMdns();
  const stop = new AbortController();
  const faults: string[] = [];
  const named: string[] = [];
  await announceServer(identity("tcp://0.0.0.0:1"), {
    signal: stop.signal,
    readLinks: () => [LINK, SECOND],
    openLink: (link) =>
      link === LINK
        ? Promise.reject(new Error("no multicast"))
        : Promise.resolve(network.join(link.address)),
    onNamed: ({ name }, label) => {
      named.push(`${name}: ${label}`);
      stop.abort();
    },
    onFault: (what) => faults.push(what),
  });
  assertEquals(named, ["eth1: yard"]);
  assertEquals(faults, ["eth0, 10.0.0.1/24: no multicast"]);
});

test("a machine that does not tell its addresses is a fault, and no end", async () => {
  const stop = new AbortController();
  const faults: string[] = [];
  await announceServer(identity("tcp://0.0.0.0:1"), {
    signal: stop.signal,
    readLinks: () => {
      throw new Error("not permitted");
    },
    openLink: () => Promise.reject(new Error("not reached")),
    onNamed: () => {},
    onFault: (what) => {
      faults.push(what);
      stop.abort();
    },
  });
  assertEquals(faults, ["this machine does not tell its addresses: not permitted"]);
});

test("a server is announced on an interface that comes later, and no more on one that is gone", async () => {
  const network = new FakeMdns();
  const stop = new AbortController();
  const named: string[] = [];
  let links: Link[] = [];
  network.next(isGoodbye).then(() => {
    links = [SECOND];
  });
  await announceServer(identity("tcp://0.0.0.0:1"), {
    signal: stop.signal,
    linksIntervalMs: 10,
    readLinks: () => {
      const now = links;
      if (named.length === 0) links = [LINK];
      return now;
    },
    openLink: (link) => Promise.resolve(network.join(link.address)),
    onNamed: ({ name }) => {
      named.push(name);
      links = [];
      if (named.length === 2) stop.abort();
    },
    onFault: (what) => {
      throw new Error(what);
    },
  });
  assertEquals(named, ["eth0", "eth1"]);
});
