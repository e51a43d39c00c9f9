/**
 * The answers of an HTTP server to a question in HTTP/1.0, to which it answers in one piece and then
 * closes (RFC 1945). PURE.
 *
 * @module
 */

/** An answer. */
export interface HttpReply {
  /** Its status. */
  readonly status: number;
  /** Its body, as far as it has come. */
  readonly body: string;
}

/** A question that `POST`s a text. */
export function formatHttpPost(host: string, path: string, body: string): string {
  return [
    `POST ${path} HTTP/1.0`,
    `Host: ${host}`,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${new TextEncoder().encode(body).length}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}

/**
 * Reads an answer.
 *
 * @param text All that has come, a character a byte.
 * @param isAll Nothing more will come.
 * @returns `undefined` while it is not whole.
 * @throws {RangeError} when it is no answer by HTTP.
 */
export function parseHttpReply(text: string, isAll: boolean): HttpReply | undefined {
  const head = text.slice(0, 9);
  if (!"HTTP/1.".startsWith(head.slice(0, 7))) throw new RangeError("no answer by HTTP");
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) {
    if (isAll) throw new RangeError("no whole answer by HTTP");
    return undefined;
  }
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const status = /^HTTP\/1\.\d (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) throw new RangeError("no answer by HTTP");
  const length = lines.map((line) => /^content-length:\s*(\d{1,15})\s*$/i.exec(line)?.[1])
    .find((found) => found !== undefined);
  const body = text.slice(end + 4);
  if (!isAll && (length === undefined || body.length < Number(length))) return undefined;
  return {
    status: Number(status),
    body: length === undefined ? body : body.slice(0, Number(length)),
  };
}
