/**
 * Endpoints are URLs: `scheme://host:port`, and `?name=value&name=value` behind it where a dialect
 * has parameters.
 *
 * @module
 */

import { CHAT_PARAMETERS, CHAT_PORT } from "./chat_endpoint.ts";
import { UsageError } from "./errors.ts";

/** The port where none is named. */
export const DEFAULT_PORT = 7117;

/** The ports of dialects that have another one. */
const PORTS: Readonly<Record<string, number>> = { chat: CHAT_PORT };

/** The parameters that dialects have, each with what checks its value and gives its usual form. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  chat: CHAT_PARAMETERS,
};

type Check = (value: string, place: string) => string;

/** Where a server is. */
export interface Endpoint {
  /** The dialect, without the colon. */
  readonly scheme: string;
  /** A name or an address; an IPv6 address without its brackets. */
  readonly host: string;
  /** 0 to 65535; 0 is any free port, for a listener. */
  readonly port: number;
  /** The parameters that are named, by their names, in their usual form; absent without any. */
  readonly parameters?: Readonly<Record<string, string>>;
}

const FORM =
  /^([a-z][a-z0-9+.-]*):\/\/(\[[0-9a-f.%a-z]*:[0-9a-f:.%a-z]*\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?\/?(?:\?([^\s#]*))?$/i;

/**
 * Reads an endpoint. Without a port it is {@linkcode DEFAULT_PORT}, or the dialect's own.
 *
 * @throws {UsageError} when the text has another form, the port is more than 65535, or a parameter
 * is not one of the dialect's or has a value that is not right.
 */
export function parseEndpoint(text: string): Endpoint {
  const match = FORM.exec(text);
  if (match === null) {
    throw new UsageError(`${JSON.stringify(text)} is no endpoint`, {
      hint: "Write it as a URL, like tcp://127.0.0.1:7117.",
    });
  }
  const scheme = match[1]!.toLowerCase();
  const port = match[3] === undefined ? PORTS[scheme] ?? DEFAULT_PORT : Number(match[3]);
  if (port > 65535) {
    throw new UsageError(`${text} has the port ${port}`, { hint: "Ports go from 0 to 65535." });
  }
  const host = match[2]!.replace(/^\[|\]$/g, "");
  if (match[4] === undefined) return { scheme, host, port };
  return { scheme, host, port, parameters: readParameters(text, scheme, match[4]) };
}

function readParameters(url: string, scheme: string, query: string): Record<string, string> {
  const known = PARAMETERS[scheme] ?? {};
  const parameters: Record<string, string> = {};
  for (const part of query.split("&")) {
    const [, name = part, value] = /^([^=]*)=(.*)$/.exec(part) ?? [];
    const check = Object.hasOwn(known, name) ? known[name] : undefined;
    if (check === undefined || value === undefined || Object.hasOwn(parameters, name)) {
      const names = Object.keys(known);
      throw new UsageError(`${url} has ${JSON.stringify(part)} where a parameter stands`, {
        hint: names.length === 0
          ? `${scheme}:// has no parameters: leave out what follows the question mark.`
          : `${scheme}:// has these, each once: ${names.map((name) => `${name}=...`).join("&")}`,
      });
    }
    parameters[name] = check(value, `${url}: ${name}`);
  }
  return parameters;
}

/** The URL of an endpoint. */
export function formatEndpoint({ scheme, host, port, parameters }: Endpoint): string {
  const url = `${scheme}://${formatHostPort(host, port)}`;
  if (parameters === undefined) return url;
  return `${url}?${Object.entries(parameters).map((pair) => pair.join("=")).join("&")}`;
}

/** `host:port`, with brackets around an IPv6 address. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether an address is one of this machine alone: 127.0.0.0/8, ::1, and these mapped to IPv6. */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address) || address === "::1";
}
