import { SERVER_NAME } from "../hub/member_name.ts";
import { formatBytes } from "../units.ts";
import { showable } from "../ui.ts";
import { ChatEncoder, type ChatEncoderOptions } from "../wire/chat_encoder.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";

/** What is written to peers of the chat dialect; shared by all connections of a listener. */
export class ChatFrames {
  readonly #encoder: ChatEncoder;
  /** Events that are said by texts, as they are written: made once for all members. */
  readonly #made = new WeakMap<RoomEvent, Uint8Array>();

  /** Takes how parts are written. */
  constructor(options: ChatEncoderOptions) {
    this.#encoder = new ChatEncoder(options);
  }

  /**
   * An event as it is written to a member. Of a file that can be sent it is what comes before the
   * bytes; {@linkcode fileEnd} comes behind them. Who comes and leaves has no form here.
   */
  event(event: RoomEvent): Uint8Array | undefined {
    const made = this.#made.get(event) ?? this.#make(event);
    if (made !== undefined) this.#made.set(event, made);
    return made;
  }

  #make({ name, atMs, what }: RoomEvent): Uint8Array | undefined {
    switch (what.type) {
      case "text":
        return this.#encoder.textEvent(name, what.text, atMs);
      case "file": {
        const { file } = what;
        if (!this.canSend(file)) return this.#encoder.textEvent(name, whereToGet(file), atMs);
        return this.#encoder.fileEvent(name, file.name, file.id, file.size);
      }
      case "came":
      case "left":
        return undefined;
    }
  }

  /** Whether a file is not too long for this dialect. */
  canSend({ size }: FileInfo): boolean {
    return size <= this.#encoder.maxFileBytes;
  }

  /** What comes behind the bytes of a file. */
  fileEnd({ atMs }: RoomEvent): Uint8Array {
    return this.#encoder.time(atMs);
  }

  /** Something that the server itself says. */
  told(text: string, atMs: number): Uint8Array {
    return this.#encoder.textEvent(SERVER_NAME, text, atMs);
  }
}

function whereToGet({ id, name, size }: FileInfo): string {
  return `${showable(name)} (${formatBytes(size)}) is too long for this chat: ` +
    `get it with wagons files get ${id}`;
}
