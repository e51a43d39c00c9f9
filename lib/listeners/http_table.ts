import { readinessOf } from "../hub/health.ts";
import type { Hub } from "../hub/hub.ts";
import { plain, type Reply } from "./http_reply.ts";
import { type Route, Routes } from "./http_routes.ts";
import type { DictionaryPosts } from "./dictionary_posts.ts";
import type { TokenPosts } from "./token_posts.ts";

/** Who answers what is posted. */
export interface HttpPosts {
  /** Answers messages. */
  readonly messages: TokenPosts;
  /** Answers dictionaries. */
  readonly dictionaries: DictionaryPosts;
}

/** Who may ask for what. */
export interface HttpAccess {
  /** Give `/metrics` to other machines too. */
  readonly isMetricsPublic: boolean;
}

/** All that is answered by HTTP. */
export function httpRoutes(hub: Hub, posts: HttpPosts, access: HttpAccess): Routes {
  const metrics = new Metrics(hub);
  const routes: Routes = new Routes(
    new Map<string, Route>([
      ["/", {
        name: "other",
        about: "what you read",
        GET: () => plain(200, describe(hub, routes)),
      }],
      ["/message", {
        name: "message",
        about: "a token, which is answered with a token",
        POST: (request, connection) => posts.messages.answer(request, connection),
      }],
      ["/dictionary", {
        name: "dictionary",
        about: "a dictionary in any format, as a token",
        POST: (request, connection) => posts.dictionaries.answer(request, connection),
      }],
      ["/ws", { name: "ws", about: "the room, by WebSocket", GET: upgradeRequired }],
      ["/healthz", {
        name: "healthz",
        about: "whether the server is alive",
        GET: () => plain(200, "ok"),
      }],
      ["/readyz", {
        name: "readyz",
        about: "whether it takes work",
        GET: () => {
          const { isReady, text } = readinessOf(hub);
          return plain(isReady ? 200 : 503, text);
        },
      }],
      ["/metrics", {
        name: "metrics",
        about: "its numbers, for Prometheus",
        GET: (_, { peer: { info } }) =>
          access.isMetricsPublic || info.isLoopback ? metrics.answer() : METRICS_DENIED,
      }],
    ]),
  );
  return routes;
}

function describe({ identity }: Hub, routes: Routes): string {
  return `This is wagons ${identity.version}, a server for freight yards.\n\n` +
    routes.describe().trimEnd();
}

function upgradeRequired(): Reply {
  return plain(426, "This is for WebSockets.", ["Upgrade", "websocket", "Connection", "Upgrade"]);
}

const METRICS_DENIED = plain(
  403,
  "The numbers are for this machine only, or with --public-metrics for all.",
);

/** The numbers of a server, written at most once in a turn of the event loop: it takes some time. */
class Metrics {
  readonly #hub: Hub;
  /** For all that ask before it is written. */
  #next: Promise<Reply> | undefined;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  answer(): Promise<Reply> {
    this.#next ??= this.#write();
    return this.#next;
  }

  async #write(): Promise<Reply> {
    try {
      await new Promise((resolve) => setTimeout(resolve));
      // Loaded here: many servers are never asked.
      const [{ renderMetrics }, { METRICS_CONTENT_TYPE }] = await Promise.all([
        import("../hub/metrics.ts"),
        import("../hub/metrics_text.ts"),
      ]);
      return { status: 200, type: METRICS_CONTENT_TYPE, body: renderMetrics(this.#hub) };
    } finally {
      // Also when it could not be written: whoever asks next may have more luck.
      this.#next = undefined;
    }
  }
}
