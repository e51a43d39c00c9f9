/**
 * Programs in Python that pass messages as tokens, as system B's do: those of peers/b_*.py.
 *
 * @module
 */

import { findPython } from "../../scripts/bench/peers/peers.ts";
import { writeKeyFile } from "../../lib/key_file.ts";
import type { Workspace } from "../e2e/workspace.ts";
import { test, type TestOptions } from "../helpers/strict.ts";
import { type PeerEvent, PeerProcess } from "./peer_process.ts";

const PEERS = new URL("peers/", import.meta.url);

/** The packages of Debian that have the modules. */
const PACKAGES = {
  cryptography: "python3-cryptography",
  flask: "python3-flask",
  requests: "python3-requests",
  websocket: "python3-websocket",
  websockets: "python3-websockets",
} as const;

/** A module of Python that the peers need beside its own. */
export type PythonModule = keyof typeof PACKAGES;

/** What a message says, as the peers print it. */
export interface PeerMessage {
  readonly userID: string;
  readonly timestamp: string;
  readonly text: string;
  readonly cmd: string;
  readonly args: string;
}

/** Starts peers that need the same modules, and skips tests where a module is missing. */
export class TokenPeers {
  readonly #python: string | undefined;
  readonly #missing: readonly string[];

  private constructor(python: string | undefined, missing: readonly string[]) {
    this.#python = python;
    this.#missing = missing;
  }

  /** Looks for a Python that has `cryptography` and these modules. */
  static async find(...modules: PythonModule[]): Promise<TokenPeers> {
    const all: PythonModule[] = ["cryptography", ...modules];
    const python = await findPython(all.join(", "));
    if (python !== undefined) return new TokenPeers(python, []);
    const found = await Promise.all(all.map(async (module) => await findPython(module)));
    const missing = all.filter((_, i) => found[i] === undefined);
    // Each is there, and no one Python has them all.
    return new TokenPeers(undefined, missing.length === 0 ? all : missing);
  }

  /** A test that says in its name what it lacks, when it is skipped for that. */
  test(name: string, fn: () => Promise<void>, options: TestOptions = {}): void {
    const isMissing = this.#python === undefined;
    const packages = this.#missing.map((module) => PACKAGES[module as PythonModule]);
    const reason = `no python3 with ${this.#missing.join(" and ")}: apt-get install ${
      packages.join(" ")
    }`;
    test(isMissing ? `${name} (skipped: ${reason})` : name, fn, {
      ignore: isMissing || options.ignore === true,
    });
  }

  /** The command of a peer. It leaves no compiled files in the tree. */
  command(file: string, ...args: string[]): string[] {
    return [this.#python ?? "", "-B", decodeURIComponent(new URL(file, PEERS).pathname), ...args];
  }

  /** Starts a client of that file for a server at `url`, with the key file and more arguments. */
  client(file: string, url: string, keyFile: string, ...args: string[]): TokenPeer {
    const { hostname, port } = new URL(url);
    return this.start(file, hostname, port, keyFile, ...args);
  }

  /** Starts a peer with its arguments. */
  start(file: string, ...args: string[]): TokenPeer {
    return this.startWith({}, file, ...args);
  }

  /** The same with more environment variables. */
  startWith(env: Record<string, string>, file: string, ...args: string[]): TokenPeer {
    return new TokenPeer(this.command(file, ...args), env);
  }

  /** Starts a server of that file on any free port of 127.0.0.1, and waits until it listens. */
  async server(file: string, keyFile: string, ...args: string[]): Promise<TokenServer> {
    const peer = this.start(file, "127.0.0.1", "0", keyFile, ...args);
    try {
      const { url } = await peer.nextOf("listening");
      return Object.assign(peer, { url: url as string });
    } catch (error) {
      await peer[Symbol.asyncDispose]();
      throw error;
    }
  }
}

/** A peer that listens. */
export type TokenServer = TokenPeer & {
  /** Where. */
  readonly url: string;
};

/** What a peer prints of a message or an answer, beside the message itself. */
export interface Heard extends PeerMessage {
  /** The status of an answer by HTTP. */
  readonly status?: number;
  /** The Content-Type of a request or an answer by HTTP. */
  readonly type?: string | null;
  /** The kind of frame by WebSocket. */
  readonly frame?: "text" | "binary";
}

/** How old a message may be by its own time and the peer's: a wrong zone is at least 15 minutes. */
const MAX_AGE_S = 600;

/** One of these programs that runs. */
export class TokenPeer extends PeerProcess {
  /** The next event, which has to be of that name. */
  async nextOf(name: string): Promise<PeerEvent> {
    const event = await this.next();
    if (event.event === name) return event;
    throw new Error(`The peer tells ${JSON.stringify(event)} where ${name} should stand`);
  }

  /** The message of the next event, which has to be of that name, and have the time of now. */
  async heard(name: "message" | "answer" = "message"): Promise<Heard> {
    const { event: _, message, ageS, ...rest } = await this.nextOf(name);
    if (!(Math.abs(ageS as number) < MAX_AGE_S)) {
      throw new Error(`${JSON.stringify(message)} is ${ageS} s old`);
    }
    return { ...message as PeerMessage, ...rest };
  }

  /** Has it send a message. */
  async send(values: Partial<PeerMessage> | { raw: string } | { again: true }): Promise<void> {
    await this.tell(JSON.stringify(values));
  }

  /** Has it send a message and gives the answer. */
  async ask(values: Partial<PeerMessage> | { raw: string } | { again: true }): Promise<Heard> {
    await this.send(values);
    return await this.heard("answer");
  }
}

/** A message without its time, which is told by {@linkcode TokenPeer.heard}. */
export function withoutTime({ timestamp: _, ...rest }: Heard): Omit<Heard, "timestamp"> {
  return rest;
}

/** Makes a key file in a workspace; gives its path. */
export async function makeKeyFile(space: Workspace, name = "key"): Promise<string> {
  const path = space.path(name);
  await writeKeyFile(path, crypto.getRandomValues(new Uint8Array(32)));
  return path;
}
