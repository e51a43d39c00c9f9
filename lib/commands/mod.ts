/**
 * The subcommands: one line each. A module is loaded when its command runs, so that none pays for
 * the others.
 *
 * @module
 */

import type { CommandModule } from "./command.ts";

/** A subcommand. */
export interface CommandEntry {
  /** Its name. */
  readonly name: string;
  /** What it does, for the list of commands. */
  readonly summary: string;
  /** Loads what defines it. */
  readonly load: () => Promise<CommandModule>;
}

/** All subcommands, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "serve", summary: "run a server", load: () => import("./serve.ts") },
  {
    name: "client",
    summary: "ask a server, once or at an interval",
    load: () => import("./client.ts"),
  },
  {
    name: "send",
    summary: "send a manifest or another dictionary to a server",
    load: () => import("./send.ts"),
  },
  { name: "chat", summary: "talk and exchange files with others", load: () => import("./chat.ts") },
  {
    name: "message",
    summary: "send and hear messages by http://, ws:// and udp://",
    load: () => import("./message.ts"),
  },
  { name: "put", summary: "put files on a server", load: () => import("./put.ts") },
  { name: "files", summary: "list and get files", load: () => import("./files.ts") },
  { name: "qr", summary: "turn manifests into QR codes and back", load: () => import("./qr.ts") },
  {
    name: "convert",
    summary: "turn dictionaries from any format into any other",
    load: () => import("./convert.ts"),
  },
  { name: "manifests", summary: "look into a store", load: () => import("./manifests.ts") },
  {
    name: "documents",
    summary: "look at dictionaries in a store that are no manifests",
    load: () => import("./documents.ts"),
  },
  {
    name: "store",
    summary: "seal a store, and change its key",
    load: () => import("./store.ts"),
  },
  { name: "key", summary: "make keys and tell them apart", load: () => import("./key.ts") },
  {
    name: "cert",
    summary: "make and show certificates for tls://",
    load: () => import("./cert.ts"),
  },
  {
    name: "discover",
    summary: "find servers on the network",
    load: () => import("./discover.ts"),
  },
  { name: "shutdown", summary: "stop a server", load: () => import("./shutdown.ts") },
  { name: "bench", summary: "measure a server", load: () => import("./bench.ts") },
];
