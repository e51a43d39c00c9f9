/**
 * A server that throws the chunks of files away, and makes up those that it is asked for: what it
 * takes is what the connection takes.
 *
 *     deno run --allow-all scripts/bench/chunk_server.ts [KEY_FILE]
 *
 * @module
 */

import { formatEndpoint, parseEndpoint } from "../../lib/endpoint.ts";
import type { Answer } from "../../lib/hub/answer.ts";
import { Hub } from "../../lib/hub/hub.ts";
import type { Peer } from "../../lib/hub/peer.ts";
import { readKeyFile } from "../../lib/key_file.ts";
import { tcp } from "../../lib/listeners/tcp.ts";
import type { Received } from "../../lib/wire/messages.ts";
import { FakeStore } from "../../tests/helpers/fake_store.ts";

class ChunkHub extends Hub {
  override handle(peer: Peer, message: Received, nowMs: number): Answer {
    if (message.kind === "fileChunk") return undefined;
    if (message.kind !== "readFile") return super.handle(peer, message, nowMs);
    const { id, offset, length } = message;
    return { kind: "fileChunk", id, offset, data: new Uint8Array(length) };
  }
}

const [keyFile] = Deno.args;
const hub = new ChunkHub({
  store: new FakeStore(),
  onEvent: () => {},
  // Open, so that what is not sealed is taken as well.
  isOpen: true,
  ...keyFile === undefined ? {} : { key: readKeyFile(keyFile) },
});
const bound = await tcp.listen(parseEndpoint("tcp://127.0.0.1:0"), hub, {});
console.log(JSON.stringify({ event: "listening", url: formatEndpoint(bound.endpoint) }));
Deno.addSignalListener("SIGTERM", () => void hub.drain());
await bound.finished;
Deno.exit(0);
