import { assertEquals, assertRejects } from "@std/assert";
import { Mailbox } from "../../lib/client/mailbox.ts";
import { test } from "../helpers/strict.ts";

test("mailbox: things are taken in the order that they came in, whoever was first", async () => {
  const mailbox = new Mailbox<number>();
  const early = [mailbox.take(), mailbox.take()];
  for (const thing of [1, 2, 3, 4]) mailbox.put(thing);
  assertEquals(mailbox.length, 2);
  assertEquals(await Promise.all([...early, mailbox.take(), mailbox.take()]), [1, 2, 3, 4]);
});

test("mailbox: what came before its end is still taken, and the first end counts", async () => {
  const mailbox = new Mailbox<number>();
  mailbox.put(1);
  for (const why of ["over", "again"]) mailbox.end(new Error(why));
  assertEquals(await mailbox.take(), 1);
  for (let i = 0; i < 2; i++) await assertRejects(() => mailbox.take(), Error, "over");
});

test("mailbox: its end is told to all who wait", async () => {
  const mailbox = new Mailbox<number>();
  const taking = [1, 2].map(() => assertRejects(() => mailbox.take(), Error, "over"));
  mailbox.end(new Error("over"));
  await Promise.all(taking);
});

test("mailbox: tells when one that waited was taken", async () => {
  let taken = 0;
  const mailbox = new Mailbox<number>(() => taken++);
  const early = mailbox.take();
  mailbox.put(1);
  mailbox.put(2);
  await Promise.all([early, mailbox.take()]);
  assertEquals(taken, 1);
});
