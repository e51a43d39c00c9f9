/**
 * The processor time of another process, so that a bench can say what a server spends on a request.
 *
 * @module
 */

// What Linux has on every machine that Deno runs on (sysconf(3), `_SC_CLK_TCK`).
const USUAL_TICKS_PER_SECOND = 100;

/**
 * The seconds of processor time, user and system, that the process and its ended threads have
 * taken so far, in steps of a clock tick (10 ms); undefined when there is no such process or the
 * system has no /proc (proc_pid_stat(5)).
 */
export function cpuSeconds(pid: number): number | undefined {
  let stat: string;
  try {
    stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  // The second field is the program's name in parentheses, which may hold anything; the state,
  // field 3, comes after its last one. Fields 14 and 15 are utime and stime.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[14 - 3]) + Number(fields[15 - 3]);
  return ticks / ticksPerSecond();
}

function ticksPerSecond(): number {
  try {
    const run = new Deno.Command("getconf", { args: ["CLK_TCK"], stderr: "null" }).outputSync();
    const ticks = Number(new TextDecoder().decode(run.stdout));
    return run.success && ticks > 0 ? ticks : USUAL_TICKS_PER_SECOND;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return USUAL_TICKS_PER_SECOND;
    throw error;
  }
}
