import { assertEquals } from "@std/assert";
import { Purpose, verifyChain } from "../../lib/net/verify_chain.ts";
import { issue, type Issued } from "../helpers/issue.ts";
import { test } from "../helpers/strict.ts";

const verify = (shown: Issued[], anchors: Issued[], purpose: Purpose = Purpose.server) =>
  verifyChain(
    shown.map(({ certificate }) => certificate),
    anchors.map(({ certificate }) => certificate),
    purpose,
    Date.now(),
  );

const root = issue("Root", { isCa: true });
const first = issue("First", { isCa: true, issuer: root });
const second = issue("Second", { isCa: true, issuer: first });
const own = issue("localhost", { issuer: second });

test("a chain is found in any order, among others, to any anchor", () => {
  const other = issue("Other", { isCa: true });
  for (const shown of [[own, second, first], [own, first, second], [own, other, first, second]]) {
    assertEquals(verify(shown, [other, root]), undefined);
  }
  assertEquals(verify([own, second], [first]), undefined);
  assertEquals(verify([own], [second]), undefined);
  assertEquals(verify([own], [own]), undefined);
});

test("a chain with a gap, or to nobody who is trusted, is none", () => {
  assertEquals(verify([own, first], [root]), "issuer");
  assertEquals(verify([own, second, first], [issue("Root", { isCa: true })]), "issuer");
  assertEquals(verify([own, second, first, root], []), "issuer");
  assertEquals(verify([], [root]), "none");
});

test("who is no issuer issues nothing, whatever its name", () => {
  const leaf = issue("Leaf", { issuer: root });
  assertEquals(verify([issue("localhost", { issuer: leaf }), leaf], [root]), "issuer");
  const namesake = issue("Root", { isCa: true });
  assertEquals(verify([issue("localhost", { issuer: namesake }), namesake], [root]), "issuer");
});

test("version 1 proves nothing, at the end and in the midst of a chain", () => {
  assertEquals(verify([issue("localhost", { version: 1, issuer: root })], [root]), "version");
  const self = issue("localhost", { version: 1 });
  assertEquals(verify([self], [self]), "version");
  const between = issue("Between", { version: 1, issuer: root });
  assertEquals(verify([issue("localhost", { issuer: between }), between], [root]), "issuer");
});

test("a chain is valid when all of it is", () => {
  const early = issue("localhost", { issuer: root, fromDays: 1, toDays: 2 });
  const late = issue("localhost", { issuer: root, fromDays: -2, toDays: -1 });
  assertEquals(verify([early], [root]), "not-yet-valid");
  assertEquals(verify([late], [root]), "expired");
  assertEquals(verify([late], [late]), "expired");
  const lateRoot = issue("Late", { isCa: true, fromDays: -2, toDays: -1 });
  assertEquals(verify([issue("localhost", { issuer: lateRoot })], [lateRoot]), "issuer");
});

test("a certificate is used for what it is meant for", () => {
  const forServers = issue("localhost", { issuer: root, purposes: [Purpose.server] });
  assertEquals(verify([forServers], [root]), undefined);
  assertEquals(verify([forServers], [root], Purpose.client), "purpose");
  const forAll = issue("localhost", { issuer: root, purposes: ["2.5.29.37.0"] });
  assertEquals(verify([forAll], [root], Purpose.client), undefined);
});

test("certificates that issue each other come to an end", () => {
  const ring: Issued[] = [];
  const names = { issuer: issue("Same", { isCa: true }), isCa: true };
  for (let index = 0; index < 60; index++) ring.push(issue("Same", names));
  assertEquals(verify([issue("localhost", { issuer: names.issuer }), ...ring], [root]), "issuer");
});
