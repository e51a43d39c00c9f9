import type { StatementSync } from "node:sqlite";
import { isSameBytes } from "../bytes.ts";
import { READ_AGAIN_BYTES } from "../limits/store.ts";
import { CONTENT_KEY_BYTES } from "../seal/content.ts";
import { RecordError } from "../seal/record.ts";
import { randomBytes } from "./bodies.ts";
import type { ContentFolder } from "./content_folder.ts";
import { ContentReader } from "./content_reader.ts";
import { type ContentRecord, decodeContentRecord, encodeContentRecord } from "./content_record.ts";
import { ContentShape } from "./content_shape.ts";
import { ContentWriter } from "./content_writer.ts";
import type { Discarded } from "./discarded.ts";
import { type OldRecord, type RekeyParts, RekeyRecords } from "./rekey_records.ts";
import type { RecordTable } from "./tables.ts";

/** Where the bytes of contents are, and how. */
export interface RekeyContentsOptions {
  /** The folder. */
  readonly folder: ContentFolder;
  /** Its files that are to be removed. */
  readonly discarded: Discarded;
  /** Bytes of a content that are sealed together. */
  readonly chunkBytes: number;
}

/** A content as it shall be. */
interface NewContent {
  readonly id: Uint8Array;
  readonly record: ContentRecord;
  readonly durableBytes: number;
}

/** A content as it is. */
interface OldContent extends NewContent {
  readonly isWhole: boolean;
}

/** The change of the key in the contents of files. */
export class RekeyContents extends RekeyRecords {
  readonly #options: RekeyContentsOptions;
  /** The files have to be written anew: they are sealed for the first time, or not any more. */
  readonly #isRewriting: boolean;
  readonly #select: StatementSync;
  readonly #update: StatementSync;

  /** Takes the table, what to work with, and where the bytes are. */
  constructor(table: RecordTable, parts: RekeyParts, options: RekeyContentsOptions) {
    super(table, parts);
    this.#options = options;
    const { from, to } = parts.keys;
    this.#isRewriting = (from.keyId === undefined) !== (to.keyId === undefined);
    this.#select = parts.database.prepare(
      "SELECT is_whole, durable_bytes FROM contents WHERE number = ?",
    );
    this.#update = parts.database.prepare(
      `UPDATE contents SET id = ?, body = ?, key_id = ?, digest = ?, durable_bytes = ?
       WHERE number = ? AND id = ? AND key_id IS NOT ?`,
    );
  }

  /** See {@linkcode RekeyRecords}: what is to be written anew has to be there, and whole. */
  protected override async checkOne(record: OldRecord): Promise<void> {
    const content = this.#read(record);
    if (!this.#isRewriting || !content.isWhole) return;
    const reader = await ContentReader.open(this.#options.folder, this.#shapeOf(content));
    try {
      // What is plain has nothing that tells whether it was changed.
      if (content.record.key === undefined) return;
      for (let at = 0; at < content.record.size; at += READ_AGAIN_BYTES) {
        await reader.read(at, READ_AGAIN_BYTES);
        this.parts.lock.checkSignal("before anything was changed", "The store is as it was.");
      }
    } finally {
      reader.close();
    }
  }

  /** See {@linkcode RekeyRecords}: the bytes first, each content in a new file. */
  protected override async changeBatch(
    afterRowid: number,
    isMarked: () => boolean,
  ): Promise<OldRecord[]> {
    const { lock } = this.parts;
    if (!this.#isRewriting) {
      return await lock.transaction(() => {
        if (!isMarked()) return [];
        const batch = this.batch(afterRowid);
        for (const record of batch) this.#write(record, this.#read(record));
        return batch;
      });
    }
    const [record] = this.batch(afterRowid, 1);
    if (record === undefined) return [];
    let written;
    try {
      written = await this.#rewrite(this.#read(record));
    } catch (error) {
      if (this.#isOld(record)) throw error;
      // Another run was faster, and has removed the file.
      return [record];
    }
    const isChanged = await lock.transaction(() => isMarked() && this.#write(record, written));
    // Another run may have been faster; then its file counts.
    await this.#options.folder.remove(isChanged ? record.body.id : written.id);
    return [record];
  }

  #isOld({ rowid, body }: OldRecord): boolean {
    const [now] = this.batch(rowid - 1, 1);
    return now !== undefined && isSameBytes(now.body.id, body.id);
  }

  #read({ rowid, body }: OldRecord): OldContent {
    const record = decodeContentRecord(this.parts.keys.from.open(body));
    const { is_whole, durable_bytes } = this.#select.get(rowid)!;
    const durableBytes = durable_bytes as number;
    return { id: body.id, record, durableBytes, isWhole: is_whole === 1 };
  }

  /** Writes a record as it shall be; false when that was done already. */
  #write({ rowid, body }: OldRecord, { id, record, durableBytes }: NewContent): boolean {
    const { to } = this.parts.keys;
    const sealed = to.seal({ ...body, id }, encodeContentRecord(record));
    const digest = record.sha256 === undefined ? null : to.digest(record.sha256);
    const keyId = to.keyId ?? null;
    return this.#update.run(id, sealed, keyId, digest, durableBytes, rowid, body.id, keyId)
      .changes === 1;
  }

  /** Writes what is there of a content into a new file, sealed or not as it shall be. */
  async #rewrite(old: OldContent): Promise<NewContent> {
    const { folder, discarded } = this.#options;
    const { key: _, ...info } = old.record;
    const id = randomBytes(16);
    // When this is killed before the row has that id.
    await this.parts.lock.transaction(() => discarded.add(id));
    const isSealed = this.parts.keys.to.keyId !== undefined;
    const record = isSealed ? { ...info, key: randomBytes(CONTENT_KEY_BYTES) } : info;
    const shape = this.#shapeOf({ id, record });
    let durableBytes = old.isWhole ? info.size : shape.wholeBytes(old.durableBytes);
    const writer = await ContentWriter.open(folder, shape, 0);
    try {
      await this.#copy(old, writer, durableBytes);
      await writer.sync();
    } catch (error) {
      // A part of which nothing can be used any more is put from its beginning.
      if (old.isWhole || !(error instanceof RecordError)) {
        await folder.remove(id);
        throw error;
      }
      durableBytes = 0;
    } finally {
      writer.close();
    }
    return { id, record, durableBytes };
  }

  async #copy(old: OldContent, writer: ContentWriter, bytes: number): Promise<void> {
    if (bytes === 0) return;
    const reader = await ContentReader.open(
      this.#options.folder,
      this.#shapeOf(old),
      old.isWhole ? bytes : old.durableBytes,
    );
    try {
      for (let at = 0; at < bytes; at += READ_AGAIN_BYTES) {
        await writer.write(await reader.read(at, Math.min(READ_AGAIN_BYTES, bytes - at)));
        this.parts.lock.checkSignal(
          "in the content of a file",
          "Run the same command again to go on; a store that is half changed takes nothing.",
        );
      }
    } finally {
      reader.close();
    }
  }

  #shapeOf({ id, record: { size, key } }: Pick<NewContent, "id" | "record">): ContentShape {
    return new ContentShape({ id, size, key, chunkBytes: this.#options.chunkBytes });
  }
}
