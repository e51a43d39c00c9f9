/** System E's client, as peers/e_client.py stands in for it, with the built server. */

import { assertEquals, assertMatch } from "@std/assert";
import { Workspace } from "../e2e/workspace.ts";
import { makeKeyFile, TokenPeers } from "./token_peers.ts";

const peers = await TokenPeers.find();
const TEXT = "For the yard: the wagons of Aarhus – Ærø\n";
const BOTH = "Data and file received successfully.\n";

for (const format of ["binary", "json", "xml"]) {
  for (const framed of [[], ["--framed"]]) {
    const how = `${format}${framed.length > 0 ? ", framed" : ""}`;
    peers.test(`dict: system E's client sends ${how} to the built server`, async () => {
      await using space = new Workspace();
      const keyFile = await makeKeyFile(space);
      const file = space.path(await space.write("file.txt", TEXT));
      const server = await space.serve(
        ["--listen", "dict://127.0.0.1:0", "--key-file", keyFile, "--dict-file-name", "e.txt"],
      );
      const send = async (...options: string[]) => {
        const all = ["--format", format, ...framed, ...options];
        await using peer = peers.client("e_client.py", server.url, keyFile, file, ...all);
        return await peer.next();
      };
      // As theirs, which does not read; then one that does.
      assertEquals(await send(), { event: "sent" });
      const document = await server.next("document");
      const stored = await server.next("file");
      assertEquals([stored.id, stored.name, stored.duplicate], [document.id, "e.txt", false]);
      assertEquals(await send("--reads"), { event: "answer", text: BOTH });
      assertEquals((await server.stop()).code, 0);

      const shown = await space.run([
        "documents",
        "show",
        String(document.id),
        "--store",
        "wagons.db",
      ]);
      assertMatch(shown.stdout, /"station" = "Aarhus"\n"Kiel" = "Ada"\n"yard" = "North"\n/);
    });
  }
}

peers.test("dict: system E's client with another key gets nothing kept, and is told", async () => {
  await using space = new Workspace();
  const [keyFile, otherKey] = [await makeKeyFile(space), await makeKeyFile(space, "other")];
  const file = space.path(await space.write("file.txt", TEXT));
  const server = await space.serve(
    ["--listen", "dict://127.0.0.1:0", "--key-file", keyFile],
  );
  await using peer = peers.client("e_client.py", server.url, otherKey, file, "--reads");
  const { text } = await peer.nextOf("answer");
  assertMatch(String(text), /^Refused: The token is not taken: [^\n]*\n$/);
  assertEquals((await server.next("refused")).code, "brokenSeal");
  assertEquals((await server.stop()).code, 0);
});
