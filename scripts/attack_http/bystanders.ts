/**
 * Others who want to be served while a server is attacked.
 *
 * @module
 */

import { type Endpoint, parseEndpoint } from "../../lib/endpoint.ts";
import { ChatClient } from "../../tests/helpers/chat_client.ts";
import { HttpClient } from "../../tests/helpers/http_client.ts";
import { RawClient } from "../../tests/helpers/raw_client.ts";
import { FAST } from "../../tests/helpers/samples.ts";
import { opened, token } from "../../tests/helpers/tokens.ts";

/** Between two questions of one of them. */
const PAUSE_MS = 20;

/** Who they are. */
export const BYSTANDERS = ["http", "tcp", "chat"] as const;

/** How long the longest answer to each of them took. */
export type Waited = Record<(typeof BYSTANDERS)[number], number>;

/**
 * Somebody who posts tokens, somebody who asks by `tcp`, and two in the room by `chat` of whom one
 * hears what the other says: they go on until it is over.
 *
 * @throws {Error} when one of them does not get what it wants.
 */
export async function askAll(endpoint: Endpoint, isOver: () => boolean): Promise<Waited> {
  using posting = await HttpClient.connect(endpoint);
  const answer = await posting.ask("POST", "/message", token({ cmd: "handshake" }));
  const { listen } = JSON.parse(opened(answer!.body).args) as { listen: string[] };
  const at = (scheme: string) => parseEndpoint(listen.find((url) => url.startsWith(scheme))!);
  using asking = await RawClient.connect(at("tcp:"));
  using saying = await ChatClient.join(at("chat:"), "saying");
  using hearing = await ChatClient.join(at("chat:"), "hearing");
  // Who does not read what others say is put out.
  const reading = readOn(saying);
  let said = 0;
  const [http, tcp, chat] = await Promise.all([
    askUntil(isOver, () => post(posting)),
    askUntil(isOver, async () => {
      await asking.send(FAST);
      const answer = await asking.receive();
      if (answer?.kind !== "fastResponse") throw new Error(`The answer is ${answer?.kind}`);
    }),
    askUntil(isOver, async () => {
      const text = `text ${++said}`;
      await saying.say(text);
      for (let line = await hearing.line(); line !== `saying: ${text}`;) {
        if (line === null) throw new Error("The chat has closed");
        line = await hearing.line();
      }
    }),
  ]);
  saying.close();
  await reading;
  return { http, tcp, chat };
}

/** Reads, and throws away, until one of both sides closes. */
async function readOn(client: ChatClient): Promise<void> {
  try {
    while (await client.next() !== null);
  } catch (error) {
    if (!(error instanceof Deno.errors.Interrupted || error instanceof Deno.errors.BadResource)) {
      throw error;
    }
  }
}

/** Posts tokens one after the other; throws when one is not answered. */
export async function postSome(endpoint: Endpoint, count: number): Promise<void> {
  using client = await HttpClient.connect(endpoint);
  for (let i = 0; i < count; i++) await post(client);
}

async function post(client: HttpClient): Promise<void> {
  const answer = await client.ask("POST", "/message", token({ cmd: "ping" }));
  if (answer?.status !== 200) throw new Error(`The answer is ${JSON.stringify(answer)}`);
}

async function askUntil(isOver: () => boolean, ask: () => Promise<void>): Promise<number> {
  let maxMs = 0;
  while (!isOver()) {
    const askedMs = performance.now();
    await ask();
    maxMs = Math.max(maxMs, performance.now() - askedMs);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return maxMs;
}
