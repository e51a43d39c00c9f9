/** Whether this machine has Prometheus' own checker. */
export const HAS_PROMTOOL: boolean = hasPromtool();

/** The name of a test that needs it: says why when it is skipped. */
export function withPromtool(name: string): string {
  return HAS_PROMTOOL ? name : `${name} (skipped: no promtool: apt-get install prometheus)`;
}

function hasPromtool(): boolean {
  try {
    return new Deno.Command("promtool", { args: ["--version"] }).outputSync().success;
  } catch {
    return false;
  }
}

/** Has metrics checked; gives what is wrong with them, in words, and nothing when all is right. */
export async function checkMetrics(text: string): Promise<string> {
  const command = new Deno.Command("promtool", {
    args: ["check", "metrics"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  return success ? said : `${said}(it failed)`;
}
