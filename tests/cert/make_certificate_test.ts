import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { makeCertificate } from "../../lib/cert/make_certificate.ts";
import { readCertificate } from "../../lib/net/certificate.ts";
import { checkKeyPair } from "../../lib/net/tls_files.ts";
import { Purpose, verifyChain } from "../../lib/net/verify_chain.ts";
import { HAS_OPENSSL, openssl, PemFolder, withOpenssl } from "../helpers/openssl.ts";
import { test } from "../helpers/strict.ts";

const FROM_MS = Date.UTC(2026, 0, 1);
const UNTIL_MS = Date.UTC(2080, 11, 31, 23, 59, 59);
const LONG = `${"a".repeat(60)}.example`;

const make = (hosts: string[], serial = Uint8Array.of(0x80, 1)) =>
  makeCertificate({ hosts, notBeforeMs: FROM_MS, notAfterMs: UNTIL_MS, serial });

test("what is made says what was asked for", async () => {
  const made = await make(["yard.example", "*.yard.example", "192.0.2.7", "2001:db8::7"]);
  const certificate = readCertificate(made.certPem);
  assertEquals(certificate.version, 3);
  assertEquals(certificate.commonName, "yard.example");
  assertEquals(certificate.hosts, [
    "yard.example",
    "*.yard.example",
    "192.0.2.7",
    "2001:db8::7",
  ]);
  assertEquals([certificate.notBeforeMs, certificate.notAfterMs], [FROM_MS, UNTIL_MS]);
  assertEquals(certificate.fingerprint, made.fingerprint);
  assertEquals(certificate.purposes, [Purpose.server, Purpose.client]);
  assertEquals(certificate.isCa, false);
  assertEquals(certificate.x509.serialNumber, "8001");
  checkKeyPair(made.certPem, made.keyPem);
  for (const purpose of [Purpose.server, Purpose.client]) {
    assertEquals(verifyChain([certificate], [certificate], purpose, FROM_MS), undefined);
  }
  assert(certificate.x509.verify(certificate.x509.publicKey));
});

test("every certificate has a key of its own", async () => {
  const [one, other] = [await make(["a.example"]), await make(["a.example"])];
  assertNotEquals(one.keyPem, other.keyPem);
  assertNotEquals(one.fingerprint, other.fingerprint);
});

test("a first host that is too long to be called by is one of the hosts all the same", async () => {
  const certificate = readCertificate((await make([LONG])).certPem);
  assertEquals([certificate.commonName, certificate.hosts], ["wagons", [LONG]]);
});

test(withOpenssl("OpenSSL finds all of it good"), async () => {
  using folder = new PemFolder();
  for (const hosts of [["yard.example", "2001:db8::7"], ["192.0.2.7"], [LONG]]) {
    for (
      const serial of [Uint8Array.of(1), new Uint8Array(20).fill(0x7f), Uint8Array.of(0, 0, 5)]
    ) {
      const { certPem, keyPem, fingerprint } = await make(hosts, serial);
      const [file, key] = [folder.write(certPem), folder.write(keyPem)];
      const where = hosts[0] === "192.0.2.7" ? "-verify_ip" : "-verify_hostname";
      const rules = ["-x509_strict", "-purpose", "sslserver", where, hosts[0]!];
      const verified = await openssl(["verify", ...rules, "-CAfile", file, file]);
      assert(verified.success, verified.text);
      const shown = await openssl(["x509", "-in", file, "-noout", "-fingerprint", "-sha256"]);
      assertEquals(shown.text.trim(), `sha256 Fingerprint=${fingerprint}`);
      const checked = await openssl(["pkey", "-in", key, "-check", "-noout"]);
      assert(checked.success, checked.text);
    }
  }
  const file = folder.write((await make(["yard.example"])).certPem);
  const { text } = await openssl(["x509", "-in", file, "-noout", "-text"]);
  for (
    const part of [
      "Version: 3 (0x2)",
      "ecdsa-with-SHA256",
      "NIST CURVE: P-256",
      "Basic Constraints: critical\n                CA:FALSE",
      "Key Usage: critical\n                Digital Signature",
      "TLS Web Server Authentication, TLS Web Client Authentication",
      "Subject: CN = yard.example",
      "DNS:yard.example",
    ]
  ) assert(text.replaceAll("CN=", "CN = ").includes(part), `${part} in ${text}`);
}, { ignore: !HAS_OPENSSL });
