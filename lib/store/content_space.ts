import { formatBytes } from "../units.ts";
import type { ContentRows } from "./content_rows.ts";
import { type ContentInfo, NoRoomError, type Upload } from "./file_store.ts";

/** What an upload may still add to what is on the disk. */
interface Claim {
  /** The content's hash, or what else only its uploads have. */
  readonly name: string | symbol;
  /** Bytes of the whole content. */
  readonly size: number;
  /** How much of it is on the disk: the upload, or before there is one what an earlier has left. */
  source: Pick<Upload, "durableBytes">;
}

/**
 * The room that all contents together may take: those that are there, in part or whole, and what is
 * still to come of those that are being put.
 */
export class ContentSpace {
  readonly #rows: ContentRows;
  readonly #maxBytes: number;
  /** Several of one content, where somebody puts it and others ask to. */
  readonly #claims = new Set<Claim>();

  /** Takes the rows of contents, and the bound in bytes. */
  constructor(rows: ContentRows, maxBytes: number) {
    this.#rows = rows;
    this.#maxBytes = maxBytes;
  }

  /**
   * Begins an upload when there is room for it. The room is its own until it has ended.
   *
   * @throws {NoRoomError} (as a rejection) when there is not.
   */
  async open<T extends Upload & { readonly ended: Promise<void> }>(
    content: ContentInfo,
    open: (content: ContentInfo) => Promise<T>,
  ): Promise<T> {
    if (this.#maxBytes === Infinity) return await open(content);
    const name = content.sha256?.toHex() ?? Symbol();
    const claim: Claim = { name, size: content.size, source: this.#there(content) };
    this.#check(claim, this.#usedWithout(name));
    this.#claims.add(claim);
    const release = () => this.#claims.delete(claim);
    try {
      const upload = await open(content);
      claim.source = upload;
      upload.ended.then(release);
      return upload;
    } catch (error) {
      release();
      throw error;
    }
  }

  #there({ size, sha256 }: ContentInfo): { durableBytes: number } {
    const found = sha256 && this.#rows.findSame(sha256);
    return found !== undefined && found.size === size ? found : { durableBytes: 0 };
  }

  #usedWithout(name: string | symbol): number {
    // The same content is written once, however many want to put it.
    const others = new Map<string | symbol, number>();
    for (const claim of this.#claims) {
      if (claim.name === name) continue;
      others.set(claim.name, Math.max(missing(claim), others.get(claim.name) ?? 0));
    }
    return others.values().reduce((sum, bytes) => sum + bytes, this.#rows.durableBytes());
  }

  #check(claim: Claim, usedBytes: number): void {
    const bytes = missing(claim);
    // What adds nothing is taken also when there is too much: the bound may be a new one.
    if (bytes === 0 || usedBytes + bytes <= this.#maxBytes) return;
    const free = formatBytes(Math.max(0, this.#maxBytes - usedBytes));
    throw new NoRoomError(
      `There is no room for ${bytes} bytes: of the ${formatBytes(this.#maxBytes)} that all files ` +
        `may take together, ${free} are free`,
    );
  }
}

function missing({ size, source }: Claim): number {
  return Math.max(0, size - source.durableBytes);
}
