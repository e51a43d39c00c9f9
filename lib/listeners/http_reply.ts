/**
 * What is answered to a request by HTTP.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { type ServerResponse, STATUS_CODES } from "node:http";

/** An answer. */
export interface Reply {
  /** The status code. */
  readonly status: number;
  /** The text behind the headers. */
  readonly body: string;
  /** What the text is. Default: `text/plain; charset=utf-8`. */
  readonly type?: string;
  /** More headers: a name, its value, and so on. */
  readonly headers?: readonly string[];
}

const PLAIN = "text/plain; charset=utf-8";

/** One sentence for a person. */
export function plain(status: number, text: string, headers: readonly string[] = []): Reply {
  return { status, body: `${text}\n`, headers };
}

/** Sends an answer; without its text to a request that wants the headers only. */
export function sendReply(response: ServerResponse, reply: Reply, isHead: boolean): void {
  response.writeHead(reply.status, headersOf(reply));
  if (isHead) response.end();
  else response.end(reply.body);
}

/**
 * An answer as bytes that is the last one on its connection. What the runtime sends would be followed
 * by a close at once, which can overtake it.
 *
 * @param isHead Its request wants the headers only.
 */
export function lastReply(reply: Reply, isHead: boolean = false): string {
  const date = new Date().toUTCString();
  const headers = [...headersOf(reply), "Date", date, "Connection", "close"];
  let text = `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return `${text}\r\n${isHead ? "" : reply.body}`;
}

function headersOf({ body, type = PLAIN, headers = [] }: Reply): string[] {
  return [
    "Content-Type",
    type,
    "Content-Length",
    String(Buffer.byteLength(body)),
    "Cache-Control",
    "no-store",
    ...headers,
  ];
}
