import type { Received } from "../wire/messages.ts";

const NO_MESSAGES = {
  fastRequest: 0,
  slowRequest: 0,
  manifest: 0,
  document: 0,
  join: 0,
  say: 0,
  who: 0,
  historyRequest: 0,
  putFile: 0,
  fileChunk: 0,
  listFiles: 0,
  findFile: 0,
  readFile: 0,
  empty: 0,
  shutdown: 0,
  /** Messages that ask for nothing: answers, and those that are not known here. */
  other: 0,
};

/** How often which request came as a message of proto/wagons.proto. */
export class MessageCounts {
  /** So often, by kind. */
  readonly byKind: Record<keyof typeof NO_MESSAGES, number> = { ...NO_MESSAGES };

  /** Counts a message. */
  count(kind: Received["kind"]): void {
    // First, and by its name: this one comes some million times a second.
    if (kind === "fastRequest") this.byKind.fastRequest++;
    else this.byKind[isCounted(kind) ? kind : "other"]++;
  }
}

function isCounted(kind: string): kind is keyof typeof NO_MESSAGES {
  return Object.hasOwn(NO_MESSAGES, kind);
}

const NO_TOKENS = {
  handshake: 0,
  ping: 0,
  say: 0,
  manifest: 0,
  dictionary: 0,
  /** Tokens without a command. */
  none: 0,
  /** Commands that are not known here. */
  other: 0,
};

/** How often which command came in a token. */
export class TokenCounts {
  /** So often, by kind. */
  readonly byKind: Record<keyof typeof NO_TOKENS, number> = { ...NO_TOKENS };
  /** Of them, tokens that had come before. */
  repeated = 0;

  /** Counts a token by its command, which may be anything. */
  count(command: string): void {
    switch (command) {
      case "handshake":
      case "ping":
      case "say":
      case "manifest":
      case "dictionary":
        this.byKind[command]++;
        break;
      case "":
        this.byKind.none++;
        break;
      default:
        this.byKind.other++;
    }
  }
}
