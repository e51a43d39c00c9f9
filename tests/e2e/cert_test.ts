import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readCertificate } from "../../lib/net/certificate.ts";
import { checkKeyPair } from "../../lib/net/tls_files.ts";
import { HAS_OPENSSL, openssl, withOpenssl } from "../helpers/openssl.ts";
import { jsonLines, Workspace } from "./workspace.ts";

const FINGERPRINT = /([0-9A-F]{2}:){31}[0-9A-F]{2}/;

Deno.test("a new certificate and its key are two files, and the next step is told", async () => {
  await using space = await new Workspace();
  const { code, stdout, stderr } = await space.run(["cert", "new", "--host", "yard.example"]);
  assertEquals(code, 0, stderr);
  assertEquals(space.files(), ["wagons.key", "wagons.pem"]);
  assertStringIncludes(stdout, "certificate  wagons.pem\nkey          wagons.key\nfingerprint  ");
  assertStringIncludes(stderr, "wagons serve --tls-cert wagons.pem --tls-key wagons.key");
  assertMatch(stderr, /--ca wagons\.pem.* --pin [0-9a-f]{64}\n/);
  const certPem = await Deno.readTextFile(space.path("wagons.pem"));
  checkKeyPair(certPem, await Deno.readTextFile(space.path("wagons.key")));
  const certificate = readCertificate(certPem);
  assertEquals(certificate.hosts, ["yard.example"]);
  assertEquals(FINGERPRINT.exec(stdout)![0], certificate.fingerprint);
  const days = (certificate.notAfterMs - Date.now()) / 86_400_000;
  assert(days > 364 && days <= 365, `${days} days`);
  if (Deno.build.os === "windows") return;
  assertEquals(Deno.statSync(space.path("wagons.key")).mode! & 0o777, 0o600);
  assertEquals(Deno.statSync(space.path("wagons.pem")).mode! & 0o777, 0o644);
});

Deno.test("hosts, days and names are chosen, and a script reads what was made", async () => {
  await using space = await new Workspace();
  const hosts = ["--host", "Yard.Example", "--host", "::1", "--host", "yard.example"];
  const args = ["cert", "new", ...hosts, "--days", "2", "-o", "my yard", "--json", "--quiet"];
  const { code, stdout, stderr } = await space.run(args);
  assertEquals([code, stderr], [0, ""]);
  const [made] = jsonLines(stdout);
  const { certificate, key, fingerprint, notAfter } = made!;
  assertEquals([certificate, key, made!.hosts], [
    "my yard.pem",
    "my yard.key",
    ["yard.example", "::1"],
  ]);
  assertMatch(fingerprint as string, FINGERPRINT);
  const days = (Date.parse(notAfter as string) - Date.now()) / 86_400_000;
  assert(days > 1.9 && days <= 2, `${days} days`);
});

Deno.test("no file is overwritten, and a run that fails leaves none", async () => {
  await using space = await new Workspace();
  for (const taken of ["wagons.pem", "wagons.key"]) {
    await space.write(taken, "mine");
    const { code, stdout, stderr } = await space.run(["cert", "new", "--host", "yard.example"]);
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, `${taken} is there already`);
    assertEquals(space.files(), [taken]);
    assertEquals(await Deno.readTextFile(space.path(taken)), "mine");
    await Deno.remove(space.path(taken));
  }
  const wrong = [
    ["cert", "new"],
    ["cert", "new", "--host", "no host"],
    ["cert", "new", "--host", "yard.example", "--host", "-"],
    ["cert", "new", "--host", "yard.example", "--days", "0"],
    ["cert", "new", "--host", "yard.example", "--days", "1.5"],
    ["cert", "new", "--host", "yard.example", "-o", "none/wagons"],
  ];
  for (const args of wrong) {
    const { code, stdout, stderr } = await space.run(args);
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assert(stderr !== "");
    assertEquals(space.files(), []);
  }
});

Deno.test("a certificate is shown, as text and as JSON, also of several in one input", async () => {
  await using space = await new Workspace();
  const hosts = ["--host", "yard.example", "--host", "192.0.2.7"];
  await space.run(["cert", "new", ...hosts]);
  const text = await Deno.readTextFile(space.path("wagons.pem"));
  const { fingerprint } = readCertificate(text);
  const shown = await space.run(["cert", "show", "wagons.pem"]);
  assertEquals([shown.code, shown.stderr], [0, ""]);
  for (
    const part of [
      "subject      yard.example\n",
      "hosts        yard.example, 192.0.2.7\n",
      `fingerprint  ${fingerprint}\n`,
    ]
  ) assertStringIncludes(shown.stdout, part);
  assertMatch(shown.stdout, /valid from {3}\S+Z\nvalid until {2}\S+Z\n/);
  const both = await space.run(["cert", "show", "-", "--json"], { stdin: text + text });
  const lines = jsonLines(both.stdout);
  assertEquals(lines.length, 2);
  assertEquals([lines[0]!.subject, lines[0]!.issuer, lines[0]!.fingerprint], [
    "yard.example",
    "yard.example",
    fingerprint,
  ]);
});

Deno.test("what is no certificate is bad input", async () => {
  await using space = await new Workspace();
  await space.run(["cert", "new", "--host", "yard.example"]);
  const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  const files = {
    "wagons.key": "There is no certificate in wagons.key",
    [await space.write("broken.pem", broken)]: "A certificate in broken.pem is broken",
    [await space.write("binary.pem", Uint8Array.of(0x30, 0))]: "is no text",
  };
  for (const [file, why] of Object.entries(files)) {
    const { code, stdout, stderr } = await space.run(["cert", "show", file]);
    assertEquals([code, stdout], [6, ""], file);
    assertStringIncludes(stderr, why);
  }
  const none = await space.run(["cert", "show", "none.pem"]);
  assertEquals(none.code, 2);
});

Deno.test({
  name: withOpenssl("OpenSSL verifies what the program made"),
  ignore: !HAS_OPENSSL,
  fn: async () => {
    await using space = await new Workspace();
    await space.run(["cert", "new", "--host", "yard.example", "-o", "yard"]);
    const file = space.path("yard.pem");
    const { success, text } = await openssl([
      "verify",
      "-x509_strict",
      ...["-verify_hostname", "yard.example", "-CAfile", file, file],
    ]);
    assert(success, text);
  },
});
