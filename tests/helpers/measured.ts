/**
 * Servers whose numbers are looked at.
 *
 * @module
 */

import { join } from "node:path";
import { renderMetrics } from "../../lib/hub/metrics.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { type ReadMetrics, readMetrics } from "./metrics_reader.ts";
import { TestServer, type TestServerOptions } from "./test_server.ts";

/** Runs a server with a store on the disk; gives its numbers during what is done and at its end. */
export async function measure(
  options: TestServerOptions,
  use: (server: TestServer, storePath: string) => Promise<ReadMetrics>,
): Promise<{ during: ReadMetrics; after: ReadMetrics }> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "wagons.db");
  const store = openSqliteStore(path);
  try {
    const server = await TestServer.start({ ...options, hub: { store, ...options.hub } });
    let during: ReadMetrics;
    try {
      during = await use(server, path);
    } finally {
      await server[Symbol.asyncDispose]();
    }
    return { during, after: metricsOf(server) };
  } finally {
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The numbers of a server as they are now. */
export function metricsOf({ hub }: TestServer): ReadMetrics {
  return readMetrics(renderMetrics(hub));
}

/** What is not 0 among the metrics whose names are like that, without what is always there. */
export function named(metrics: ReadMetrics, pattern: RegExp): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics.counted).filter(([name]) =>
      pattern.test(name) && !name.startsWith("wagons_build_info")
    ),
  );
}

/** The requests of a dialect, by kind, as they are counted. */
export function ofKinds(dialect: string, counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([kind, count]) => [
      `wagons_requests_total{dialect="${dialect}",kind="${kind}"}`,
      count,
    ]),
  );
}
