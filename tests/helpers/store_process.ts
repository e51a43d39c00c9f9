/**
 * A program that uses a store beside the tests:
 *
 *     store_process.ts add PATH COUNT     adds so many sample manifests, one by one, each in a
 *                                         commit of its own; prints how many were new, and waits
 *                                         until its stdin is closed before it ends
 *     store_process.ts list PATH          prints how many there are
 *     store_process.ts rekey PATH OLD NEW BATCH
 *                                         changes its key (numbers of sample keys; - is none), so
 *                                         many records at a time; prints a line before the first
 *                                         batch and after each, and takes a byte of stdin for it
 *
 * @module
 */

import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
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
    throw new TypeError(`Cannot ${verb}: add, list and rekey are known`);
}
