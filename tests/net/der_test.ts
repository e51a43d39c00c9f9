import { assertEquals, assertThrows } from "@std/assert";
import { readElement, readElements, readOid, Tag } from "../../lib/net/der.ts";
import { element, integer, oid, sequence, time, utf8 } from "../../lib/cert/der_write.ts";
import { test } from "../helpers/strict.ts";

test("elements of all lengths come back as they were written", () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
    const content = new Uint8Array(length).fill(7);
    const [first, second, ...rest] = readElements(
      new Uint8Array([...element(0x04, content), ...utf8("x")]),
    );
    assertEquals([first!.tag, first!.content.length, rest.length], [Tag.octets, length, 0]);
    assertEquals(second!.content, Uint8Array.of(0x78));
  }
});

test("bytes that are no DER are refused, wherever they are cut", () => {
  const whole = sequence(utf8("x".repeat(200)), integer(Uint8Array.of(1)));
  for (let length = 1; length < whole.length; length++) {
    assertThrows(() => readElement(whole.subarray(0, length), Tag.sequence), TypeError);
  }
  for (const hex of ["3080", "308100", "30820001", "1f0100", "30840000000100", "0400ff"]) {
    assertThrows(() => readElement(Uint8Array.fromHex(hex), Tag.sequence), TypeError, "DER", hex);
  }
});

test("object identifiers, integers and times are written as X.690 and RFC 5280 have them", () => {
  for (const id of ["1.2.840.10045.4.3.2", "2.5.29.17", "2.100.3", "0.9.2342.19200300.100.1.1"]) {
    assertEquals(readOid(readElement(oid(id), Tag.oid).content), id);
  }
  assertEquals(oid("1.2.840.10045.4.3.2").toHex(), "06082a8648ce3d040302");
  assertEquals(integer(Uint8Array.of(0, 0, 0x80)).toHex(), "02020080");
  assertEquals(integer(Uint8Array.of(0, 0)).toHex(), "020100");
  const text = (timeMs: number) => new TextDecoder().decode(time(timeMs).subarray(2));
  assertEquals(text(Date.UTC(2049, 11, 31, 23, 59, 59)), "491231235959Z");
  assertEquals(text(Date.UTC(2050, 0, 1)), "20500101000000Z");
});
