import process from "node:process";

/** What the system knows of this process. */
export interface ProcessFigures {
  /** Milliseconds since the Unix epoch: when it started. */
  readonly startedAtMs: number;
  /** Memory that it holds, in bytes. */
  readonly residentBytes: number;
  /** Time that processors have worked for it, in all its threads. */
  readonly cpuMs: number;
}

/** Asks the system. */
export function readProcessFigures(): ProcessFigures {
  const { user, system } = process.cpuUsage();
  return {
    startedAtMs: performance.timeOrigin,
    residentBytes: Deno.memoryUsage().rss,
    cpuMs: (user + system) / 1000,
  };
}
