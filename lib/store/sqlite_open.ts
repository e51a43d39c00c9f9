import { dirname, isAbsolute } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { reasonOf, UsageError } from "../errors.ts";
import { STORE_BUSY_TIMEOUT_MS } from "../limits/store.ts";

/** How to open the file of a SQLite store. */
export interface SqliteOptions {
  /** Only read: the file has to be there, and nobody is kept from writing. Default: false. */
  readOnly?: boolean;
  /** Make the folder of the file, for its owner alone, if it is not there. Default: false. */
  makeFolder?: boolean;
}

/** Marks a SQLite file as ours: "WAGN". */
const APPLICATION_ID = 0x5741474e;

/** Each step takes a store from the version that is its index to the next one. */
const MIGRATIONS = [
  `CREATE TABLE manifests (
     id BLOB NOT NULL UNIQUE,          -- 16 bytes
     stored_at_ms INTEGER NOT NULL,    -- since the Unix epoch
     body BLOB NOT NULL                -- a WrapperMessage with a Manifest
   ) STRICT;
   CREATE INDEX manifests_by_time ON manifests (stored_at_ms);`,
  `ALTER TABLE manifests ADD COLUMN key_id BLOB; -- 8 bytes: which key seals the body; NULL: none
   CREATE TABLE seal (                           -- how the store is written now: one row
     one INTEGER PRIMARY KEY CHECK (one = 1),
     key_id BLOB,                                -- with which key; NULL: plain
     is_rekeying INTEGER NOT NULL,               -- 1: some bodies are still as before
     old_key_id BLOB,                            -- with which key those are sealed; NULL: plain
     mark BLOB                                   -- made with the key, while plain bodies are sealed
   ) STRICT;
   INSERT INTO seal VALUES (1, NULL, 0, NULL, NULL);`,
  `CREATE TABLE events (                         -- what was said and offered in the room
     number INTEGER PRIMARY KEY AUTOINCREMENT,   -- none is given twice, also when it was deleted
     id BLOB NOT NULL UNIQUE,                    -- 16 bytes
     stored_at_ms INTEGER NOT NULL,
     body BLOB NOT NULL,                         -- a WrapperMessage with a RoomEvent
     key_id BLOB
   ) STRICT;
   CREATE INDEX events_by_time ON events (stored_at_ms);
   CREATE TABLE files (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id BLOB NOT NULL UNIQUE,                    -- 16 bytes
     stored_at_ms INTEGER NOT NULL,
     body BLOB NOT NULL,                         -- a WrapperMessage with a FileInfo
     key_id BLOB,
     content INTEGER NOT NULL                    -- its number
   ) STRICT;
   CREATE INDEX files_by_content ON files (content);
   CREATE TABLE contents (                       -- what is in files; the bytes are in a folder
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id BLOB NOT NULL UNIQUE,                    -- 16 random bytes: the name of its file there
     stored_at_ms INTEGER NOT NULL,              -- when it was begun
     body BLOB NOT NULL,                         -- size, SHA-256, key: see content_record.ts
     key_id BLOB,
     digest BLOB UNIQUE,                         -- what the same is found by; NULL: only the end tells
     is_whole INTEGER NOT NULL,                  -- 0: it is being put, or was not put to its end
     durable_bytes INTEGER NOT NULL,             -- so many of its bytes are on the disk
     used_at_ms INTEGER NOT NULL                 -- when some of it was put last
   ) STRICT;`,
  `CREATE TABLE discarded (                      -- files in the folder that may be removed
     id BLOB NOT NULL PRIMARY KEY                -- of a content that is not there any more, or not yet
   ) STRICT;
   CREATE TRIGGER content_added AFTER INSERT ON contents BEGIN
     DELETE FROM discarded WHERE id = NEW.id;
   END;
   CREATE TRIGGER content_removed AFTER DELETE ON contents BEGIN
     INSERT OR IGNORE INTO discarded VALUES (OLD.id);
   END;
   CREATE TRIGGER content_renamed AFTER UPDATE OF id ON contents WHEN NEW.id IS NOT OLD.id BEGIN
     INSERT OR IGNORE INTO discarded VALUES (OLD.id);
     DELETE FROM discarded WHERE id = NEW.id;
   END;`,
  `CREATE TABLE documents (                      -- dictionaries that are no manifests
     id BLOB NOT NULL UNIQUE,                    -- 16 bytes
     stored_at_ms INTEGER NOT NULL,
     body BLOB NOT NULL,                         -- what a list shows of it: see document_head.ts
     key_id BLOB
   ) STRICT;
   CREATE INDEX documents_by_time ON documents (stored_at_ms);
   CREATE TABLE dictionaries (                   -- what these documents say
     id BLOB NOT NULL UNIQUE,                    -- of the document
     stored_at_ms INTEGER NOT NULL,
     body BLOB NOT NULL,                         -- JSON
     key_id BLOB
   ) STRICT;`,
];

/** The steps that make tables which a reader of an older store goes without. */
const TABLE_STEPS = [2, 4];

/** SQLite's code for it (https://sqlite.org/rescode.html#busy). */
const SQLITE_BUSY = 5;

/** Whether an error of SQLite says that another process writes. */
export function isBusy(error: unknown): boolean {
  // The low byte is the primary code: SQLITE_BUSY_RECOVERY and others are kinds of it.
  return error instanceof Error && "errcode" in error &&
    (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}

/** How often the change to WAL is tried: each time another process was just making the store. */
const WAL_ATTEMPTS = 10;

/**
 * Opens the SQLite file of a store and brings it to this program's version.
 *
 * @throws {UsageError} when the file cannot be opened, is no store, or is one of a newer version.
 */
export function openDatabase(path: string, options: SqliteOptions): DatabaseSync {
  const readOnly = options.readOnly ?? false;
  makeFile(path, readOnly, options.makeFolder ?? false);
  let database: DatabaseSync | undefined;
  try {
    // A name like :memory: or file:x?mode=memory is a file's name too: a receipt means the disk.
    const file = isAbsolute(path) ? path : `./${path}`;
    // Readers too open it for writing, where they may: only then can the last of them take away
    // the -wal and -shm files again that SQLite makes for each.
    database = new DatabaseSync(file, { timeout: STORE_BUSY_TIMEOUT_MS });
    // What SQLite puts aside while it works is of no use to anyone, and belongs on no disk.
    database.exec("PRAGMA temp_store = MEMORY");
    prepare(database, path, readOnly);
    if (readOnly) database.exec("PRAGMA query_only = ON");
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof UsageError) throw error;
    const why = reasonOf(error);
    throw new UsageError(`Cannot open the store ${path}: ${why}`, {
      cause: error,
      hint: "Name a file that is a store of wagons, or one that is not there yet, with --store.",
    });
  }
}

/**
 * Makes sure that there is a file: SQLite's own message does not say what is in the way. A file
 * that is there is not opened: closing it would drop the locks of every other handle that this
 * process has on it (https://sqlite.org/howtocorrupt.html, 2.2).
 */
function makeFile(path: string, readOnly: boolean, makeFolder: boolean): void {
  try {
    if (makeFolder) Deno.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!readOnly && !isThere(path)) {
      // Only the owner reads what the yards say; -wal and -shm get the same mode from SQLite.
      Deno.openSync(path, { write: true, create: true, mode: 0o600 }).close();
    }
    if (Deno.statSync(path).isDirectory) throw new Deno.errors.IsADirectory("it is a folder");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UsageError(
        readOnly
          ? `There is no store at ${path}`
          : `Cannot make the store ${path}: there is no such folder`,
        {
          cause: error,
          hint: readOnly
            ? "Name the file that `wagons serve` writes with --store, or in WAGONS_STORE."
            : "Make the folder first, or name another file with --store.",
        },
      );
    }
    const why = reasonOf(error);
    throw new UsageError(`Cannot open the store ${path}: ${why}`, {
      cause: error,
      hint: "Name a file that this user may write with --store, or in WAGONS_STORE.",
    });
  }
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function prepare(database: DatabaseSync, path: string, readOnly: boolean): void {
  const version = readVersion(database, path);
  if (readOnly) {
    if (version === 0) throw new UsageError(`There is no store at ${path}: the file is empty`);
    // To a reader an older store looks as one of today that has nothing in the newer tables.
    for (const step of TABLE_STEPS) {
      if (version > step) continue;
      database.exec(
        MIGRATIONS[step]!.replaceAll("CREATE TABLE", "CREATE TEMP TABLE")
          .replaceAll("CREATE INDEX ", "CREATE INDEX temp."),
      );
    }
    return;
  }
  useWal(database);
  // A receipt is a promise: the commit is on the disk, not only with the operating system.
  database.exec("PRAGMA synchronous = FULL");
  // What is deleted is overwritten with zeros.
  database.exec("PRAGMA secure_delete = ON");
  // Not even a lock for a store that is as it should be: others may be writing it all the time.
  if (version < MIGRATIONS.length) migrate(database, path);
}

/** Changes to WAL. Unlike other statements that one fails at once while another process writes. */
function useWal(database: DatabaseSync): void {
  for (let attempt = 1;; attempt++) {
    try {
      return database.exec("PRAGMA journal_mode = WAL");
    } catch (error) {
      const isLocked = error instanceof Error && error.message === "database is locked";
      if (!isLocked || attempt === WAL_ATTEMPTS) throw error;
      // This waits for the other one.
      database.exec("BEGIN IMMEDIATE; COMMIT");
    }
  }
}

/** The version of the store; throws when it is none, or a newer one. */
function readVersion(database: DatabaseSync, path: string): number {
  // First: of a store that another process is making right now, it is the mark that comes last.
  const isEmpty = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()!.n === 0;
  const applicationId = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  if (applicationId !== APPLICATION_ID && !isEmpty) {
    throw new UsageError(`${path} is a database of another program`, {
      hint: "Name another file with --store.",
    });
  }
  if (version > MIGRATIONS.length) {
    throw new UsageError(
      `The store ${path} has version ${version}: this wagons reads up to ${MIGRATIONS.length}`,
      { hint: "Use the newer wagons that wrote it." },
    );
  }
  return version;
}

function migrate(database: DatabaseSync, path: string): void {
  database.exec("BEGIN IMMEDIATE");
  // Read again under the lock: another process may have been faster.
  for (const step of MIGRATIONS.slice(readVersion(database, path))) database.exec(step);
  database.exec(
    `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length};`,
  );
  database.exec("COMMIT");
}

function pragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return database.prepare(`PRAGMA ${name}`).get()![name] as number;
}
