import { assertEquals } from "@std/assert";
import type { IncomingMessage } from "node:http";
import type { HttpConnection } from "../../lib/listeners/http_connection.ts";
import { DictionaryPosts } from "../../lib/listeners/dictionary_posts.ts";
import { httpRoutes } from "../../lib/listeners/http_table.ts";
import { PendingBytes } from "../../lib/listeners/pending_bytes.ts";
import { TokenPosts } from "../../lib/listeners/token_posts.ts";
import { test } from "../helpers/strict.ts";
import { SEAL } from "../helpers/tokens.ts";
import { hubFor } from "./conformance_address.ts";

/** The status of what somebody gets who is on this machine, or not. */
async function statusOf(path: string, isLoopback: boolean, isMetricsPublic: boolean) {
  const hub = hubFor("http");
  const bounds = { maxBytes: 1000, maxPieces: 10, pending: new PendingBytes() };
  const posts = {
    messages: new TokenPosts(hub, SEAL, bounds),
    dictionaries: new DictionaryPosts(hub, SEAL, bounds),
  };
  const request = { method: "GET", url: path, headers: {} } as IncomingMessage;
  const connection = { peer: { info: { isLoopback } } } as HttpConnection;
  const { handle } = httpRoutes(hub, posts, { isMetricsPublic }).find(request);
  return (await handle(request, connection))!.status;
}

test("http: the numbers are for this machine, or for all where that is set", async () => {
  for (const path of ["/metrics", "/metrics?x=1"]) {
    assertEquals(await statusOf(path, true, false), 200);
    assertEquals(await statusOf(path, false, false), 403);
    assertEquals(await statusOf(path, false, true), 200);
  }
});

test("http: health is for all", async () => {
  for (const path of ["/", "/healthz", "/readyz"]) {
    assertEquals(await statusOf(path, false, false), 200);
  }
});
