/**
 * Tests that leave nothing behind and end.
 *
 * @module
 */

/** More than any test needs on a busy machine: a test that waits for ever names itself. */
const WATCHDOG_MS = 60_000;

/** How {@linkcode test} differs from its default. */
export interface TestOptions {
  /** Do not run it. The reason stands in its name. */
  ignore?: boolean;
}

/**
 * Registers a test with all sanitizers on: Deno 2.9 has them off by default, and a timer, a
 * connection or a file that stays open is what many of these tests are about.
 */
export function test(
  name: string,
  fn: () => void | Promise<void>,
  options: TestOptions = {},
): void {
  Deno.test({
    name,
    ignore: options.ignore ?? false,
    sanitizeOps: true,
    sanitizeResources: true,
    sanitizeExit: true,
    fn: () => within(WATCHDOG_MS, fn),
  });
}

async function within(timeoutMs: number, fn: () => void | Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`The test was not over after ${timeoutMs} ms`)),
    timeoutMs,
  );
  try {
    await Promise.race([fn(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
