import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { reasonOf, UnreachableError, UsageError } from "../errors.ts";
import { CONNECT_TIMEOUT_MS } from "../limits.ts";

/** How to connect. */
export interface DialOptions {
  /** Default: {@linkcode CONNECT_TIMEOUT_MS}. */
  connectTimeoutMs?: number;
  /** Gives up. */
  signal?: AbortSignal;
}

/**
 * Connects to a server by TCP.
 *
 * @throws {UnreachableError} when nobody is there or the host is not known, {@linkcode UsageError}
 * for a scheme that is not `tcp` and for the port 0; and the signal's reason when it is aborted.
 */
export async function dial(endpoint: Endpoint, options: DialOptions = {}): Promise<Deno.TcpConn> {
  const url = formatEndpoint(endpoint);
  if (endpoint.scheme !== "tcp") {
    throw new UsageError(`Cannot connect to ${url}: the scheme ${endpoint.scheme} is not known`, {
      hint: "Write it as tcp://host:port.",
    });
  }
  const timeoutMs = options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  const signals = options.signal ? [options.signal, timeout.signal] : [timeout.signal];
  try {
    const conn = await Deno.connect({
      hostname: endpoint.host,
      port: endpoint.port,
      signal: AbortSignal.any(signals),
    });
    conn.setNoDelay(true);
    return conn;
  } catch (error) {
    options.signal?.throwIfAborted();
    const hint = "Is `wagons serve` running there? Name the server with a URL or WAGONS_SERVER.";
    if (timeout.signal.aborted) {
      throw new UnreachableError(`Cannot reach ${url}: no connection after ${timeoutMs} ms`, {
        cause: error,
        hint,
      });
    }
    const why = error instanceof Deno.errors.ConnectionRefused
      ? "nobody listens there"
      : reasonOf(error);
    throw new UnreachableError(`Cannot reach ${url}: ${why}`, { cause: error, hint });
  } finally {
    clearTimeout(timer);
  }
}
