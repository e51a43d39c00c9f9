/**
 * The servers of other make that `wagons serve` is measured beside and tested with: one in C++ over
 * Boost.Asio, one in Python over Twisted, both with Google's protobuf. They speak fields 1 to 4 of
 * proto/wagons.proto.
 *
 * @module
 */

import { type ServerProcess, startServer } from "./server_process.ts";

const here = new URL("./", import.meta.url);

/** Where benches and tests keep what they build, so that each finds what the other has built. */
export const PEERS_DIR: string = path("../../../dist/peers");

const CXX_FLAGS = ["-std=c++17", "-O2", "-DNDEBUG", "-pthread"];
const CXX_PACKAGES = "apt-get install g++ protobuf-compiler libprotobuf-dev libboost-dev";
const PYTHON_PACKAGES = "apt-get install python3-twisted python3-protobuf protobuf-compiler";

/** A peer that can be started. */
export interface ReadyPeer {
  /** The peer's name, for a table. */
  name: string;
  /** The program and its arguments. It takes any free port. */
  command: string[];
}

/** A peer that this machine lacks something for. */
export interface SkippedPeer {
  /** The peer's name, for a table. */
  name: string;
  /** The reason, and the command that would enable it. */
  skipped: string;
}

/** What became of a peer. */
export type PeerBuild = ReadyPeer | SkippedPeer;

interface Peer {
  name: string;
  missing(): Promise<string | undefined>;
  build(dir: string): Promise<string[]>;
}

const asio: Peer = {
  name: "boost::asio + protobuf (C++)",

  async missing() {
    for (const tool of ["g++", "protoc"]) {
      if (!(await run([tool, "--version"])).success) return `no ${tool}: ${CXX_PACKAGES}`;
    }
    for (const header of ["boost/asio.hpp", "google/protobuf/message.h"]) {
      const probe = `#if !__has_include(<${header}>)\n#error\n#endif\n`;
      const flags = ["-E", "-x", "c++", "-"];
      if (!(await run(["g++", ...flags], probe)).success) return `no <${header}>: ${CXX_PACKAGES}`;
    }
    return undefined;
  },

  async build(dir) {
    // Where protobuf needs more than itself, its package says so.
    const asked = await run(["pkg-config", "--cflags", "--libs", "protobuf"]);
    const libraries = asked.success ? asked.stdout.trim().split(/\s+/) : ["-lprotobuf"];
    const sources = ["asio_server.cpp", "system_d.proto"];
    const versions = await Promise.all(["g++", "protoc"].map((tool) => must([tool, "--version"])));
    const key = await hash([...CXX_FLAGS, ...libraries, ...versions], sources);
    const folder = await cached(dir, `asio-${key}`, async (out) => {
      await must([
        "protoc",
        `--proto_path=${path("")}`,
        `--cpp_out=${out}`,
        path("system_d.proto"),
      ]);
      const inputs = [path("asio_server.cpp"), `${out}/system_d.pb.cc`];
      await must(["g++", ...CXX_FLAGS, `-I${out}`, ...inputs, "-o", `${out}/server`, ...libraries]);
    });
    return [`${folder}/server`, "0"];
  },
};

const twisted: Peer = {
  name: "Twisted + protobuf (Python)",

  async missing() {
    if (!(await run(["protoc", "--version"])).success) return `no protoc: ${PYTHON_PACKAGES}`;
    if (await findPython("twisted, google.protobuf") === undefined) {
      return `no python3 with twisted and google.protobuf: ${PYTHON_PACKAGES}`;
    }
    return undefined;
  },

  async build(dir) {
    const python = await findPython("twisted, google.protobuf");
    if (python === undefined) throw new Error("Cannot build: Python has gone since it was found");
    const key = await hash([await must(["protoc", "--version"])], ["system_d.proto"]);
    const folder = await cached(dir, `twisted-${key}`, async (out) => {
      const proto = path("system_d.proto");
      await must(["protoc", `--proto_path=${path("")}`, `--python_out=${out}`, proto]);
    });
    return [python, path("twisted_server.py"), "0", folder];
  },
};

const PEERS: Record<PeerId, Peer> = { asio, twisted };

/** Which peer: the one over Boost.Asio or the one over Twisted. */
export type PeerId = "asio" | "twisted";

/**
 * Looks for what a peer needs, and builds nothing.
 *
 * @returns Undefined when all is there; else what is not, and the command that installs it.
 */
export function findMissing(id: PeerId): Promise<string | undefined> {
  return PEERS[id].missing();
}

/**
 * Makes a peer ready to start.
 *
 * @param dir The folder for what is built, made when it is not there. What it holds already and was
 * made from the same sources by the same tools is used again.
 * @throws {Error} when all that the peer needs is there and it cannot be built for all that.
 */
export async function buildPeer(id: PeerId, dir: string): Promise<PeerBuild> {
  const { name, missing, build } = PEERS[id];
  const skipped = await missing();
  if (skipped !== undefined) return { name, skipped };
  await Deno.mkdir(dir, { recursive: true });
  return { name, command: await build(await Deno.realPath(dir)) };
}

/**
 * {@linkcode buildPeer} for each peer, the C++ one first. Each comes in two forms: as such programs
 * usually are, and with the time's text cached for a millisecond, as `wagons serve` does.
 */
export async function buildPeers(dir: string): Promise<PeerBuild[]> {
  const peers: PeerBuild[] = [];
  for (const id of ["asio", "twisted"] as const) {
    const usual = await buildPeer(id, dir);
    peers.push(usual);
    if ("command" in usual) {
      const command = [...usual.command, "cache-time"];
      peers.push({ name: `${usual.name}, time cached`, command });
    }
  }
  return peers;
}

/**
 * Starts a peer and waits until it listens on 127.0.0.1.
 *
 * @throws {Error} when it does not come to listen.
 */
export function startPeer(build: ReadyPeer): Promise<ServerProcess> {
  return startServer(build.command);
}

/**
 * Finds a Python 3 that has some modules.
 *
 * @param modules What would stand after `import`.
 * @returns The interpreter to start, or undefined.
 */
export async function findPython(modules: string): Promise<string | undefined> {
  // The system's own first: its packages are not seen by a Python that was put before it.
  for (const python of ["/usr/bin/python3", "python3"]) {
    if ((await run([python, "-c", `import ${modules}`])).success) return python;
  }
  return undefined;
}

function path(name: string): string {
  return decodeURIComponent(new URL(name, here).pathname);
}

// Gives dir/name, filled by `make` unless it is there. Others may do the same at the same time.
async function cached(
  dir: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = `${dir}/${name}`;
  if (await exists(folder)) return folder;
  const unfinished = await Deno.makeTempDir({ dir, prefix: `${name}-` });
  try {
    await make(unfinished);
    await Deno.rename(unfinished, folder);
  } catch (error) {
    await Deno.remove(unfinished, { recursive: true });
    // Another was faster, and made the same.
    if (!await exists(folder)) throw error;
  }
  return folder;
}

async function exists(folder: string): Promise<boolean> {
  try {
    return (await Deno.stat(folder)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

// 16 hexadecimal digits that stand for the texts and the contents of the files.
async function hash(texts: string[], files: string[]): Promise<string> {
  const contents = await Promise.all(files.map((file) => Deno.readTextFile(path(file))));
  const bytes = new TextEncoder().encode([...texts, ...contents].join("\0"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
}

interface Ran {
  success: boolean;
  stdout: string;
  stderr: string;
}

async function must(command: string[]): Promise<string> {
  const { success, stdout, stderr } = await run(command);
  if (!success) throw new Error(`Cannot build: ${command.join(" ")} says ${stderr}`);
  return stdout;
}

// Runs a program to its end. One that is not there is one without success.
async function run(command: string[], stdin = ""): Promise<Ran> {
  const [program = "", ...args] = command;
  try {
    const child = new Deno.Command(program, {
      args,
      stdin: stdin === "" ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const output = child.output();
    if (stdin !== "") {
      await ReadableStream.from([new TextEncoder().encode(stdin)]).pipeTo(child.stdin);
    }
    const { success, stdout, stderr } = await output;
    const decoder = new TextDecoder();
    return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { success: false, stdout: "", stderr: `there is no ${program}` };
  }
}
