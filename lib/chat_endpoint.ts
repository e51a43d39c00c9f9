/**
 * What is said of the chat dialect in a URL or, by system C's users, in the environment: how long
 * the headers are, and what texts are written in.
 *
 * @module
 */

import type { Endpoint } from "./endpoint.ts";
import { UsageError } from "./errors.ts";
import { MAX_CHAT_HEADER_BYTES, MIN_CHAT_HEADER_BYTES } from "./limits/chat.ts";
import { CHAT_ENCODINGS, type ChatEncoding, chatEncoding } from "./wire/chat_text.ts";

/** The port of chat:// where none is named. */
export const CHAT_PORT = 7121;

/** How the parts of a connection are written. */
export interface ChatForm {
  /** Bytes of each length's header. */
  readonly headerBytes: number;
  /** What texts are written in. */
  readonly encoding: ChatEncoding;
}

/** What system C's programs have where nobody has changed them. */
const DEFAULTS = { header: "10", encoding: "utf-8" };

/**
 * The parameters of a chat:// URL: each checks what is given, which stands in `place`, and gives it
 * in the form in which it is kept. They throw a {@linkcode UsageError}.
 */
export const CHAT_PARAMETERS = {
  header: (text: string, place: string): string => String(readHeader(text, place)),
  encoding: (text: string, place: string): string => readEncoding(text, place).name,
};

/** How the parts of an endpoint's connections are written. */
export function chatForm({ parameters = {} }: Endpoint): ChatForm {
  const { header, encoding } = { ...DEFAULTS, ...parameters };
  return {
    headerBytes: readHeader(header, "header"),
    encoding: readEncoding(encoding, "encoding"),
  };
}

/**
 * The endpoint that the variables HEADER, IP, PORT and ENCODING name, as system C's programs have
 * them.
 *
 * @throws {UsageError} when one of them has a value that is not right, naming it.
 */
export function chatEndpointFromEnvironment(
  variable: (name: string) => string | undefined,
): Endpoint {
  const read = (name: string) => variable(name) || undefined;
  const host = read("IP") ?? "127.0.0.1";
  if (/[\s/?#@[\]]/.test(host)) {
    throw new UsageError(`IP: ${JSON.stringify(host)} is no address`, {
      hint: "Write an address or a name, like 127.0.0.1.",
    });
  }
  const port = read("PORT") ?? String(CHAT_PORT);
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65535) {
    throw new UsageError(`PORT: ${JSON.stringify(port)} is no port`, {
      hint: "Ports go from 0 to 65535.",
    });
  }
  return {
    scheme: "chat",
    host,
    port: Number(port),
    parameters: {
      header: CHAT_PARAMETERS.header(read("HEADER") ?? DEFAULTS.header, "HEADER"),
      encoding: CHAT_PARAMETERS.encoding(read("ENCODING") ?? DEFAULTS.encoding, "ENCODING"),
    },
  };
}

function readHeader(text: string, place: string): number {
  const bytes = /^[0-9]{1,2}$/.test(text) ? Number(text) : NaN;
  if (bytes >= MIN_CHAT_HEADER_BYTES && bytes <= MAX_CHAT_HEADER_BYTES) return bytes;
  throw new UsageError(`${place}: ${JSON.stringify(text)} is no length of a header`, {
    hint: `It goes from ${MIN_CHAT_HEADER_BYTES} to ${MAX_CHAT_HEADER_BYTES} bytes.`,
  });
}

function readEncoding(text: string, place: string): ChatEncoding {
  const encoding = chatEncoding(text);
  if (encoding !== undefined) return encoding;
  throw new UsageError(`${place}: the encoding ${JSON.stringify(text)} is not known`, {
    hint: `Use one of ${CHAT_ENCODINGS.join(", ")}.`,
  });
}
