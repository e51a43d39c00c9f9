// The standard library comes from npm as JavaScript without types; what is used is declared here.
// To take it from JSR instead, map "@std/assert" to it in deno.json and delete this file.
// @ts-types="./assert.d.ts"
export * from "npm:deno-std@1.4.0/assert/mod.js";
