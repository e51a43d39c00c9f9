import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  parseFingerprint,
  readCertificate,
  readCertificates,
  standsFor,
  titleOf,
} from "../../lib/net/certificate.ts";
import { issue } from "../helpers/issue.ts";
import { test } from "../helpers/strict.ts";

test("a certificate is read from its bytes", () => {
  const { certificate } = issue("Yard", {
    hosts: ["Yard.Example", "192.0.2.7", "2001:db8::7"],
    purposes: ["1.3.6.1.5.5.7.3.1"],
  });
  const { version, commonName, issuerTitle, hosts, purposes, isCa } = certificate;
  assertEquals([version, commonName, issuerTitle, isCa], [3, "Yard", "Yard", false]);
  assertEquals(hosts, ["yard.example", "192.0.2.7", "2001:db8::7"]);
  assertEquals(purposes, ["1.3.6.1.5.5.7.3.1"]);
  const days = (certificate.notAfterMs - certificate.notBeforeMs) / 86_400_000;
  assertEquals(Math.round(days), 2);
});

test("a certificate of version 1 says nothing of hosts and purposes", () => {
  const { certificate } = issue("Yard", { version: 1 });
  const { version, commonName, hosts, purposes } = certificate;
  assertEquals([version, commonName, hosts, purposes], [1, "Yard", [], undefined]);
});

test("a name with a comma in it is one name", () => {
  const { certificate } = issue("Yard", { hosts: ["a, DNS:yard.example"] });
  assertEquals(certificate.hosts, ["a, dns:yard.example"]);
  assert(!standsFor(certificate, "yard.example"));
});

test("a certificate stands for its hosts and no others", () => {
  const { certificate } = issue("yard.example", {
    hosts: ["a.example", "*.b.example", "192.0.2.7", "2001:db8::7"],
  });
  for (const host of ["a.example", "A.EXAMPLE.", "x.b.example", "192.0.2.7", "2001:DB8:0::7"]) {
    assert(standsFor(certificate, host), host);
  }
  const others = [
    "yard.example",
    "b.example",
    "x.y.b.example",
    "*.a.example",
    "192.0.2.8",
    "2001:db8::8",
    "",
    ".b.example",
  ];
  for (const host of others) assert(!standsFor(certificate, host), host);
});

test("all certificates of a text are read, and one that is broken is not passed over", () => {
  const [first, second] = [issue("a"), issue("b")];
  const text = `Subject: a\n${first.certPem}\nSubject: b\n${second.certPem}${second.keyPem}`;
  assertEquals(readCertificates(text).map(titleOf), ["a", "b"]);
  assertEquals(readCertificates(second.keyPem), []);
  assertThrows(() => readCertificates(first.certPem.replace("MII", "AAA")), Error);
  const { der } = first.certificate;
  for (const length of [0, 1, 10, 100, der.length - 1]) {
    assertThrows(() => readCertificate(der.subarray(0, length)), Error);
  }
});

test("a fingerprint is read with and without colons, in any case", () => {
  const hex = "0123456789abcdef".repeat(4);
  const expected = hex.toUpperCase().match(/../g)!.join(":");
  for (const text of [hex, hex.toUpperCase(), expected, expected.toLowerCase(), ` ${hex}\n`]) {
    assertEquals(parseFingerprint(text), expected);
  }
  for (const text of ["", hex.slice(1), `${hex}0`, `g${hex.slice(1)}`]) {
    assertEquals(parseFingerprint(text), undefined, text);
  }
});
