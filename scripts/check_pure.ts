/**
 * Checks that lib/wire, lib/seal, lib/manifest, lib/formats and lib/limits are pure: bytes and values
 * in, bytes and values out. They are type-checked without the globals of Deno, of Node and of the web,
 * and searched for what types do not show: clocks, randomness, and modules that do I/O.
 *
 *     deno task check:pure
 *
 * @module
 */

import { fileURLToPath } from "node:url";

const PURE = ["wire", "seal", "manifest", "formats", "limits"];
/** Modules from elsewhere that only compute. */
const ALLOWED_MODULES = [
  "protobufjs/minimal.js",
  "zxing-wasm/reader",
  "jsqr",
  "pngjs",
  "qrcode",
  "node:zlib",
  "node:crypto",
  "node:buffer",
];
const FORBIDDEN = [
  /\bDeno\b/,
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bperformance\b/,
  /\bMath\.random\b/,
  /\brandomBytes\b|\brandomUUID\b|\bgetRandomValues\b/,
  /\bfetch\(/,
  /\bset(Timeout|Interval|Immediate)\b/,
  /\bconsole\b/,
  /\bprocess\b/,
];

/**
 * What a pure module may use beyond the language: conversions between text and bytes, and pixels.
 * Declared here because the libraries of types that have them have I/O too.
 */
const GLOBALS = `
interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare var TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(input?: ArrayBufferView | ArrayBufferLike): string;
}
declare var TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};

interface ImageData {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}
declare var ImageData: {
  new (data: Uint8ClampedArray<ArrayBuffer>, width: number, height?: number): ImageData;
};
`;

const root = new URL("../", import.meta.url);
const problems: string[] = [];
const files: string[] = [];
for (const folder of PURE) {
  for (const entry of Deno.readDirSync(new URL(`lib/${folder}/`, root))) {
    if (entry.isFile && entry.name.endsWith(".ts")) files.push(`lib/${folder}/${entry.name}`);
  }
}
if (files.length === 0) problems.push("There is no file to check.");

for (const file of files) {
  const text = Deno.readTextFileSync(new URL(file, root));
  for (const [index, line] of text.split("\n").entries()) {
    const code = line.replace(/^\s*(\/\/|\*|\/\*).*/, "");
    for (const pattern of FORBIDDEN) {
      if (pattern.test(code)) {
        problems.push(`${file}:${index + 1}: ${pattern} is not pure: ${line.trim()}`);
      }
    }
  }
  for (const [, specifier] of text.matchAll(/(?:from|import|import\()\s*"([^"]+)"/g)) {
    if (!isAllowed(specifier!, file)) problems.push(`${file}: imports ${specifier}`);
  }
}

/** A module of a pure folder, the errors, or one that is known to only compute. */
function isAllowed(specifier: string, file: string): boolean {
  if (ALLOWED_MODULES.includes(specifier)) return true;
  if (!specifier.startsWith(".")) return false;
  const path = new URL(specifier, new URL(file, root)).href.slice(root.href.length);
  return ["lib/bytes.ts", "lib/errors.ts"].includes(path) ||
    PURE.some((folder) => path.startsWith(`lib/${folder}/`));
}

const config = JSON.parse(Deno.readTextFileSync(new URL("deno.json", root)));
const folder = Deno.makeTempDirSync({ dir: fileURLToPath(root), prefix: ".pure-" });
try {
  const imports: Record<string, string> = { ...config.imports };
  for (const [name, target] of Object.entries(imports)) {
    if (target.startsWith("./")) imports[name] = `.${target}`;
  }
  const compilerOptions = {
    ...config.compilerOptions,
    lib: ["esnext"],
    types: ["./globals.d.ts"],
  };
  Deno.writeTextFileSync(`${folder}/globals.d.ts`, GLOBALS);
  Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify({ imports, compilerOptions }));
  const check = new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--no-lock", "--config", `${folder}/deno.json`, ...files],
    cwd: root,
  }).outputSync();
  if (!check.success) problems.push(new TextDecoder().decode(check.stderr));
} finally {
  Deno.removeSync(folder, { recursive: true });
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  Deno.exit(1);
}
console.log(`${files.length} pure files`);
