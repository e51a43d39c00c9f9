/**
 * Endpoints are URLs: `scheme://host:port`, and behind it a path where a dialect has paths, and
 * `?name=value&name=value` where it has parameters.
 *
 * @module
 */

import { CHAT_PARAMETERS, CHAT_PORT } from "./chat_endpoint.ts";
import { UsageError } from "./errors.ts";

/** The port where none is named. */
export const DEFAULT_PORT = 7117;

/** The port of http:// and ws:// where none is named. */
export const HTTP_PORT = 7118;

/** The port of udp:// where none is named. */
export const UDP_PORT = 7119;

/** The port of dict:// where none is named: system E's. */
export const DICT_PORT = 6868;

/** The ports of dialects that have another one. */
const PORTS: Readonly<Record<string, number>> = {
  chat: CHAT_PORT,
  dict: DICT_PORT,
  http: HTTP_PORT,
  ws: HTTP_PORT,
  udp: UDP_PORT,
};

/** The parameters that dialects have, each with what checks its value and gives its usual form. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  chat: CHAT_PARAMETERS,
};

/** The dialects in which a server has several paths. */
const WITH_PATH: ReadonlySet<string> = new Set(["http", "ws"]);

type Check = (value: string, place: string) => string;

/** Where a server is. */
export interface Endpoint {
  /** The dialect, without the colon. */
  readonly scheme: string;
  /** A name or an address; an IPv6 address without its brackets. */
  readonly host: string;
  /** 0 to 65535; 0 is any free port, for a listener. */
  readonly port: number;
  /** The path that is named, from its slash on, for clients; absent without one and for a lone `/`. */
  readonly path?: string;
  /** The parameters that are named, by their names, in their usual form; absent without any. */
  readonly parameters?: Readonly<Record<string, string>>;
}

const FORM =
  /^([a-z][a-z0-9+.-]*):\/\/(\[[0-9a-f.%a-z]*:[0-9a-f:.%a-z]*\]|[^\s\p{Cc}:/?#@[\]]+)(?::(\d{1,5}))?(\/[^\s?#]*)?(?:\?([^\s#]*))?$/iu;

/**
 * Reads an endpoint. Without a port it is {@linkcode DEFAULT_PORT}, or the dialect's own. Where the host
 * or the path is in letters of other languages, it is in the form in which it is sent.
 *
 * @param example What a URL looks like, for the hint: of a dialect that is right here.
 * @throws {UsageError} when the text has another form, the port is more than 65535, or a parameter
 * is not one of the dialect's or has a value that is not right.
 */
export function parseEndpoint(text: string, example = "tcp://127.0.0.1:7117"): Endpoint {
  const match = FORM.exec(text);
  const scheme = match?.[1]?.toLowerCase() ?? "";
  const path = match?.[4] === "/" ? undefined : match?.[4];
  const host = match === null ? undefined : asciiHost(match[2]!.replace(/^\[|\]$/g, ""));
  if (match === null || host === undefined || (path !== undefined && !WITH_PATH.has(scheme))) {
    throw new UsageError(`${JSON.stringify(text)} is no endpoint`, {
      hint: `Write it as a URL, like ${example}.`,
    });
  }
  const port = match[3] === undefined ? PORTS[scheme] ?? DEFAULT_PORT : Number(match[3]);
  if (port > 65535) {
    throw new UsageError(`${text} has the port ${port}`, { hint: "Ports go from 0 to 65535." });
  }
  const endpoint = { scheme, host, port, ...(path === undefined ? {} : { path: asciiPath(path) }) };
  if (match[5] === undefined) return endpoint;
  return { ...endpoint, parameters: readParameters(text, scheme, match[5]) };
}

/** A host as it is looked up (RFC 5891), or `undefined` when no name can be written so. */
function asciiHost(host: string): string | undefined {
  // One in ASCII stays as it is: a URL would have its own view of names like 0x7f.
  if (/^[\x21-\x7e]+$/.test(host)) return host;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}

/** A path as it is sent (RFC 3986): what is not in ASCII becomes percent signs and digits. */
function asciiPath(path: string): string {
  return path.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
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
export function formatEndpoint({ scheme, host, port, path, parameters }: Endpoint): string {
  const url = `${scheme}://${formatHostPort(host, port)}${path ?? ""}`;
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
