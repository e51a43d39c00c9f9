/**
 * Makes lib/wire/generated from proto/wagons.proto.
 *
 *     deno task gen
 *
 * The generator runs under Node, by npx: its type writer does not run under Deno.
 *
 * @module
 */

const VERSIONS = ["protobufjs@8.8.1", "protobufjs-cli@2.7.1"];

const root = new URL("../", import.meta.url);

/** The folder that the generated files are committed in. */
export const GENERATED = new URL("lib/wire/generated/", root);

/** Generates the code; gives each file's name and text. Throws when the generator fails. */
export async function generate(): Promise<Map<string, string>> {
  const out = await Deno.makeTempDir({ prefix: "wagons-gen-" });
  try {
    const args = ["-y", ...VERSIONS.flatMap((version) => ["-p", version]), "pbjs"];
    args.push("-t", "static-module", "-w", "esm", "--es6", "--dts");
    args.push("--dependency", "protobufjs/minimal.js");
    for (const part of ["create", "verify", "convert", "delimited", "typeurl", "service"]) {
      args.push(`--no-${part}`);
    }
    args.push("-o", `${out}/wagons_pb.js`, "proto/wagons.proto");
    const run = await new Deno.Command(Deno.build.os === "windows" ? "npx.cmd" : "npx", {
      args,
      cwd: root,
    }).output();
    if (!run.success) {
      throw new Error(`Cannot generate code: pbjs says ${new TextDecoder().decode(run.stderr)}`);
    }
    const files = new Map<string, string>();
    for (const name of ["wagons_pb.js", "wagons_pb.d.ts"]) {
      const text = await Deno.readTextFile(`${out}/${name}`);
      const types = name.endsWith(".js") ? '/* @ts-self-types="./wagons_pb.d.ts" */\n' : "";
      // What we use of protobufjs's 64-bit numbers, without a dependency on their package.
      const long = "type Long = { toNumber(): number };";
      files.set(name, types + text.replace('import Long = require("long");', long));
    }
    return files;
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

if (import.meta.main) {
  await Deno.mkdir(GENERATED, { recursive: true });
  for (const [name, text] of await generate()) {
    await Deno.writeTextFile(new URL(name, GENERATED), text);
  }
}
