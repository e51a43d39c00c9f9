/**
 * Shows the main job with the built executable: a text becomes a QR picture, the picture becomes a
 * manifest, the manifest travels to a server, and the server keeps it. Builds first if needed.
 *
 *     deno task demo
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { isUpToDate, PROGRAM } from "./build.ts";

const root = new URL("../", import.meta.url);
const wagons = fileURLToPath(PROGRAM);

const MANIFEST = `# The yard of Perovo, 21 November
Москва = 7
Санкт-Петербург = 12
Нижний Новгород = 3
this line is no entry
`;

if (!await isUpToDate()) {
  const build = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "scripts/build.ts"],
    cwd: root,
  }).spawn().status;
  if (!build.success) Deno.exit(build.code);
}

const folder = await Deno.makeTempDir({ prefix: "wagons-demo-" });
try {
  await Deno.writeTextFile(`${folder}/yard.txt`, MANIFEST);
  console.log(`\n$ cat yard.txt\n${MANIFEST}`);
  await run("qr", "make", "yard.txt", "-o", "code.png");
  await run("qr", "make", "yard.txt", "--quiet");
  await run("qr", "read", "code.png");
  await withServer(async (url) => {
    await run("send", "code.png", "--to", url, "--source", "perovo");
    await run("client", url, "--fast");
    await run("shutdown", url);
  });
  await run("manifests", "list", "--store", "yard.db");
  await run("manifests", "totals", "--store", "yard.db");
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Runs a command with what it prints shown, and ends the demo if it fails. */
async function run(...args: string[]): Promise<void> {
  console.log(`\n$ wagons ${args.join(" ")}`);
  const { code } = await new Deno.Command(wagons, { args, cwd: folder }).spawn().status;
  if (code !== 0) throw new Error(`wagons ended with the exit code ${code}`);
}

/** Runs a server, with what it prints shown, while `work` does its work and stops it. */
async function withServer(work: (url: string) => Promise<void>): Promise<void> {
  const args = ["serve", "--port", "0", "--store", "yard.db"];
  console.log(`\n$ wagons ${args.join(" ")} &`);
  const server = new Deno.Command(wagons, { args, cwd: folder, stderr: "piped" }).spawn();
  const [forUs, forPeople] = server.stderr.tee();
  const shown = forPeople.pipeTo(Deno.stderr.writable, { preventClose: true });
  try {
    await work(await findUrl(forUs));
    await server.status;
    await shown;
  } catch (error) {
    server.kill();
    throw error;
  }
}

/** The URL in what the server says first. */
async function findUrl(stderr: ReadableStream<Uint8Array>): Promise<string> {
  let said = "";
  for await (const text of stderr.pipeThrough(new TextDecoderStream())) {
    said += text;
    const url = /tcp:\/\/\S+:\d+/.exec(said)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The server ended before it listened: ${said}`);
}
