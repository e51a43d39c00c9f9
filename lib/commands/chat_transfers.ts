import { basename } from "node:path";
import type { RoomSession } from "../client/room_session.ts";
import type { TransferOptions } from "../client/room_link.ts";
import { type Progress, REDRAW_MS } from "../progress.ts";
import { RateMeter } from "../rate_meter.ts";
import type { FileInfo } from "../wire/file_messages.ts";

/** Who is told of transfers. */
export interface TransferEvents {
  /** Shows how far the one that runs has come; `undefined` when none does. */
  onProgress(progress: Progress | undefined): void;
  /** The room has been offered a file. */
  onOffered(name: string): void;
  /** A file was saved there. */
  onSaved(number: number, path: string): void;
  /** It failed for good. */
  onFailed(what: string, error: unknown): void;
}

/** Uploads and downloads of a chat: one after the other, each over as many connections as it takes. */
export class ChatTransfers {
  readonly #session: RoomSession;
  readonly #events: TransferEvents;
  readonly #signal: AbortSignal;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Takes the room, who is told, and what gives up all of them. */
  constructor(session: RoomSession, events: TransferEvents, signal: AbortSignal) {
    this.#session = session;
    this.#events = events;
    this.#signal = signal;
  }

  /** How many run or wait for their turn. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Resolves when none runs or waits. */
  async idle(): Promise<void> {
    while (this.#waiting > 0) await this.#last;
  }

  /** Offers a file to the room. */
  upload(path: string): void {
    const name = basename(path);
    const id = this.#session.newId();
    this.#queue(name, `upload ${path}`, async (options) => {
      await this.#session.withLink((link) => link.offer(id, path, options), this.#signal);
      this.#events.onOffered(name);
    });
  }

  /** Saves a file that was offered. */
  save(number: number, file: FileInfo, folder: string): void {
    this.#queue(file.name, `save [${number}]`, async (options) => {
      const path = await this.#session.withLink(
        (link) => link.save(file, folder, options),
        this.#signal,
      );
      this.#events.onSaved(number, path);
    });
  }

  #queue(label: string, what: string, run: (options: TransferOptions) => Promise<void>): void {
    this.#waiting++;
    this.#last = this.#last.then(async () => {
      const meter = new RateMeter();
      let shownAtMs = -Infinity;
      const onProgress: TransferOptions["onProgress"] = (progress) => {
        const nowMs = performance.now();
        meter.note(progress.doneBytes, nowMs);
        if (nowMs - shownAtMs < REDRAW_MS) return;
        shownAtMs = nowMs;
        this.#events.onProgress({ label, ...progress, bytesPerSecond: meter.bytesPerSecond });
      };
      try {
        await run({ onProgress, signal: this.#signal });
      } catch (error) {
        if (!this.#signal.aborted) this.#events.onFailed(what, error);
      } finally {
        this.#waiting--;
        this.#events.onProgress(undefined);
      }
    });
  }
}
