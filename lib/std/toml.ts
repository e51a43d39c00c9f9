// The standard library comes from npm as JavaScript without types; what is used is declared here.
// To take it from JSR instead, map "@std/toml" to it in deno.json and delete this file.
// @ts-types="./toml.d.ts"
export { parse } from "npm:deno-std@1.4.0/toml/parse.js";
