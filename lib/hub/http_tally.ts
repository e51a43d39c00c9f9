import { DurationCounts } from "../duration_counts.ts";

/** What a server answers by HTTP; all else is `other`. */
export type HttpRoute =
  | "message"
  | "dictionary"
  | "ws"
  | "healthz"
  | "readyz"
  | "metrics"
  | "other";

/** The statuses that a server answers with; any other is counted as `other`. */
export const HTTP_STATUSES: readonly number[] = [200, 400, 403, 404, 405, 408, 413, 426, 431, 503];

/** What is counted of HTTP and of WebSockets, beside what all dialects have. */
export class HttpTally {
  /** How long answers took, by route. */
  readonly durations: Readonly<Record<HttpRoute, DurationCounts>> = {
    message: new DurationCounts(),
    dictionary: new DurationCounts(),
    ws: new DurationCounts(),
    healthz: new DurationCounts(),
    readyz: new DurationCounts(),
    metrics: new DurationCounts(),
    other: new DurationCounts(),
  };
  /** Answers, in the order of {@linkcode HTTP_STATUSES}, and at the end those of other statuses. */
  readonly statuses: number[] = new Array(HTTP_STATUSES.length + 1).fill(0);
  /** Connections that are WebSockets now. */
  openWebSockets = 0;
  /** Connections that have become WebSockets. */
  webSockets = 0;

  /** A request was answered, so long after its header was read. */
  answered(route: HttpRoute, status: number, durationMs: number): void {
    this.refused(status);
    this.durations[route].add(durationMs);
  }

  /** An answer to what was no request, or not whole in time: it has a status and no route. */
  refused(status: number): void {
    const index = HTTP_STATUSES.indexOf(status);
    this.statuses[index === -1 ? HTTP_STATUSES.length : index]!++;
  }

  /** A connection has become a WebSocket. Call {@linkcode webSocketClosed} at its end. */
  webSocketOpened(): void {
    this.openWebSockets++;
    this.webSockets++;
  }

  /** A WebSocket is gone. */
  webSocketClosed(): void {
    this.openWebSockets--;
  }
}
