import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { type Endpoint, formatEndpoint, formatHostPort } from "../endpoint.ts";
import { reasonOf, UnreachableError, UsageError, WagonsError } from "../errors.ts";
import { CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { codeOf, systemFault } from "../net/system_faults.ts";
import { formatDuration } from "../units.ts";
import { datagramManners, type Manners } from "./manners.ts";
import { Mailbox } from "./mailbox.ts";
import { cannotReach } from "./node_failures.ts";
import { Patience } from "./patience.ts";
import type { Arrival, TokenStream } from "./token_stream.ts";

/** An address, resolved. */
interface Resolved {
  readonly address: string;
  readonly family: number;
}

/** What is wanted of {@linkcode TokenDatagrams}. */
export interface TokenDatagramsOptions {
  /** Time to look up the host. Default: {@linkcode CONNECT_TIMEOUT_MS}. */
  connectTimeoutMs?: number;
  /** Gives up looking it up. */
  signal?: AbortSignal;
  /** Others may answer too, when the address that was sent to has. Default: false. */
  wantsMore?: boolean;
}

/**
 * Tokens by UDP. A datagram may be lost, and may come twice; whoever hears it may answer, and a
 * broadcast address may be sent to like any other.
 */
export class TokenDatagrams implements TokenStream {
  /** See {@linkcode TokenStream}. */
  readonly url: string;
  /** See {@linkcode TokenStream}: `host:port`, which several may hear where it is broadcast. */
  readonly peer: string;
  /** See {@linkcode TokenStream}. */
  readonly manners: Manners;
  readonly #socket: Socket;
  readonly #target: { readonly address: string; readonly port: number };
  readonly #arrivals = new Mailbox<Arrival>();
  readonly #closed = Promise.withResolvers<void>();
  #isClosed = false;

  private constructor(
    socket: Socket,
    endpoint: Endpoint,
    { address }: Resolved,
    wantsMore: boolean,
  ) {
    const { port } = endpoint;
    this.url = formatEndpoint(endpoint);
    this.peer = formatHostPort(address, port);
    this.manners = datagramManners(this.peer, wantsMore);
    this.#socket = socket;
    this.#target = { address, port };
    socket.on("message", (bytes: Uint8Array, { address, port }: RemoteInfo) => {
      const from = formatHostPort(address, port);
      this.#arrivals.put({ text: new TextDecoder().decode(bytes), from });
    });
    socket.on("error", (error: Error) => this.#end(cannotReach(this.url, error)));
    socket.once("close", () => this.#closed.resolve());
  }

  /**
   * Sends from any free port to where the endpoint is; what comes to that port is heard.
   *
   * @throws {UnreachableError} when the host is not known, or not found in time, and the signal's reason
   * when it is aborted.
   */
  static async open(
    endpoint: Endpoint,
    options: TokenDatagramsOptions = {},
  ): Promise<TokenDatagrams> {
    const url = formatEndpoint(endpoint);
    const found = await resolve(endpoint, options);
    const socket = await bound(found.family, 0).catch((error) => {
      throw cannotReach(url, error);
    });
    socket.setBroadcast(true);
    return new TokenDatagrams(socket, endpoint, found, options.wantsMore ?? false);
  }

  /**
   * Hears what comes to that address and port of this machine: what others broadcast, where it is a
   * broadcast address or all addresses.
   *
   * @throws {UsageError} when it is no address of this machine, or the port is taken; otherwise as
   * {@linkcode TokenDatagrams.open}.
   */
  static async bind(
    endpoint: Endpoint,
    options: Omit<TokenDatagramsOptions, "wantsMore"> = {},
  ): Promise<TokenDatagrams> {
    const found = await resolve(endpoint, options);
    const socket = await bound(found.family, endpoint.port, found.address).catch((error) => {
      throw cannotHear(formatEndpoint(endpoint), error);
    });
    const { port } = socket.address();
    return new TokenDatagrams(socket, { ...endpoint, port }, found, false);
  }

  /** See {@linkcode TokenStream}. */
  send(token: string): void {
    if (this.#isClosed) return;
    const { address, port } = this.#target;
    this.#socket.send(token, port, address, (error) => {
      if (error) this.#end(cannotReach(this.url, error));
    });
  }

  /** See {@linkcode TokenStream}. */
  async next(): Promise<Arrival> {
    return await this.#arrivals.take();
  }

  /** See {@linkcode TokenStream}. */
  close(): void {
    this.#end(this.#lost());
  }

  #end(why: WagonsError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#arrivals.end(why);
    this.#socket.close();
  }

  #lost(): UnreachableError {
    return new UnreachableError(`Nothing more comes from ${this.url}: it was closed here`);
  }

  /** Closes it, and waits until it is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.#closed.promise;
  }
}

/** The system cannot be made to give up looking up a name; what it finds later is thrown away. */
async function resolve(
  endpoint: Endpoint,
  { connectTimeoutMs = CONNECT_TIMEOUT_MS, signal }: TokenDatagramsOptions,
): Promise<Resolved> {
  signal?.throwIfAborted();
  const url = formatEndpoint(endpoint);
  using patience = new Patience(signal);
  patience.last(connectTimeoutMs, () => notFound(url, connectTimeoutMs));
  try {
    return await patience.wait(lookup(endpoint.host));
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof WagonsError ? error : cannotReach(url, error);
  }
}

/** A socket at a port of this machine, 0 for any; at that address, or at all. */
async function bound(family: number, port: number, address?: string): Promise<Socket> {
  const socket = createSocket(family === 6 ? "udp6" : "udp4");
  try {
    socket.bind(port, address);
    await once(socket, "listening");
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function notFound(url: string, timeoutMs: number): UnreachableError {
  return new UnreachableError(
    `Cannot reach ${url}: its address is not found after ${formatDuration(timeoutMs)}`,
    {
      hint:
        "Does the name server answer? Name an address, or give it longer with --connect-timeout.",
    },
  );
}

function cannotHear(url: string, error: unknown): UsageError {
  const code = codeOf(error);
  if (code === "EADDRINUSE") {
    return new UsageError(`Cannot listen on ${url}: the port is taken`, {
      cause: error,
      hint: "Does a server run here? Stop it, or name another port.",
    });
  }
  if (code === "EADDRNOTAVAIL") {
    return new UsageError(`Cannot listen on ${url}: that is no address of this machine`, {
      cause: error,
      hint:
        "By UDP others answer only who has sent something: give a TEXT, or listen to all that is " +
        "broadcast here, on udp://0.0.0.0:7119.",
    });
  }
  return new UsageError(
    `Cannot listen on ${url}: ${systemFault(error)?.reason ?? reasonOf(error)}`,
    { cause: error },
  );
}
