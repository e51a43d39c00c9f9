import { assertEquals, assertMatch } from "@std/assert";
import { linesOf, WAGONS } from "./workspace.ts";

/** Whether this machine lets us make a network namespace, which has no network at all. */
const canUnshare = Deno.build.os === "linux" && await succeeds("unshare", ["-n", "true"]);

async function succeeds(program: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test({
  name: canUnshare
    ? "copied alone into an empty folder, with no network and no Deno, it does the whole job"
    : "copied alone: skipped, no network namespace can be made (run as root on Linux)",
  ignore: !canUnshare,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "wagons-alone-" });
    try {
      await Deno.mkdir(`${folder}/bin`);
      await Deno.copyFile(WAGONS, `${folder}/bin/wagons`);
      const script = `
        set -eu
        ip link set lo up 2>/dev/null || true
        ! command -v deno
        bin/wagons --version
        bin/wagons --help | head -1
        printf 'Москва = 7\\n' | bin/wagons qr make - -o code.png
        bin/wagons qr read code.png
        bin/wagons serve --json --port 0 --store a.db > events &
        until grep -q listening events; do :; done
        url=$(sed -n 's/.*"url":"\\([^"]*\\)".*/\\1/p' events | head -1)
        bin/wagons client "$url" > answer && echo answered
        bin/wagons send code.png --to "$url" > receipt && echo received
        bin/wagons shutdown "$url" > report && echo stopped
        wait
        bin/wagons manifests totals --store a.db`;
      const run = new Deno.Command("unshare", {
        args: ["-n", "sh", "-c", script],
        cwd: folder,
        clearEnv: true,
        env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: folder },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const [lines, stderr] = await Promise.all([
        Array.fromAsync(linesOf(run.stdout)),
        new Response(run.stderr).text(),
      ]);
      assertEquals((await run.status).code, 0, stderr);
      assertMatch(lines[0]!, /^\d+\.\d+\.\d+$/);
      assertEquals(lines.slice(1), [
        "Usage: wagons [options] [command]",
        "Москва = 7",
        "answered",
        "received",
        "stopped",
        "Москва = 7",
      ]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
