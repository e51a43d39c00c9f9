/**
 * What system E's client sends, as peers/e_client.py makes it, in every cut in two, and byte by byte:
 * what is in the store afterwards is the same each time.
 */

import { assert, assertEquals } from "@std/assert";
import { readKeyFile } from "../../lib/key_file.ts";
import { Workspace } from "../e2e/workspace.ts";
import { DictClient } from "../helpers/dict_client.ts";
import { keptIn } from "../helpers/kept.ts";
import { TestServer } from "../helpers/test_server.ts";
import { makeKeyFile, TokenPeers } from "./token_peers.ts";

const peers = await TokenPeers.find();
const TEXT = "For the yard:\r\nthe wagons of Aarhus – Ærø, 😀\n";
const DOCUMENT = { station: "Aarhus", Kiel: "Ada", "yard": "" };
const MANIFEST = { Kiel: 3, "Århus": 4_294_967_295 };

interface Case {
  readonly what: string;
  readonly dictionary: Record<string, unknown>;
  readonly options: readonly string[];
}

const pickled = [0, 1, 2, 3, 4, 5].map((protocol): Case => ({
  what: `a pickle of protocol ${protocol}`,
  dictionary: protocol % 2 === 0 ? DOCUMENT : MANIFEST,
  options: ["--format", "binary", "--protocol", String(protocol)],
}));

const cases: readonly Case[] = [
  ...pickled,
  { what: "JSON", dictionary: DOCUMENT, options: ["--format", "json"] },
  { what: "a manifest in JSON", dictionary: MANIFEST, options: ["--format", "json"] },
  { what: "XML", dictionary: DOCUMENT, options: ["--format", "xml"] },
  { what: "a framed pickle", dictionary: DOCUMENT, options: ["--framed"] },
  { what: "framed JSON", dictionary: MANIFEST, options: ["--framed", "--format", "json"] },
  { what: "framed XML", dictionary: DOCUMENT, options: ["--framed", "--format", "xml"] },
];

for (const { what, dictionary, options } of cases) {
  peers.test(`dict: ${what} and a token, in every cut, are kept right`, async () => {
    await using space = new Workspace();
    const keyFile = await makeKeyFile(space);
    const key = readKeyFile(keyFile);
    const file = space.path(await space.write("file.txt", TEXT));
    const said = ["--dictionary", JSON.stringify(dictionary), "--print", ...options];
    await using peer = peers.start("e_client.py", "127.0.0.1", "1", keyFile, file, ...said);
    const made = await peer.nextOf("bytes");
    const bytes = Uint8Array.fromHex(`${made.dictionary}${made.token}`);
    assert(bytes.length > 200);

    const wanted = { dictionaries: [dictionary], files: [TEXT] };
    const check = async (parts: readonly Uint8Array[]) => {
      await using server = await TestServer.start({ scheme: "dict", hub: { key } });
      assertEquals(await sendInParts(server, parts), "Data and file received successfully.\n");
      const kept = await keptIn(server.store);
      assertEquals(kept, wanted, `cut into ${parts.map(({ length }) => length).join(" + ")}`);
    };
    let cuts = 0;
    for (let at = 1; at < bytes.length; at++, cuts++) {
      await check([bytes.subarray(0, at), bytes.subarray(at)]);
    }
    assertEquals(cuts, bytes.length - 1);
    await check([bytes]);
    await check(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)));
  });
}

/** Sends parts, each when the server has read the one before: the cuts are where they should be. */
async function sendInParts(server: TestServer, parts: readonly Uint8Array[]): Promise<string> {
  using client = await DictClient.connect(server.endpoint);
  const tally = server.hub.tally.of("dict");
  let sent = 0;
  for (const part of parts) {
    await client.write(part);
    sent += part.length;
    while (tally.receivedBytes < sent) await new Promise((resolve) => setTimeout(resolve));
  }
  await client.conn.closeWrite();
  return await client.answer();
}
