import type { IncomingMessage } from "node:http";
import type { HttpRoute } from "../hub/http_tally.ts";
import type { HttpConnection } from "./http_connection.ts";
import { plain, type Reply } from "./http_reply.ts";

/** Answers a request; `undefined` when there is nobody to answer any more. */
export type Handler = (
  request: IncomingMessage,
  connection: HttpConnection,
) => Reply | Promise<Reply | undefined>;

/** What is answered to which method; HEAD is as GET. */
export interface Route {
  /** What it is counted as. */
  readonly name: HttpRoute;
  /** What it is, in a line for people. */
  readonly about: string;
  /** Answers GET. */
  readonly GET?: Handler;
  /** Answers POST. */
  readonly POST?: Handler;
}

/** Who answers a request. */
export interface Found {
  /** What it is counted as. */
  readonly name: HttpRoute;
  /** Answers it. */
  readonly handle: Handler;
}

/** What is answered where: by the path, without a query. */
export class Routes {
  readonly #table: ReadonlyMap<string, Route>;

  /** Takes the table. */
  constructor(table: ReadonlyMap<string, Route>) {
    this.#table = table;
  }

  /** Finds who answers a request. Where there is nobody, what is found says so. */
  find({ method, url, headers }: IncomingMessage): Found {
    const route = this.#table.get(pathOf(url));
    if (route === undefined) return { name: "other", handle: () => this.#notFound() };
    const coding = headers["transfer-encoding"] ?? "chunked";
    if (coding.toLowerCase() !== "chunked") return { name: route.name, handle: notDecoded };
    const handle = method === "POST"
      ? route.POST
      : method === "GET" || method === "HEAD"
      ? route.GET
      : undefined;
    return { name: route.name, handle: handle ?? (() => notAllowed(route)) };
  }

  /** All paths, each with what is there, in lines for people. */
  describe(): string {
    return Array.from(this.#table, ([path, route]) => {
      return `${methodsOf(route)[0]!.padEnd(4)} ${path.padEnd(11)} ${route.about}\n`;
    }).join("");
  }

  #notFound(): Reply {
    return plain(404, `There is nothing here. There are: ${[...this.#table.keys()].join(" ")}`);
  }
}

/** What is before the path of a target that was meant for a proxy (RFC 9112, section 3.2.2). */
const AUTHORITY = /^https?:\/\/[^/?]*/i;

/** The path of a request's target, without its query. */
export function pathOf(url: string = "/"): string {
  const target = url.replace(AUTHORITY, "");
  const end = target.indexOf("?");
  const path = end === -1 ? target : target.slice(0, end);
  return path === "" ? "/" : path;
}

function notDecoded(): Reply {
  return plain(501, "A body may come in chunks, and in no other coding.");
}

function notAllowed(route: Route): Reply {
  const allowed = methodsOf(route).join(", ");
  return plain(405, `Here is only ${allowed}.`, ["Allow", allowed]);
}

function methodsOf({ GET, POST }: Route): string[] {
  return [...(GET === undefined ? [] : ["GET", "HEAD"]), ...(POST === undefined ? [] : ["POST"])];
}
