/**
 * How much memory another process has had at most, where the system tells (proc_pid_status(5)).
 *
 * @module
 */

/** Bytes of VmHWM; undefined when there is no such process or no /proc. */
export function peakBytes(pid: number): number | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(status);
    return match === null ? undefined : Number(match[1]) * 1024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    // A process that ends while its file is read.
    if (error instanceof Error && /os error 3\b/.test(error.message)) return undefined;
    throw error;
  }
}

/** Looks at a process until it ends; gives the most that was seen. */
export async function watchPeak(child: Deno.ChildProcess): Promise<number | undefined> {
  let peak: number | undefined;
  const look = () => peak = peakBytes(child.pid) ?? peak;
  const timer = setInterval(look, 20);
  look();
  await child.status;
  clearInterval(timer);
  return peak;
}
