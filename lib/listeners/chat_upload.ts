import { type Denial, isDenial } from "../hub/gate.ts";
import type { InlineFiles } from "../hub/inline_files.ts";
import type { Member, Said } from "../hub/member.ts";
import { MAX_FILE_NAME_BYTES } from "../limits/files.ts";
import type { Upload } from "../store/file_store.ts";

/**
 * A file that a peer of the chat dialect is sending. It comes whether it is wanted or not: when it
 * is not kept, its bytes go nowhere, and {@linkcode ChatUpload.offer} says why.
 */
export class ChatUpload {
  readonly #files: InlineFiles;
  readonly #member: Member;
  readonly #name: string;
  /** Where its bytes go, or why they go nowhere. */
  #upload: Upload | Denial;

  private constructor(files: InlineFiles, member: Member, name: string, upload: Upload | Denial) {
    this.#files = files;
    this.#member = member;
    this.#name = name;
    this.#upload = upload;
  }

  /** Begins to take a file that a member sends. Never rejects. */
  static async begin(
    files: InlineFiles,
    member: Member,
    { name, size }: { name: string; size: number },
  ): Promise<ChatUpload> {
    const kept = keptName(name);
    return new ChatUpload(files, member, kept, await files.begin(member, { name: kept, size }));
  }

  /** Takes the next bytes, which are only lent. Never rejects. */
  async write(bytes: Uint8Array): Promise<void> {
    const upload = this.#upload;
    if (isDenial(upload)) return;
    try {
      await upload.write(bytes.slice());
    } catch (error) {
      this.#upload = this.#files.cannot(this.#name, error);
      await this.#end(upload);
    }
  }

  /** All has come: keeps the file under that id and offers it, or says why not. Never rejects. */
  async offer(id: string): Promise<Said> {
    const upload = this.#upload;
    if (isDenial(upload)) return upload;
    const { name: source } = this.#member;
    const said = await this.#files.offer(this.#member, upload, { id, name: this.#name, source });
    await this.#end(upload);
    return said;
  }

  /** It does not come to its end. Never rejects. */
  async close(): Promise<void> {
    if (!isDenial(this.#upload)) await this.#end(this.#upload);
  }

  async #end(upload: Upload): Promise<void> {
    try {
      await upload.close();
    } catch (error) {
      this.#files.cannot(this.#name, error);
    }
  }
}

/** A name in the form in which it is kept: it is shown, and made safe by who saves the file. */
function keptName(name: string): string {
  let kept = name.toWellFormed().replaceAll(/\p{Cc}/gu, "_");
  const encoder = new TextEncoder();
  while (encoder.encode(kept).length > MAX_FILE_NAME_BYTES) {
    kept = [...kept].slice(0, -1 - (kept.length >> 3)).join("");
  }
  return kept;
}
