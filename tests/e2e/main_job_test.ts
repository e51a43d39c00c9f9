import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { jsonLines, Workspace } from "./workspace.ts";

const TEXT = `# yard 3
Москва = 7
Санкт-Петербург=12

Нижний Новгород =  3
`;
const ENTRIES = { "Москва": 7, "Санкт-Петербург": 12, "Нижний Новгород": 3 };
const PRINTED = "Москва = 7\nСанкт-Петербург = 12\nНижний Новгород = 3\n";

Deno.test("a text becomes a picture, travels to the server, is kept and printed", async () => {
  await using space = await new Workspace();
  await space.write("yard.txt", TEXT);
  const made = await space.run(["qr", "make", "yard.txt", "-o", "code.png"]);
  assertEquals({ code: made.code, stdout: made.stdout }, { code: 0, stdout: "" });
  const read = await space.run(["qr", "read", "code.png"]);
  assertEquals({ code: read.code, stdout: read.stdout }, { code: 0, stdout: PRINTED });

  const server = await space.serve();
  const sent = await space.run(["send", "code.png", "--to", server.url, "--source", "yard-3"]);
  assertEquals(sent.code, 0, sent.stderr);
  assertMatch(sent.stdout, /^[0-9a-f-]{36} {2}stored at \d{4}-\d\d-\d\dT[\d:.]+Z\n$/);
  const id = sent.stdout.slice(0, 36);
  const event = await server.next("manifest");
  assertEquals([event.id, event.source, event.duplicate], [id, "yard-3", false]);
  assertEquals(event.entries, ENTRIES);

  const again = await space.run(
    ["send", "yard.txt", "--to", server.url, "--source", "yard-3", "--id", id, "--json"],
  );
  assertEquals(again.code, 0, again.stderr);
  const [receipt] = jsonLines(again.stdout);
  assertEquals([receipt!.id, receipt!.duplicate, receipt!.cities], [id, true, 3]);
  assertEquals((await server.stop()).code, 0);

  const store = ["--store", "wagons.db"];
  const list = jsonLines((await space.run(["manifests", "list", "--json", ...store])).stdout);
  assertEquals(list.length, 1);
  assertEquals([list[0]!.id, list[0]!.cities, list[0]!.wagons], [id, 3, 22]);
  const show = await space.run(["manifests", "show", id.slice(0, 13), ...store]);
  assertStringIncludes(show.stdout, `# ${id} from yard-3`);
  assert(show.stdout.endsWith(PRINTED), show.stdout);
  const shown = jsonLines((await space.run(["manifests", "show", id, "--json", ...store])).stdout);
  assertEquals(shown[0]!.entries, ENTRIES);
  const totals = await space.run(["manifests", "totals", ...store]);
  assertEquals(totals.stdout, "Москва = 7\nНижний Новгород = 3\nСанкт-Петербург = 12\n");
});

Deno.test("without --json the server prints the dictionary on stdout", async () => {
  await using space = await new Workspace();
  const child = space.spawn(["serve", "--port", "0", "--store", "wagons.db"]);
  await child.stdin.close();
  const [forUrl, rest] = child.stderr.tee();
  let said = "";
  for await (const text of forUrl.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (said.includes("\n")) break;
  }
  const url = /tcp:\S+:\d+/.exec(said)![0];
  const sent = await space.run(["send", "-", "--to", url], { stdin: TEXT });
  assertEquals(sent.code, 0, sent.stderr);
  assertEquals((await space.run(["shutdown", url])).code, 0);
  const stdout = await new Response(child.stdout).text();
  await rest.cancel();
  assert(stdout.endsWith(PRINTED), stdout);
  assertEquals((await child.status).code, 0);
});

Deno.test("what a server prints is read as a manifest again", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  await space.run(["send", "-", "--to", server.url], { stdin: TEXT });
  await server.stop();
  const [first] = jsonLines(
    (await space.run(["manifests", "list", "--json", "--store", "wagons.db"])).stdout,
  );
  const shown = await space.run(["manifests", "show", first!.id as string, "--store", "wagons.db"]);
  const picture = await space.runForBytes(["qr", "make", "-", "-o", "-"], { stdin: shown.stdout });
  assertEquals(picture.code, 0, picture.stderr);
  const read = await space.run(["qr", "read", "-"], { stdin: picture.stdout });
  assertEquals(read.stdout, PRINTED);
});

Deno.test("a manifest too long for one code is split, read together, and sent whole", async () => {
  await using space = await new Workspace();
  const text = Array.from({ length: 250 }, (_, i) => `Станция ${i} = ${i}\n`).join("");
  await space.write("long.txt", text);
  const made = await space.run(["qr", "make", "long.txt", "-o", "long.png"]);
  assertEquals(made.code, 0, made.stderr);
  assertStringIncludes(made.stderr, "split into");
  const pictures = space.files().filter((name) => /^long-\d+\.png$/.test(name));
  assert(pictures.length > 1, String(pictures));
  for (const picture of pictures) {
    const one = await space.run(["qr", "read", picture, "--strict"]);
    assertEquals(one.code, 0, `${picture} is a manifest of its own: ${one.stderr}`);
  }
  assertEquals((await space.run(["qr", "read", ...pictures])).stdout, text);
  const server = await space.serve();
  const sent = await space.run(["send", ...pictures, "--to", server.url]);
  assertEquals(sent.code, 0, sent.stderr);
  const { entries } = await server.next("manifest");
  assertEquals(Object.keys(entries as object).length, 250);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("totals and lists go by the time of storing", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  await space.run(["send", "-", "--to", server.url], { stdin: "Тверь = 4294967295\n" });
  await space.run(["send", "-", "--to", server.url], { stdin: "Тверь = 4294967295\nОмск = 0\n" });
  await server.stop();
  const totals = async (...args: string[]) => {
    const { code, stdout, stderr } = await space.run(
      ["manifests", "totals", "--store", "wagons.db", ...args],
    );
    assertEquals(code, 0, stderr);
    return stdout;
  };
  assertEquals(await totals(), "Омск = 0\nТверь = 8589934590\n");
  assertEquals(await totals("--since", "1h"), "Омск = 0\nТверь = 8589934590\n");
  assertEquals(await totals("--until", "1h"), "");
  assertEquals(await totals("--since", "2100-01-01"), "");
  const json = jsonLines(await totals("--json"));
  assertEquals(json[1], { city: "Тверь", wagons: 8589934590, manifests: 2 } as never);
});

Deno.test("of texts and pictures, what is named last counts", async () => {
  await using space = await new Workspace();
  await space.write("old.txt", "Москва = 7\n");
  await space.write("new.txt", "Москва = 9\n");
  await space.run(["qr", "make", "old.txt", "-o", "old.png"]);
  const server = await space.serve();
  for (
    const [inputs, wagons] of [[["old.png", "new.txt"], 9], [["new.txt", "old.png"], 7]] as const
  ) {
    const sent = await space.run(["send", ...inputs, "--to", server.url]);
    assertEquals(sent.code, 0, sent.stderr);
    assertEquals((await server.next("manifest")).entries, { "Москва": wagons });
  }
  assertEquals((await server.stop()).code, 0);
});

Deno.test("an interrupted send says with which id to send again", async () => {
  await using space = await new Workspace();
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const child = space.spawn(["send", "-", "--to", `tcp://127.0.0.1:${silent.addr.port}`]);
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode("Тула = 1\n"));
  await input.close();
  using conn = await silent.accept();
  // It has sent, and waits for the receipt.
  await conn.read(new Uint8Array(1024));
  child.kill("SIGINT");
  const { code, stderr } = await child.output();
  assertEquals(code, 130);
  assertMatch(
    new TextDecoder().decode(stderr),
    /not known whether .*\n {2}Send it again with --id [0-9a-f-]{36}/,
  );
});

Deno.test("a name that is as long as names can be is written to", async () => {
  await using space = await new Workspace();
  const name = `${"n".repeat(251)}.png`;
  const made = await space.run(["qr", "make", "-", "-o", name], { stdin: "Тула = 1\n" });
  assertEquals(made.code, 0, made.stderr);
  assertEquals(space.files(), [name]);
});
