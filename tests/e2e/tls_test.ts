/**
 * `tls://` between the built server and the built clients.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formatEndpoint, parseEndpoint } from "../../lib/endpoint.ts";
import { issue } from "../helpers/issue.ts";
import { holdsAny } from "../helpers/proxy.ts";
import { Relay } from "../helpers/relay.ts";
import { jsonLines, type Server, Workspace } from "./workspace.ts";

const TEXT = "Москва = 7\n";

interface Yard extends AsyncDisposable {
  space: Workspace;
  server: Server;
  /** The certificate's SHA-256 as --pin takes it. */
  pin: string;
}

/** A server by TLS, with a certificate that `wagons cert new` has made. */
async function yard(hosts: string[], flags: string[] = []): Promise<Yard> {
  const space = new Workspace();
  const names = hosts.flatMap((host) => ["--host", host]);
  const made = await space.run(["cert", "new", ...names, "--json", "-o", "yard"]);
  assertEquals(made.code, 0, made.stderr);
  const { fingerprint } = jsonLines(made.stdout)[0]!;
  const server = await space.serve([
    ...["--listen", "tls://127.0.0.1:0", "--tls-cert", "yard.pem", "--tls-key", "yard.key"],
    ...flags,
  ]);
  return {
    space,
    server,
    pin: fingerprint as string,
    [Symbol.asyncDispose]: () => space[Symbol.asyncDispose](),
  };
}

function send({ space, server }: Yard, ...flags: string[]) {
  return space.run(["send", "-", "--to", server.url, ...flags], { stdin: TEXT });
}

Deno.test("a certificate of our own is trusted by its file, and by its fingerprint", async () => {
  await using made = await yard(["127.0.0.1", "localhost"]);
  const { space, server, pin } = made;
  assertStringIncludes(server.url, "tls://127.0.0.1:");
  const byName = server.url.replace("127.0.0.1", "localhost");
  const trusts = [
    ["--ca", "yard.pem"],
    ["--pin", pin],
    ["--pin", pin.replaceAll(":", "").toLowerCase()],
    ["--ca", "yard.pem", "--pin", pin],
  ];
  for (const [i, trust] of trusts.entries()) {
    const sent = await send(made, ...trust);
    assertEquals(sent.code, 0, sent.stderr);
    for (const command of [["client"], ["client", "--interval", "10ms", "--count", "2"]]) {
      const url = i % 2 === 0 ? server.url : byName;
      const { code, stderr } = await space.run([...command, url, ...trust]);
      assertEquals(code, 0, stderr);
    }
  }
  const measured = await space.run([
    ...["bench", server.url, "--ca", "yard.pem", "--json"],
    ...["--connections", "2", "--duration", "100ms", "--warm-up", "0ms"],
  ]);
  assertEquals(measured.code, 0, measured.stderr);
  const stopped = await space.run(["shutdown", server.url, "--ca", "yard.pem"]);
  assertEquals(stopped.code, 0, stopped.stderr);
  assertEquals((await server.ended()).code, 0);
});

Deno.test("trust can stand in the config and in the environment", async () => {
  await using made = await yard(["127.0.0.1"]);
  await made.space.write("wagons.toml", `ca = "yard.pem"\nserver = "${made.server.url}"\n`);
  const byConfig = await made.space.run(["send", "-"], { stdin: TEXT });
  assertEquals(byConfig.code, 0, byConfig.stderr);
  await Deno.remove(made.space.path("wagons.toml"));
  const env = { WAGONS_PIN: made.pin, WAGONS_SERVER: made.server.url };
  const byVariable = await made.space.run(["send", "-"], { stdin: TEXT, env });
  assertEquals(byVariable.code, 0, byVariable.stderr);
  assertEquals((await made.server.stop()).code, 0);
});

/** Servers that are not to be trusted: exit 5, and a line that says why. */
const untrusted: {
  name: string;
  hosts?: string[];
  certificate?: () => { certPem: string; keyPem: string };
  flags: (made: Yard) => string[];
  says: string[];
}[] = [
  { name: "an unknown issuer", flags: () => [], says: ["--ca"] },
  {
    name: "another issuer than the one that is named",
    flags: () => ["--ca", "other.pem"],
    says: ["--ca"],
  },
  {
    name: "a wrong name",
    hosts: ["yard.example"],
    flags: () => ["--ca", "yard.pem"],
    says: ["127.0.0.1", "yard.example"],
  },
  {
    name: "an expired certificate",
    certificate: () => issue("127.0.0.1", { fromDays: -3, toDays: -1 }),
    flags: () => ["--ca", "yard.pem"],
    says: ["expired"],
  },
  {
    name: "an expired certificate, though it is pinned",
    certificate: () => issue("127.0.0.1", { fromDays: -3, toDays: -1 }),
    flags: ({ pin }) => ["--pin", pin],
    says: ["expired"],
  },
  {
    name: "a certificate that is not valid yet",
    certificate: () => issue("127.0.0.1", { fromDays: 1, toDays: 2 }),
    flags: () => ["--ca", "yard.pem"],
    says: ["valid"],
  },
  {
    name: "another fingerprint",
    flags: () => ["--pin", "0".repeat(64)],
    says: ["00"],
  },
];
for (const { name, hosts = ["127.0.0.1"], certificate, flags, says } of untrusted) {
  Deno.test(`${name}: exit 5, one line that says why, and nothing is sent`, async () => {
    await using space = await new Workspace();
    const other = issue("127.0.0.1");
    await space.write("other.pem", other.certPem);
    let made: Yard;
    if (certificate === undefined) made = await yard(hosts);
    else {
      const { certPem, keyPem } = certificate();
      const own = new Workspace();
      await own.write("yard.pem", certPem);
      await Deno.writeTextFile(own.path("yard.key"), keyPem, { mode: 0o600 });
      const shown = await own.run(["cert", "show", "yard.pem", "--json"]);
      const server = await own.serve([
        ...["--listen", "tls://127.0.0.1:0", "--tls-cert", "yard.pem", "--tls-key", "yard.key"],
      ]);
      made = {
        space: own,
        server,
        pin: jsonLines(shown.stdout)[0]!.fingerprint as string,
        [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
      };
    }
    await using _made = made;
    await made.space.write("other.pem", other.certPem);
    const { code, stdout, stderr } = await send(made, ...flags(made));
    assertEquals([code, stdout], [5, ""], stderr);
    const [line] = stderr.split("\n");
    for (const part of says) assertStringIncludes(stderr, part);
    assertStringIncludes(line!, made.server.url.slice("tls://".length), stderr);
    const { code: ended, events } = await made.server.stop();
    assertEquals(ended, 0);
    assertEquals(events.filter(({ event }) => event === "manifest"), []);
  });
}

Deno.test("with --client-ca the server serves whom it knows, and no other", async () => {
  const ca = issue("Yards", { isCa: true });
  const known = issue("yard-7", { issuer: ca });
  const stranger = issue("stranger");
  await using space = await new Workspace();
  await space.write("ca.pem", ca.certPem);
  const files = { server: issue("127.0.0.1"), known, stranger };
  for (const [name, { certPem, keyPem }] of Object.entries(files)) {
    await space.write(`${name}.pem`, certPem);
    await Deno.writeTextFile(space.path(`${name}.key`), keyPem, { mode: 0o600 });
  }
  const own = (name: string) => ["--tls-cert", `${name}.pem`, "--tls-key", `${name}.key`];
  await space.run(["key", "new", "-o", "k"]);
  const server = await space.serve([
    ...["--listen", "tls://127.0.0.1:0", "--client-ca", "ca.pem", "--key-file", "k"],
    ...own("server"),
  ]);
  const made = { space, server, pin: "", [Symbol.asyncDispose]: async () => {} };
  const trust = ["--ca", "server.pem"];
  const sent = await send(made, ...trust, ...own("known"));
  assertEquals(sent.code, 0, sent.stderr);
  assertEquals((await server.next("connected")).identity, "yard-7");
  for (const flags of [own("stranger"), []]) {
    const { code, stderr } = await send(made, ...trust, ...flags);
    assertEquals(code, 5, stderr);
    assertStringIncludes(stderr, "certificate");
  }
  const stopped = await space.run(["shutdown", server.url, ...trust, ...own("known")]);
  assertEquals(stopped.code, 0, stopped.stderr);
  const { code, events } = await server.ended();
  assertEquals(code, 0);
  assertEquals(events.filter(({ event }) => event === "turnedAway").length, 2);
});

Deno.test("by tls:// nothing of a manifest is seen on the wire", async () => {
  await using made = await yard(["127.0.0.1"]);
  await using relay = new Relay(parseEndpoint(made.server.url));
  const to = formatEndpoint({ ...relay.endpoint, scheme: "tls" });
  const args = ["send", "-", "--to", to, "--source", "Перово", "--pin", made.pin];
  const sent = await made.space.run(args, { stdin: TEXT });
  assertEquals(sent.code, 0, sent.stderr);
  assert(relay.heard.length > 1000);
  assertEquals(holdsAny(relay.heard, ["Москва", "Перово"]), []);
  assertEquals((await made.server.stop()).code, 0);
});

Deno.test("the wrong scheme is told from either side: exit 5 or 3, with the right one", async () => {
  await using made = await yard(["127.0.0.1"]);
  const plain = made.server.url.replace("tls://", "tcp://");
  const byTcp = await made.space.run(["client", plain]);
  assert([3, 5].includes(byTcp.code), byTcp.stderr);
  assertStringIncludes(byTcp.stderr, "tls://");
  const other = await made.space.serve(["--store", made.space.path("b.db")]);
  const byTls = await made.space.run(["client", other.url.replace("tcp://", "tls://")]);
  assertEquals(byTls.code, 5, byTls.stderr);
  assertStringIncludes(byTls.stderr, "tcp://");
  for (const server of [made.server, other]) assertEquals((await server.stop()).code, 0);
});

Deno.test("a certificate in the config is for clients too: a server without tls:// reads none", async () => {
  await using space = await new Workspace();
  await space.write("wagons.toml", 'tls_cert = "none.pem"\ntls_key = "none.key"\n');
  const server = await space.serve();
  assertEquals((await server.stop()).code, 0);
  const tls = await space.run(["serve", "--store", "b.db", "--listen", "tls://127.0.0.1:0"]);
  assertEquals(tls.code, 2);
  assertStringIncludes(tls.stderr, "none.pem");
});

Deno.test("flags that do not fit together are named: exit 2", async () => {
  await using space = await new Workspace();
  await space.run(["cert", "new", "--host", "127.0.0.1", "-o", "a"]);
  await space.run(["cert", "new", "--host", "127.0.0.1", "-o", "b"]);
  const listen = ["serve", "--store", "a.db", "--listen", "tls://127.0.0.1:0"];
  const cases: [string[], string][] = [
    [listen, "without a certificate"],
    [
      [...listen, "--tls-cert", "a.pem"],
      "--tls-cert (tls_cert, WAGONS_TLS_CERT) is set without --tls-key",
    ],
    [
      [...listen, "--tls-key", "a.key"],
      "--tls-key (tls_key, WAGONS_TLS_KEY) is set without --tls-cert",
    ],
    [[...listen, "--tls-cert", "a.pem", "--tls-key", "b.key"], "does not belong"],
    [[...listen, "--tls-cert", "a.key", "--tls-key", "a.key"], "no certificate in a.key"],
    [[...listen, "--client-ca", "a.pem"], "no certificate for"],
    [
      ["serve", "--port", "0", "--store", "a.db", "--client-ca", "a.pem"],
      "--client-ca is set, and nothing listens by tls://",
    ],
    [
      ["serve", "--port", "0", "--store", "a.db", "--tls-cert", "a.pem", "--tls-key", "a.key"],
      "nothing listens by tls://",
    ],
    [["client", "tcp://127.0.0.1:1", "--ca", "a.pem"], "--ca does nothing for tcp://"],
    [["client", "tcp://127.0.0.1:1", "--pin", "0".repeat(64)], "--pin does nothing for tcp://"],
    [["client", "tls://127.0.0.1:1", "--pin", "abc"], "--pin"],
    [["client", "tls://127.0.0.1:1", "--ca", "none.pem"], "none.pem"],
  ];
  for (const [args, says] of cases) {
    const { code, stderr } = await space.run(args);
    assertEquals(code, 2, `${args.join(" ")}: ${stderr}`);
    assertStringIncludes(stderr, says);
  }
});
