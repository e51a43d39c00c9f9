/**
 * Checks that all that lib exports is documented and typed, with `deno doc --lint`. That also
 * reports types of packages as private, which they are not: such reports are passed over.
 *
 *     deno task lint
 *
 * @module
 */

const root = new URL("../", import.meta.url);
const files = Array.from(sources("lib/"));

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, root))) {
    if (isDirectory && name !== "generated") yield* sources(`${folder}${name}/`);
    else if (name.endsWith(".ts")) yield `${folder}${name}`;
  }
}

const text = files.map((file) => Deno.readTextFileSync(new URL(file, root))).join("\n");
const run = await new Deno.Command(Deno.execPath(), {
  // Quiet: types of packages may lead to what only a compiler for Node has.
  args: ["doc", "--quiet", "--lint", "main.ts", ...files],
  cwd: root,
  env: { NO_COLOR: "1" },
}).output();
if (!run.success) {
  const reports = new TextDecoder().decode(run.stderr).split(/^(?=error)/m).filter((report) => {
    const privateType = /references private type '([^']+)'/.exec(report)?.[1];
    const isSummary = /^error: Found \d+ documentation lint error/.test(report);
    return !isSummary && (privateType === undefined || isOurs(privateType));
  });
  if (reports.length > 0) {
    console.error(reports.join(""));
    Deno.exit(1);
  }
}
console.log(`${files.length} documented files`);

function isOurs(type: string): boolean {
  return new RegExp(`\\b(interface|type|class|enum) ${type}\\b`).test(text);
}
