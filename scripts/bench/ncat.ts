/**
 * A file from one process to another by `cat FILE | ncat`: what a file over a connection costs when
 * nobody looks at it.
 *
 * @module
 */

/** Whether there is an `ncat`, of Nmap. */
export async function hasNcat(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("ncat", {
      args: ["--version"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Sends a file to an `ncat` that writes it to another; gives the seconds until all is there. */
export async function ncatSeconds(from: string, to: string): Promise<number> {
  const port = freePort();
  const listening = new Deno.Command("sh", {
    args: ["-c", 'exec ncat -v -l --recv-only 127.0.0.1 "$0" > "$1"', String(port), to],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const [said, rest] = listening.stderr.tee();
  const drained = rest.pipeTo(new WritableStream());
  await hears(said, "Listening on 127");
  const startMs = performance.now();
  const sending = new Deno.Command("sh", {
    args: ["-c", 'cat "$0" | ncat --send-only 127.0.0.1 "$1"', from, String(port)],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const ended = await Promise.all([sending.status, listening.status]);
  const seconds = (performance.now() - startMs) / 1000;
  await drained;
  if (ended.some(({ success }) => !success)) throw new Error("ncat has failed");
  return seconds;
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

async function hears(stream: ReadableStream<Uint8Array>, words: string): Promise<void> {
  let heard = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    heard += text;
    if (heard.includes(words)) return;
  }
  throw new Error(`ncat does not listen: ${heard}`);
}
