import type { ContentInfo, Upload } from "../../lib/store/file_store.ts";
import { FakeStore } from "./fake_store.ts";

/** A store in memory whose writes of files wait, or fail, as the test says. */
export class HeldStore extends FakeStore {
  /** Uploads that are not closed. */
  openUploads = 0;
  /** How often what has come was made durable. */
  syncs = 0;
  /** Rejects what is written from now on. */
  writeFailure: unknown;
  /** Uploads are not opened before their signals are aborted. */
  isOpening = false;
  #held: PromiseWithResolvers<void> | undefined;

  /** Writes wait until {@linkcode release}. */
  hold(): void {
    this.#held = Promise.withResolvers();
  }

  /** Lets the writes that wait go on. */
  release(): void {
    this.#held?.resolve();
    this.#held = undefined;
  }

  /** See {@linkcode FakeStore}. */
  override async openUpload(content: ContentInfo, signal?: AbortSignal): Promise<Upload> {
    if (this.isOpening) return await never(signal!);
    const upload = await super.openUpload(content, signal);
    this.openUploads++;
    return {
      get durableBytes() {
        return upload.durableBytes;
      },
      get isTakenOver() {
        return upload.isTakenOver;
      },
      write: async (data) => {
        await this.#held?.promise;
        if (this.writeFailure !== undefined) throw this.writeFailure;
        await upload.write(data);
      },
      sync: () => {
        this.syncs++;
        return upload.sync();
      },
      finish: (file) => upload.finish(file),
      close: () => {
        this.openUploads--;
        return upload.close();
      },
    };
  }
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason));
  });
}
