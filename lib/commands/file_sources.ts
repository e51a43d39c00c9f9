/**
 * Where `wagons files` finds files: on a server, or in a store that is opened here.
 *
 * @module
 */

import { ServerRefusedError } from "../client/failures.ts";
import type { FileLink } from "../client/file_link.ts";
import { readFile } from "../client/read_file.ts";
import type { Fetch } from "../client/save_file.ts";
import { resolveSettings } from "../config/resolve.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { MAX_CHUNK_BYTES, MAX_LISTED_FILES, TRANSFER_STALL_TIMEOUT_MS } from "../limits/files.ts";
import { ProgressBar } from "../progress_bar.ts";
import type { FileStore } from "../store/file_store.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { RefusalCode } from "../wire/messages.ts";
import type { Run } from "./command.ts";
import { serverEndpoint } from "./server_endpoint.ts";
import { readStoreKey } from "./store_key.ts";
import { storePath } from "./store_path.ts";
import { openFileLink } from "./transfer_options.ts";
import { interruptible } from "./unfinished.ts";

/** Where files are. */
export interface FileSource {
  /** All of them, in the order that they were stored in. */
  list(): AsyncIterable<FileInfo>;
  /** The file of that id. */
  find(id: string): Promise<FileInfo | undefined>;
  /** Brings the bytes of a file. */
  fetch(file: FileInfo): Fetch;
}

/** The files of a server. */
export class ServerFiles implements FileSource {
  readonly #link: FileLink;
  readonly #options: { readonly timeoutMs: number; readonly signal: AbortSignal };

  /** Takes the way to the server, and the time in which something has to go on. */
  constructor(
    link: FileLink,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ) {
    this.#link = link;
    this.#options = options;
  }

  /** See {@linkcode FileSource}. */
  async *list(): AsyncGenerator<FileInfo> {
    const { timeoutMs } = this.#options;
    for (let after = 0;;) {
      const ask = { kind: "listFiles", after, limit: MAX_LISTED_FILES } as const;
      const { files } = await this.#link.use((connection) =>
        connection.request(ask, "fileList", timeoutMs)
      );
      const last = files.at(-1);
      if (last === undefined) return;
      // A server that gave the same ones again would be asked for ever.
      after = Math.max(after + 1, last.number);
      yield* files;
    }
  }

  /** See {@linkcode FileSource}. */
  async find(id: string): Promise<FileInfo | undefined> {
    const { timeoutMs } = this.#options;
    try {
      return await this.#link.use((connection) =>
        connection.request({ kind: "findFile", id }, "fileInfo", timeoutMs)
      );
    } catch (error) {
      const isNone = error instanceof ServerRefusedError && error.code === RefusalCode.notFound;
      if (isNone) return undefined;
      throw error;
    }
  }

  /** See {@linkcode FileSource}. */
  fetch(file: FileInfo): Fetch {
    return async (from, take) => {
      let at = from;
      await this.#link.use(async (connection) => {
        for await (const bytes of readFile(connection, file, at, this.#options)) {
          await take(bytes);
          at += bytes.length;
        }
      }, () => at);
    };
  }
}

/** The files of a store that is opened here. */
export class StoredFiles implements FileSource {
  readonly #store: FileStore;
  readonly #signal: AbortSignal;

  /** Takes the store. */
  constructor(store: FileStore, signal: AbortSignal) {
    this.#store = store;
    this.#signal = signal;
  }

  /** See {@linkcode FileSource}. */
  async *list(): AsyncGenerator<FileInfo> {
    for (let after = 0;;) {
      const files = this.#store.files(after, MAX_LISTED_FILES);
      const last = files.at(-1);
      if (last === undefined) return;
      after = last.number;
      yield* files;
    }
  }

  /** See {@linkcode FileSource}. */
  find(id: string): Promise<FileInfo | undefined> {
    return Promise.resolve(this.#store.file(id));
  }

  /** See {@linkcode FileSource}. */
  fetch(file: FileInfo): Fetch {
    return async (from, take) => {
      const content = await this.#store.openContent(file.id);
      if (content === undefined) throw new Error(`The store has lost the file ${file.id}`);
      try {
        for (let at = from; at < file.size;) {
          this.#signal.throwIfAborted();
          const bytes = await content.read(at, MAX_CHUNK_BYTES);
          await take(bytes);
          at += bytes.length;
        }
      } finally {
        content.close();
      }
    };
  }
}

/** What the commands work with. */
export interface Reading {
  /** What was asked for. */
  readonly run: Run;
  /** Where the files are. */
  readonly source: FileSource;
  /** Shows how far it is. */
  readonly bar: ProgressBar;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/**
 * Does something with the files of the store or the server that was named.
 *
 * @throws {UsageError} when both are named, {@linkcode InterruptedError} when it is interrupted, and
 * what the action throws.
 */
export async function withFiles(
  run: Run,
  action: (reading: Reading) => Promise<void>,
): Promise<ExitCode> {
  const { flags, sources, context, ui } = run;
  const { settings, origin } = resolveSettings("files", sources);
  const signal = context.interrupted();
  using bar = new ProgressBar(ui.barStream);
  return await interruptible(signal, "Interrupted", async () => {
    // A store in the config may be there for a server of this machine.
    if (origin("store")?.rank === 3) {
      if (flags.from !== undefined) {
        throw new UsageError("--store and --from are both set", { hint: "Keep one of them." });
      }
      const key = readStoreKey(settings);
      const store = openSqliteStore(storePath(settings, context.variable), { readOnly: true, key });
      try {
        await action({ run, source: new StoredFiles(store, signal), bar, signal });
      } finally {
        store.close();
      }
      return ExitCode.ok;
    }
    const endpoint = serverEndpoint(flags.from as string | undefined, settings);
    using link = await openFileLink(run, endpoint, settings, signal, bar);
    const timeoutMs = settings.timeout ?? TRANSFER_STALL_TIMEOUT_MS;
    await action({ run, source: new ServerFiles(link, { timeoutMs, signal }), bar, signal });
    return ExitCode.ok;
  });
}
