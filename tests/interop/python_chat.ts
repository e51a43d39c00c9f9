/**
 * Programs in Python that speak the chat dialect as system C's do: those of peers/c_*.py.
 *
 * @module
 */

import { findPython } from "../../scripts/bench/peers/peers.ts";
import { test, type TestOptions } from "../helpers/strict.ts";
import { PeerProcess } from "./peer_process.ts";

const PEERS = new URL("peers/", import.meta.url);
const python = await findPython("json, socket");

/** A test that needs Python, and says so in its name when it is skipped for that. */
export function testWithPython(
  name: string,
  fn: () => Promise<void>,
  options: TestOptions = {},
): void {
  const isMissing = python === undefined;
  test(isMissing ? `${name} (skipped: no python3)` : name, fn, {
    ignore: isMissing || options.ignore === true,
  });
}

/** The program of that file and its arguments. It leaves no compiled files in the tree. */
export function pythonPeer(file: string, ...args: string[]): string[] {
  return [python ?? "", "-B", decodeURIComponent(new URL(file, PEERS).pathname), ...args];
}

/** One of these programs that runs. */
export class PythonPeer extends PeerProcess {
  /** Starts one. */
  constructor(file: string, ...args: string[]) {
    super(pythonPeer(file, ...args));
  }
}
