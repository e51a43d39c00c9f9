/**
 * What the tests of the chat dialect share: any stream of system C's parts, written the way that
 * its programs write them, and what a decoder makes of it.
 *
 * @module
 */

import fc from "fast-check";
import { announcedName, announcesFile, formatChatTime } from "../../lib/wire/chat_grammar.ts";
import type { ChatDecoder, ChatDecoderOptions, ChatPart } from "../../lib/wire/chat_decoder.ts";
import { CHAT_ENCODINGS, chatEncoding } from "../../lib/wire/chat_text.ts";
import { concat } from "./arbitraries.ts";

/** A decoder's options with what most tests want. */
export function chatOptions(wanted: Partial<ChatDecoderOptions> = {}): ChatDecoderOptions {
  return {
    sender: "client",
    headerBytes: 10,
    encoding: chatEncoding("utf-8")!,
    maxTextBytes: 64 * 1024,
    maxFileBytes: 1024 * 1024,
    ...wanted,
  };
}

/** A part as system C's programs write it: `f"{len(data):<{HEADER}}"` and the data. */
export function part(data: Uint8Array | string, headerBytes = 10): Uint8Array {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return concat([new TextEncoder().encode(String(bytes.length).padEnd(headerBytes)), bytes]);
}

/** Parts, one behind the other. */
export function parts(...data: (Uint8Array | string)[]): Uint8Array {
  return concat(data.map((one) => part(one)));
}

/** Texts that look like names of files more often than chance would have it. */
export const nameLike: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(..."aZ09_.+-%%%\n ыß中😀²"), { maxLength: 8 }).map((all) =>
    all.join("")
  ),
  fc.stringMatching(/^[a-z0-9_.+-]{1,12}.[a-zы]{0,5}%\n?$/u),
);

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30, size: "max" }),
  nameLike,
);

/** What somebody says: a text, or a file with its name. */
type Said =
  | { readonly text: string }
  | { readonly announcement: string; readonly content: Uint8Array };

const said: fc.Arbitrary<Said> = fc.oneof(
  anyText.filter((text) => !announcesFile(text)).map((text) => ({ text })),
  fc.record({
    announcement: fc.oneof(
      nameLike.filter(announcesFile),
      fc.stringMatching(/^[a-zA-Z0-9_.+-]{2,20}%$/),
    ),
    content: fc.uint8Array({ maxLength: 200, size: "max" }),
  }),
);

/** A stream and what is in it. */
export interface Conversation {
  readonly options: ChatDecoderOptions;
  readonly stream: Uint8Array;
  readonly parts: readonly ChatPart[];
}

/** Any stream of a client or of a server, whose texts the encoding can show. */
export const conversation: fc.Arbitrary<Conversation> = fc.record({
  sender: fc.constantFrom("client" as const, "server" as const),
  headerBytes: fc.integer({ min: 3, max: 32 }),
  encodingName: fc.oneof(fc.constant("utf-8"), fc.constantFrom(...CHAT_ENCODINGS)),
  user: anyText,
  all: fc.array(fc.record({ said, atMs: fc.integer({ min: 0, max: 4e12 }) }), { maxLength: 6 }),
}).map(({ sender, headerBytes, encodingName, user, all }) => {
  const encoding = chatEncoding(encodingName)!;
  const bytes: Uint8Array[] = [];
  const found: ChatPart[] = [];
  const write = (data: Uint8Array) => bytes.push(part(data, headerBytes));
  const writeText = (type: "user" | "message" | "time", text: string) => {
    const encoded = encoding.encode(text);
    write(encoded);
    found.push({ type, text: encoding.decode(encoded) });
  };
  if (sender === "client") writeText("user", user);
  for (const { said, atMs } of all) {
    if (sender === "server") writeText("user", user);
    const text = "text" in said ? said.text : said.announcement;
    const shown = encoding.decode(encoding.encode(text));
    if (announcesFile(shown)) {
      const content = "content" in said ? said.content : new Uint8Array(3);
      write(encoding.encode(text));
      write(content);
      found.push({ type: "file", name: announcedName(shown), size: content.length });
      if (content.length > 0) found.push({ type: "bytes", bytes: content });
      found.push({ type: "fileEnd" });
    } else {
      writeText("message", text);
    }
    if (sender === "server") writeText("time", formatChatTime(atMs));
  }
  const options = chatOptions({ sender, headerBytes, encoding });
  return { options, stream: concat(bytes), parts: found };
});

/** What the chunks hold. The bytes of a file are put together, and each chunk is written over. */
export function decodeAll(decoder: ChatDecoder, chunks: readonly Uint8Array[]): ChatPart[] {
  const found: ChatPart[] = [];
  for (const chunk of chunks) {
    decoder.decode(chunk, (one) => {
      const last = found.at(-1);
      if (one.type !== "bytes") found.push(one);
      else if (last?.type !== "bytes") found.push({ type: "bytes", bytes: one.bytes.slice() });
      else found[found.length - 1] = { type: "bytes", bytes: concat([last.bytes, one.bytes]) };
    });
    chunk.fill(0xa5);
  }
  return found;
}
