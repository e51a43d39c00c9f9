import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { reasonOf, UnreachableError, UsageError } from "../errors.ts";
import { CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import type { Conn } from "../net/conn.ts";
import type { TlsConnectOptions } from "../net/tls_client.ts";
import { formatDuration } from "../units.ts";

/** How to connect. */
export interface DialOptions {
  /** Default: {@linkcode CONNECT_TIMEOUT_MS}. */
  connectTimeoutMs?: number;
  /** Whom to trust, and who to be, by `tls://`. Default: whom the system trusts, and nobody. */
  tls?: Omit<TlsConnectOptions, "connectTimeoutMs" | "signal">;
  /** Gives up. */
  signal?: AbortSignal;
}

/**
 * Connects to a server, by TCP or by TLS.
 *
 * @throws {UnreachableError} when nobody is there or the host is not known, {@linkcode RefusedError}
 * when its certificate is not trusted, {@linkcode UsageError} for another scheme and for the port 0;
 * and the signal's reason when it is aborted.
 */
export async function dial(endpoint: Endpoint, options: DialOptions = {}): Promise<Conn> {
  const { scheme } = endpoint;
  if (scheme === "tcp") return await dialTcp(endpoint, options);
  if (scheme === "tls") return await dialTls(endpoint, options);
  const url = formatEndpoint(endpoint);
  const speaker = SPEAKERS.get(scheme);
  if (speaker === undefined) {
    throw new UsageError(`Cannot connect to ${url}: the scheme ${scheme} is not known`, {
      hint: "Write it as tcp://host:port or tls://host:port.",
    });
  }
  throw new UsageError(`Cannot connect to ${url}: this goes by tcp:// and tls:// alone`, {
    hint: `\`wagons ${speaker}\` speaks ${scheme}://. Write the server as tcp://host:port here.`,
  });
}

/** The commands for dialects that are not spoken here. */
const SPEAKERS: ReadonlyMap<string, string> = new Map([
  ["chat", "chat"],
  ["dict", "send"],
  ["http", "message"],
  ["ws", "message"],
  ["udp", "message"],
]);

async function dialTls({ host, port }: Endpoint, options: DialOptions): Promise<Conn> {
  const { tls, signal, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  // Loaded here: commands that go by TCP start sooner.
  const { connectTls } = await import("../net/tls_client.ts");
  return await connectTls(
    { hostname: host, port },
    { ...tls, connectTimeoutMs, ...(signal === undefined ? {} : { signal }) },
  );
}

/**
 * Connects to a server by TCP, whatever it speaks.
 *
 * @throws {UnreachableError} when nobody is there or the host is not known; and the signal's reason
 * when it is aborted.
 */
export async function dialTcp(
  endpoint: Endpoint,
  options: Omit<DialOptions, "tls"> = {},
): Promise<Deno.TcpConn> {
  const url = formatEndpoint(endpoint);
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
      throw new UnreachableError(
        `Cannot reach ${url}: no connection after ${formatDuration(timeoutMs)}`,
        {
          cause: error,
          hint,
        },
      );
    }
    const why = error instanceof Deno.errors.ConnectionRefused
      ? "nobody listens there"
      : reasonOf(error);
    throw new UnreachableError(`Cannot reach ${url}: ${why}`, { cause: error, hint });
  } finally {
    clearTimeout(timer);
  }
}
