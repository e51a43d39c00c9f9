/**
 * A program that uses a store beside the tests:
 *
 *     store_process.ts add PATH COUNT     adds so many sample manifests, one by one, each in a
 *                                         commit of its own; prints how many were new, and waits
 *                                         until its stdin is closed before it ends
 *     store_process.ts list PATH          prints how many there are
 *
 * @module
 */

import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { sampleManifest } from "./samples.ts";

const [verb, path = "", count = "0"] = Deno.args;
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
  default:
    throw new TypeError(`Cannot ${verb}: add and list are known`);
}
