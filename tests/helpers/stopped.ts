import type { Hub } from "../../lib/hub/hub.ts";

/** Drains a hub, and resolves when it has told its listeners to close. */
export async function stop(hub: Hub): Promise<void> {
  await hub.drain();
  await stopped(hub);
}

/** Resolves when a hub that drains has told its listeners to close. */
export function stopped({ stopped }: Hub): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) resolve();
    else stopped.addEventListener("abort", () => resolve(), { once: true });
  });
}
