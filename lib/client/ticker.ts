/** How many missed ticks are made up for: more come of a clock that jumped, not of a delay. */
const MAX_MISSED = 1000;

/**
 * Calls `tick` at each multiple of an interval, counted from now, until the signal is aborted. The
 * clock is steady: what one tick is late does not delay the next, and ticks that a busy process
 * missed are made up for, so their number is that of the time that has passed; only of more than
 * 1,000 the rest are dropped.
 */
export function startTicker(intervalMs: number, tick: () => void, signal: AbortSignal): void {
  const startMs = performance.now();
  let ticks = 0;
  let timer: ReturnType<typeof setTimeout>;
  const arm = () => {
    const dueMs = startMs + (ticks + 1) * intervalMs;
    timer = setTimeout(fire, Math.max(0, dueMs - performance.now()));
  };
  const fire = () => {
    const lastTick = ticks + MAX_MISSED;
    while (!signal.aborted && startMs + (ticks + 1) * intervalMs <= performance.now()) {
      if (ticks === lastTick) ticks = Math.floor((performance.now() - startMs) / intervalMs);
      else {
        ticks++;
        tick();
      }
    }
    if (!signal.aborted) arm();
  };
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  if (!signal.aborted) arm();
}
