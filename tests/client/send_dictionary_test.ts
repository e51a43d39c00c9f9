import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { isReceived, sendDictionary } from "../../lib/client/send_dictionary.ts";
import type { Endpoint } from "../../lib/endpoint.ts";
import { ProtocolError, TimedOutError, UnreachableError } from "../../lib/errors.ts";
import { OddServer, writeText } from "../helpers/odd_server.ts";
import { test } from "../helpers/strict.ts";

const DONE = "Data and file received successfully.";
const DICTIONARY = new TextEncoder().encode('{"a": 1}');
const PARTS = { dictionary: DICTIONARY, token: "gAAAA-token" };

function at(server: OddServer): Endpoint {
  return { scheme: "dict", host: "127.0.0.1", port: server.port };
}

/** All that comes until the other side's end. */
async function readAll(conn: Deno.TcpConn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(64 * 1024);
  let text = "";
  for (let count; (count = await conn.read(buffer)) !== null;) {
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  return text;
}

test("a dictionary and a token go one behind the other, then the end of the stream", async () => {
  const came: string[] = [];
  await using server = new OddServer(async (conn) => {
    came.push(await readAll(conn));
    await writeText(conn, `${DONE}\n`);
  });
  assertEquals(await sendDictionary(at(server), PARTS, { pauseMs: 0 }), DONE);
  assertEquals(await sendDictionary(at(server), { dictionary: DICTIONARY }), DONE);
  assertEquals(came, ['{"a": 1}gAAAA-token', '{"a": 1}']);
});

test("between the two is the pause: one read of the server gets the dictionary alone", async () => {
  const first: string[] = [];
  await using server = new OddServer(async (conn) => {
    const buffer = new Uint8Array(4096);
    const count = await conn.read(buffer);
    first.push(new TextDecoder().decode(buffer.subarray(0, count ?? 0)));
    await readAll(conn);
  });
  assertEquals(await sendDictionary(at(server), PARTS), "");
  assertEquals(first, ['{"a": 1}']);
});

test("a server that answers and leaves the connection open is not waited for", async () => {
  for (const answer of [DONE, `${DONE}\n`, "no: the file is too long\r\nand more"]) {
    const left = Promise.withResolvers<void>();
    await using server = new OddServer(async (conn) => {
      await readAll(conn);
      await writeText(conn, answer);
      await left.promise;
    });
    const said = await sendDictionary(at(server), PARTS, { pauseMs: 0 });
    assertStringIncludes(answer, said.split("\r\n")[0]!);
    assertEquals(isReceived(said), answer.startsWith("Data"));
    left.resolve();
  }
});

test("an answer comes whole in whatever pieces", async () => {
  await using server = new OddServer(async (conn) => {
    await readAll(conn);
    for (const character of "нет: не тот ключ\n") await writeText(conn, character);
  });
  assertEquals(await sendDictionary(at(server), PARTS, { pauseMs: 0 }), "нет: не тот ключ");
});

test("what a server says before it has the file ends the pause", async () => {
  await using server = new OddServer(async (conn) => {
    await conn.read(new Uint8Array(4096));
    await writeText(conn, "Refused: the opcode GLOBAL names a function.\n");
    await readAll(conn);
  });
  const said = await sendDictionary(at(server), PARTS, { pauseMs: 3_600_000 });
  assertEquals(said, "Refused: the opcode GLOBAL names a function.");
});

test("a server that closes before all was sent has not got it", async () => {
  await using server = new OddServer(async (conn) => {
    await conn.read(new Uint8Array(4096));
  });
  const error = await assertRejects(
    () => sendDictionary(at(server), PARTS, { pauseMs: 3_600_000 }),
    UnreachableError,
  );
  assertStringIncludes(error.message, "not all was sent");
});

test("a server that reads nothing and answers nothing is waited for so long, and no longer", async () => {
  const over = Promise.withResolvers<void>();
  await using server = new OddServer(() => over.promise);
  const dictionary = new Uint8Array(16 * 1024 * 1024);
  for (const parts of [{ dictionary }, PARTS]) {
    const error = await assertRejects(
      () => sendDictionary(at(server), parts, { pauseMs: 0, timeoutMs: 100 }),
      TimedOutError,
    );
    assertStringIncludes(error.message, "100ms");
  }
  over.resolve();
});

test("an answer that is no line is not held", async () => {
  await using server = new OddServer(async (conn) => {
    await writeText(conn, "x".repeat(100_000));
    await readAll(conn);
  });
  await assertRejects(() => sendDictionary(at(server), PARTS, { pauseMs: 0 }), ProtocolError);
});

test("it ends when it is aborted: before, in the pause, and while the answer is waited for", async () => {
  const over = Promise.withResolvers<void>();
  const reason = new Error("enough");
  const abort = new AbortController();
  const came: string[] = [];
  // The first connection is aborted with the dictionary, the second with the end of the stream.
  await using server = new OddServer(async (conn) => {
    const text = new Uint8Array(4096);
    const count = await conn.read(text);
    came.push(new TextDecoder().decode(text.subarray(0, count ?? 0)));
    if (came.length === 1) abort.abort(reason);
    else {
      await readAll(conn);
      abortWaiting.abort(reason);
    }
    await over.promise;
  });
  const abortWaiting = new AbortController();
  const aborted = AbortSignal.abort(reason);
  const send = (signal: AbortSignal, pauseMs: number) =>
    assertRejects(() => sendDictionary(at(server), PARTS, { signal, pauseMs }), Error, "enough");
  await send(aborted, 0);
  assertEquals(came, []);
  await send(abort.signal, 3_600_000);
  await send(abortWaiting.signal, 0);
  assertEquals(came.length, 2);
  over.resolve();
});

test("what says that all was received, and what does not", () => {
  for (const line of [DONE, "Data received successfully."]) assert(isReceived(line), line);
  for (
    const line of [
      "",
      "Data",
      `${DONE} But no.`,
      "No data received successfully.",
      "The dictionary was stored, the file refused.",
    ]
  ) assert(!isReceived(line), line);
});
