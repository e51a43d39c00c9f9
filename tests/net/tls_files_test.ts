import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../lib/errors.ts";
import { readCertificateFile, readKeyPair } from "../../lib/net/tls_files.ts";
import { issue } from "../helpers/issue.ts";
import { PemFolder } from "../helpers/openssl.ts";
import { test } from "../helpers/strict.ts";

const one = issue("one");
const isWindows = Deno.build.os === "windows";

test("a certificate and its key are read from two files, and from one", async () => {
  using folder = new PemFolder();
  const chain = one.certPem + issue("other").certPem;
  const [certPath, keyPath] = [folder.write(chain), folder.write(one.keyPem)];
  assertEquals(await readKeyPair(certPath, keyPath), { certPem: chain, keyPem: one.keyPem });
  const both = folder.write(one.certPem + one.keyPem);
  assertEquals((await readKeyPair(both, both)).certPem, one.certPem + one.keyPem);
  assertEquals(await readCertificateFile(certPath), chain);
});

test("files that do not do are named, with what is wrong", async () => {
  using folder = new PemFolder();
  const [certPath, keyPath] = [folder.write(one.certPem), folder.write(one.keyPem)];
  const otherKey = folder.write(issue("other").keyPem);
  const locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----";
  const broken = (pem: string) => folder.write(pem.replace(/\n[^-]{20}/, "\n"));
  const cases: [string, string, string][] = [
    ["/none.pem", keyPath, "Cannot read /none.pem: there is no such file"],
    [certPath, "/none.key", "Cannot read /none.key: there is no such file"],
    [keyPath, keyPath, `There is no certificate in ${keyPath}`],
    [certPath, certPath, `There is no private key in ${certPath}`],
    [certPath, otherKey, `The key in ${otherKey} does not belong to the certificate of one`],
    [certPath, folder.write(locked), "is locked with a password"],
    [broken(one.certPem), keyPath, "is broken"],
    [certPath, broken(one.keyPem), "is broken"],
    [folder.write(""), keyPath, "There is no certificate"],
  ];
  for (const [cert, key, why] of cases) {
    await assertRejects(() => readKeyPair(cert, key), UsageError, why);
  }
  await assertRejects(() => readCertificateFile(keyPath), UsageError, "no certificate");
});

test("a key that others may read is refused, with the command that mends it", async () => {
  using folder = new PemFolder();
  const [certPath, keyPath] = [folder.write(one.certPem), folder.write(one.keyPem)];
  for (const mode of [0o640, 0o604, 0o620, 0o601]) {
    await Deno.chmod(keyPath, mode);
    const error = await assertRejects(() => readKeyPair(certPath, keyPath), UsageError, "Others");
    assertStringIncludes(error.message, `mode is 0${mode.toString(8)}`);
    assertStringIncludes(error.hint!, `chmod 600 ${keyPath}`);
  }
  await Deno.chmod(keyPath, 0o400);
  await readKeyPair(certPath, keyPath);
}, { ignore: isWindows });
