/**
 * The one room of the built server, for programs of every dialect at once: what any of them says is
 * heard by all that can hear, each text once, and in one order.
 */

import { assertEquals } from "@std/assert";
import { linesOf, Workspace } from "../e2e/workspace.ts";
import type { PeerProcess } from "./peer_process.ts";
import { makeKeyFile, type TokenPeer, TokenPeers } from "./token_peers.ts";
import { serveTokens } from "./token_server.ts";

const peers = await TokenPeers.find("requests", "websocket", "websockets");

/** What each of them says when all talk at once. */
const TEXTS_EACH = 10;

/** A text that was heard, and whose it is. */
type Line = readonly [name: string, text: string];

/** Somebody who hears: gives the next text, whoever says it. */
type Hearer = () => Promise<Line>;

const names = {
  "plain names": ["udp", "socket", "post", "console", "chat", "listens"],
  "names in Cyrillic": ["Усть-Илимск", "Семён", "Щёлково", "Пётр Ильич", "Ёжик", "Слушает"],
  "names with emoji": ["🚂", "🛤️ двор", "👩‍🔧", "🇰🇿 Алматы", "wagon 🚃🚃", "👂"],
} as const;

for (const [kind, [udp, socket, post, console, chat, listens]] of Object.entries(names)) {
  peers.test(`all dialects talk in one room, by ${kind}`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    await Deno.mkdir(space.path("files"));
    // Programs of the console chat have no key.
    const schemes = ["http", "udp", "tcp", "chat"];
    const { server, urls } = await serveTokens(space, key, schemes, { args: ["--insecure"] });

    await using udpPeer = peers.client("b_udp_sender.py", urls.udp!, key, "--name", udp);
    await udpPeer.nextOf("bound");
    await using postPeer = peers.client("b_http_client.py", urls.http!, key, "--name", post);
    const member = ["b_ws_client.py", urls.http!, key, "--name", socket] as const;
    await using socketPeer = peers.client(...member, "--frames", "binary");
    await socketPeer.heard();
    await using listener = peers.client("b_ws_client_async.py", urls.http!, key, "--name", listens);
    await listener.heard();
    const { hostname, port } = new URL(urls.chat!);
    await using consolePeer = peers.start(
      ...["c_client.py", hostname, port, console, space.path("files")] as const,
    );
    assertEquals((await server.next("came")).name, console);
    const chatting = space.spawn(["chat", urls.tcp!, "--name", chat, "--key-file", key, "--json"]);
    const chatLines = linesOf(chatting.stdout);
    const chatInput = chatting.stdin.getWriter();
    assertEquals((await server.next("came")).name, chat);

    // Members by WebSocket hear themselves, the others do not.
    const hearsOf = (hearer: string, name: string) => hearer !== name || hearer === socket;
    const hearers: Readonly<Record<string, Hearer>> = {
      [socket]: heardByToken(socketPeer),
      [listens]: heardByToken(listener),
      [console]: heardByConsole(consolePeer),
      [chat]: heardByChat(chatLines),
    };
    const say: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
      [udp]: (text) => udpPeer.ask({ text }),
      [socket]: (text) => socketPeer.send({ text }),
      [post]: (text) => postPeer.ask({ cmd: "say", text }),
      [console]: (text) => consolePeer.tell(text),
      [chat]: (text) => chatInput.write(new TextEncoder().encode(`${text}\n`)),
    };

    // One after the other: each is heard before the next one speaks.
    for (const name of Object.keys(say)) {
      const text = `${name} здесь 😀`;
      await say[name]!(text);
      for (const [hearer, hear] of Object.entries(hearers)) {
        if (hearsOf(hearer, name)) assertEquals(await hear(), [name, text], hearer);
      }
    }

    // All at once: each hears all, and all hear it in the order that one of them does.
    const order: Record<string, Line[]> = {};
    const hearing = Object.entries(hearers).map(async ([hearer, hear]) => {
      const speakers = Object.keys(say).filter((name) => hearsOf(hearer, name)).length;
      const heard: Line[] = order[hearer] = [];
      while (heard.length < speakers * TEXTS_EACH) heard.push(await hear());
    });
    const saying = Object.entries(say).map(async ([name, say]) => {
      for (let i = 0; i < TEXTS_EACH; i++) await say(`${i} ${name}`);
    });
    await Promise.all([...hearing, ...saying]);
    const all = order[listens]!;
    assertEquals(new Set(all.map(([name, text]) => `${name}: ${text}`)).size, all.length);
    for (const name of Object.keys(say)) {
      const own = all.filter(([speaker]) => speaker === name);
      assertEquals(own.map(([, text]) => text), own.map((_, i) => `${i} ${name}`), name);
    }
    for (const [hearer, heard] of Object.entries(order)) {
      assertEquals(heard, all.filter(([name]) => hearsOf(hearer, name)), hearer);
    }

    await chatInput.close();
    chatting.kill("SIGTERM");
    for await (const _ of chatLines);
    await new Response(chatting.stderr).text();
    assertEquals((await server.stop()).code, 0);
  });
}

function heardByToken(peer: TokenPeer): Hearer {
  return async () => {
    const { userID, text } = await peer.heard();
    return [userID, text];
  };
}

function heardByConsole(peer: PeerProcess): Hearer {
  return async () => {
    for (;;) {
      const { user, text } = await peer.next();
      // The server tells who comes and leaves.
      if (user !== "wagons") return [String(user), String(text)];
    }
  };
}

function heardByChat(lines: AsyncGenerator<string>): Hearer {
  return async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error("wagons chat has ended");
      const { type, name, text } = JSON.parse(value);
      if (type === "text") return [name, text];
    }
  };
}
