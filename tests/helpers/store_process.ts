/**
 * A program that uses a store beside the tests:
 *
 *     store_process.ts add PATH COUNT     adds so many sample manifests, one by one, each in a
 *                                         commit of its own; prints how many were new, and waits
 *                                         until its stdin is closed before it ends
 *     store_process.ts list PATH          prints how many there are
 *     store_process.ts put PATH SIZE KEY  puts a sample file of that size (KEY as below); prints how
 *                                         much is durable at its beginning and after each MiB, takes
 *                                         a byte of stdin for it, and prints "done" at its end
 *     store_process.ts full PATH KEY      puts a sample file, which does not work, and prints why; then
 *                                         a message, and prints "kept"
 *     store_process.ts rekey PATH OLD NEW BATCH
 *                                         changes its key (numbers of sample keys; - is none), so
 *                                         many records at a time; prints a line before the first
 *                                         batch and after each, and takes a byte of stdin for it
 *
 * @module
 */

import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { sampleBytes, sampleEvent, sampleFile, sha256Of } from "./room_samples.ts";
import { sampleKey, sampleManifest } from "./samples.ts";

const [verb, path = "", count = "0", ...rest] = Deno.args;
const key = (number = "-") => number === "-" ? undefined : sampleKey(Number(number));
switch (verb) {
  case "add": {
    const store = openSqliteStore(path);
    let added = 0;
    for (let number = 0; number < Number(count); number++) {
      if (!(await store.addManifest(sampleManifest(number))).duplicate) added++;
    }
    console.log(added);
    for await (const _ of Deno.stdin.readable);
    store.close();
    break;
  }
  case "list": {
    const store = openSqliteStore(path, { readOnly: true });
    console.log([...store.manifests({})].length);
    store.close();
    break;
  }
  case "put": {
    const store = openSqliteStore(path, { key: key(rest[0]) });
    const bytes = sampleBytes(Number(count));
    const upload = await store.openUpload({ size: bytes.length, sha256: sha256Of(bytes) });
    const tell = (durableBytes: number) => {
      console.log(durableBytes);
      Deno.stdin.readSync(new Uint8Array(1));
    };
    tell(upload.durableBytes);
    for (let at = upload.durableBytes; at < bytes.length; at += 1024 * 1024) {
      await upload.write(bytes.subarray(at, at + 1024 * 1024));
      tell(await upload.sync());
    }
    if (rest[1] === "hold") { for await (const _ of Deno.stdin.readable); }
    await upload.finish(sampleFile(1));
    await upload.close();
    console.log("done");
    store.close();
    break;
  }
  case "full": {
    const store = openSqliteStore(path, { key: key(count) });
    const bytes = sampleBytes(8_000_000);
    const upload = await store.openUpload({ size: bytes.length, sha256: sha256Of(bytes) });
    try {
      for (let at = 0; at < bytes.length; at += 1_000_000) {
        await upload.write(bytes.subarray(at, at + 1_000_000));
        await upload.sync();
      }
    } catch (error) {
      console.log(String(error));
    }
    await upload.close();
    await store.addEvent(sampleEvent(1));
    console.log("kept");
    store.close();
    break;
  }
  case "rekey": {
    const [newKey, batch] = rest;
    const changed = await rekeyStore(path, {
      oldKey: key(count),
      newKey: key(newKey),
      batchRecords: Number(batch),
      onProgress: ({ changed, total }) => {
        console.log(`${changed} of ${total}`);
        Deno.stdin.readSync(new Uint8Array(1));
      },
    });
    console.log(`done: ${changed}`);
    break;
  }
  default:
    throw new TypeError(`Cannot ${verb}: add, list, put, full and rekey are known`);
}
