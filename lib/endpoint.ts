/**
 * Endpoints are URLs: `scheme://host:port`.
 *
 * @module
 */

import { UsageError } from "./errors.ts";

/** The port where none is named. */
export const DEFAULT_PORT = 7117;

/** Where a server is. */
export interface Endpoint {
  /** The dialect, without the colon. */
  readonly scheme: string;
  /** A name or an address; an IPv6 address without its brackets. */
  readonly host: string;
  /** 0 to 65535; 0 is any free port, for a listener. */
  readonly port: number;
}

const FORM =
  /^([a-z][a-z0-9+.-]*):\/\/(\[[0-9a-f.%a-z]*:[0-9a-f:.%a-z]*\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?\/?$/i;

/**
 * Reads an endpoint. Without a port it is {@linkcode DEFAULT_PORT}.
 *
 * @throws {UsageError} when the text has another form or the port is more than 65535.
 */
export function parseEndpoint(text: string): Endpoint {
  const match = FORM.exec(text);
  if (match === null) {
    throw new UsageError(`${JSON.stringify(text)} is no endpoint`, {
      hint: "Write it as a URL, like tcp://127.0.0.1:7117.",
    });
  }
  const port = match[3] === undefined ? DEFAULT_PORT : Number(match[3]);
  if (port > 65535) {
    throw new UsageError(`${text} has the port ${port}`, { hint: "Ports go from 0 to 65535." });
  }
  return { scheme: match[1]!.toLowerCase(), host: match[2]!.replace(/^\[|\]$/g, ""), port };
}

/** The URL of an endpoint. */
export function formatEndpoint({ scheme, host, port }: Endpoint): string {
  return `${scheme}://${formatHostPort(host, port)}`;
}

/** `host:port`, with brackets around an IPv6 address. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether an address is one of this machine alone: 127.0.0.0/8, ::1, and these mapped to IPv6. */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address) || address === "::1";
}
