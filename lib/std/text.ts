// The standard library comes from npm as JavaScript without types; what is used is declared here.
// To take it from JSR instead, map "@std/text" to it in deno.json and delete this file.
// @ts-types="./text.d.ts"
export { closestString } from "npm:deno-std@1.4.0/text/closest_string.js";
// @ts-types="./text.d.ts"
export { levenshteinDistance } from "npm:deno-std@1.4.0/text/levenshtein_distance.js";
