/**
 * All settings that stand in wagons.toml, in the environment, or on the command line. A key
 * `maxFrameBytes` of the section `serve` is the flag `--max-frame-bytes`, the variable
 * `WAGONS_SERVE_MAX_FRAME_BYTES`, and `max_frame_bytes` under `[serve]`. The keys outside of the
 * sections are `WAGONS_SERVER` and so on, and every command that has a use for them takes them.
 *
 * @module
 */

import * as v from "valibot";
import { FORMAT_NAMES } from "../formats/format.ts";
import { PRINT_FORMATS } from "../print/format.ts";
import { MAX_SHOWN_EVENTS } from "../limits/client.ts";
import {
  bytes,
  choice,
  duration,
  endpoint,
  endpoints,
  fileName,
  fingerprint,
  flag,
  integer,
  port,
  ports,
  printTarget,
  serverName,
  subnets,
  text,
} from "./values.ts";

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const YEAR = 365 * 24 * HOUR;
const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

const log = {
  logFile: v.optional(text("path")),
  logLevel: v.optional(choice(["debug", "info", "warning", "error"])),
  logMaxBytes: v.optional(bytes(4 * KIB, 1024 * MIB)),
  logFiles: v.optional(integer(2, 100)),
};

const server = v.optional(endpoint());
const store = v.optional(text("path"));
const keyFile = v.optional(text("path"));
const storeKeyFile = v.optional(text("path"));
const tlsCert = v.optional(text("path"));
const tlsKey = v.optional(text("path"));
const ca = v.optional(text("path"));
const pin = v.optional(fingerprint());

const serve = {
  listen: v.optional(endpoints()),
  name: v.optional(serverName()),
  host: v.optional(text("host")),
  port: v.optional(port(0)),
  maxConnections: v.optional(integer(1, 1_000_000)),
  maxConnectionsPerAddress: v.optional(integer(1, 1_000_000)),
  maxFrameBytes: v.optional(bytes(KIB, 64 * MIB)),
  maxFileBytes: v.optional(bytes(0, 1024 * 1024 * GIB)),
  maxFilesBytes: v.optional(bytes(0, 1024 * 1024 * GIB)),
  maxChatFileBytes: v.optional(bytes(0, GIB)),
  dictFileName: v.optional(fileName()),
  frameTimeout: v.optional(duration(100, HOUR)),
  handshakeTimeout: v.optional(duration(100, HOUR)),
  stallTimeout: v.optional(duration(100, HOUR)),
  maxSleeping: v.optional(integer(0, 1_000_000)),
  drainTimeout: v.optional(duration(0, HOUR)),
  historyCount: v.optional(integer(0, 100_000_000)),
  historyAge: v.optional(duration(SECOND, 100 * YEAR)),
  tokenLife: v.optional(duration(SECOND, 24 * HOUR)),
  udpAnswerJunk: v.optional(flag()),
  publicMetrics: v.optional(flag()),
  announce: v.optional(flag()),
  insecure: v.optional(flag()),
  clientCa: v.optional(text("path")),
  print: v.optional(printTarget()),
  printFormat: v.optional(choice(PRINT_FORMATS)),
  printMaxBytes: v.optional(bytes(64 * KIB, 1024 * GIB)),
  printFiles: v.optional(integer(2, 1000)),
  ...log,
};

const client = {
  host: v.optional(text("host")),
  port: v.optional(port(1)),
  interval: v.optional(duration(10, SECOND)),
  reconnect: v.optional(duration(SECOND, 10 * SECOND)),
  timeout: v.optional(duration(100, HOUR)),
  connectTimeout: v.optional(duration(100, HOUR)),
  ...log,
};

const format = v.optional(choice(FORMAT_NAMES));
const pickleProtocol = v.optional(integer(2, 4));

const send = {
  source: v.optional(text("name")),
  format,
  pickleProtocol,
  pause: v.optional(duration(0, HOUR)),
  timeout: v.optional(duration(100, HOUR)),
  connectTimeout: v.optional(duration(100, HOUR)),
};

const convert = { format, pickleProtocol };

const chat = {
  name: v.optional(text("name")),
  history: v.optional(integer(0, MAX_SHOWN_EVENTS)),
  timeout: v.optional(duration(100, HOUR)),
  connectTimeout: v.optional(duration(100, HOUR)),
};

const put = {
  source: v.optional(text("name")),
  timeout: v.optional(duration(100, HOUR)),
  connectTimeout: v.optional(duration(100, HOUR)),
  retries: v.optional(integer(0, 1000)),
};

const files = {
  timeout: v.optional(duration(100, HOUR)),
  connectTimeout: v.optional(duration(100, HOUR)),
  retries: v.optional(integer(0, 1000)),
};

const discover = {
  subnet: v.optional(subnets()),
  port: v.optional(ports()),
  udpPort: v.optional(port(1)),
  timeout: v.optional(duration(100, HOUR)),
};

const shutdown = {
  timeout: v.optional(duration(100, HOUR)),
  connectTimeout: v.optional(duration(100, HOUR)),
};

const message = {
  user: v.optional(text("name")),
  timeout: v.optional(duration(100, HOUR)),
  connectTimeout: v.optional(duration(100, HOUR)),
  wait: v.optional(duration(0, HOUR)),
};

const bench = {
  connections: v.optional(integer(1, 100_000)),
  inFlight: v.optional(integer(1, 10_000)),
  duration: v.optional(duration(100, HOUR)),
  warmUp: v.optional(duration(0, HOUR)),
};

/** The sections of wagons.toml, each with its settings. */
export const SECTIONS = {
  serve,
  client,
  send,
  convert,
  chat,
  message,
  put,
  files,
  manifests: {},
  // `manifests show` and `documents show`.
  show: { format, pickleProtocol },
  discover,
  shutdown,
  bench,
};

/** The keys of wagons.toml outside of its sections. */
export const COMMON = { server, store, keyFile, storeKeyFile, tlsCert, tlsKey, ca, pin };

/** The name of a section. */
export type SectionName = keyof typeof SECTIONS;

/** What validated values of some settings look like. */
export type Output<T extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<T, undefined>>;

/** What all commands may use. */
export type CommonSettings = Output<typeof COMMON>;

/** What is set for the commands of a section. */
export type Settings<S extends SectionName> =
  & Output<(typeof SECTIONS)[S]>
  & CommonSettings;
