import { Buffer } from "node:buffer";
import { TOKEN_LIFE_MS } from "./limits/tokens.ts";
import { localIsoTime } from "./local_time.ts";
import { openData, type OpenedData } from "./seal/data_token.ts";
import { messageIn, type OpenedMessage, sealMessage } from "./seal/message_token.ts";
import { type OpenedToken, openToken, type OpenTokenOptions } from "./seal/open_token.ts";
import { RefusalCode } from "./wire/messages.ts";
import type { TokenMessage } from "./wire/token_message.ts";
import { WireError } from "./wire/wire_error.ts";

/** What a {@linkcode TokenSeal} goes by. */
export interface TokenSealOptions {
  /**
   * For how long a token is good after it was made, and how far its maker's clock may be ahead; a
   * begun second counts as one. Default: {@linkcode TOKEN_LIFE_MS}.
   */
  lifeMs?: number | undefined;
  /**
   * It is a server's: what it seals says so, and what a server has sealed it does not open. Strangers
   * get tokens of servers; who sends one, to this server or to another one, has no key by that.
   * Default: false.
   */
  isServer?: boolean;
  /** Is told the id of a token that has opened where a message was wanted, and is none. */
  onNoMessage?: (id: string) => void;
  /** The time, in milliseconds since the Unix epoch. Default: the system's. */
  nowMs?: () => number;
}

/** Seals messages of system B and opens them, with one key, now. */
export class TokenSeal {
  readonly #key: Uint8Array;
  readonly #lifeS: number;
  readonly #isServer: boolean;
  readonly #onNoMessage: ((id: string) => void) | undefined;
  readonly #nowMs: () => number;

  /** Takes the key, 32 bytes. */
  constructor(key: Uint8Array, options: TokenSealOptions = {}) {
    this.#key = key;
    this.#lifeS = Math.ceil((options.lifeMs ?? TOKEN_LIFE_MS) / 1000);
    this.#isServer = options.isServer ?? false;
    this.#onNoMessage = options.onNoMessage;
    this.#nowMs = options.nowMs ?? Date.now;
  }

  /**
   * For how long a token can come again after it was opened, in milliseconds: its maker's clock may be
   * ahead by its life, and it is good up to and with the last second.
   */
  get goodForMs(): number {
    return (2 * this.#lifeS + 1) * 1000;
  }

  /** The token of a message. Fields that are left out are empty, but the timestamp, which is now. */
  seal(message: Partial<TokenMessage>): string {
    const nowMs = this.#nowMs();
    const { userID = "", timestamp = localIsoTime(nowMs), text = "", cmd = "", args = "" } =
      message;
    return sealMessage(this.#key, { userID, timestamp, text, cmd, args }, {
      timeS: Math.floor(nowMs / 1000),
      iv: crypto.getRandomValues(new Uint8Array(16)),
      isOfServer: this.#isServer,
    });
  }

  /**
   * Opens a token, with white space around it or none, and reads its message. How long it is has
   * been looked at before.
   *
   * @throws {SealError} when it does not open.
   * @throws {WireError} when what is in it is no message, or one of a server, which no server takes.
   */
  open(token: string | Uint8Array): OpenedMessage {
    const opened = this.#message(openToken(this.#key, textOf(token), this.#openOptions()));
    if (this.#isServer && opened.isOfServer) {
      throw new WireError(RefusalCode.invalid, "The message in a token is a server's own");
    }
    return opened;
  }

  /**
   * Opens a token of data, with white space around it or none. How long it is has been looked at
   * before.
   *
   * @throws {SealError} when it does not open.
   * @throws {WireError} when what is in it is a message.
   */
  openData(token: Uint8Array): OpenedData {
    return openData(this.#key, textOf(token), this.#openOptions());
  }

  #message(token: OpenedToken): OpenedMessage {
    try {
      return messageIn(token);
    } catch (error) {
      this.#onNoMessage?.(token.id);
      throw error;
    }
  }

  #openOptions(): OpenTokenOptions {
    return { nowS: Math.floor(this.#nowMs() / 1000), lifeS: this.#lifeS };
  }
}

/** The text of a token, without white space around it. */
function textOf(token: string | Uint8Array): string {
  return trimmed(typeof token === "string" ? token : latin1(token));
}

/** Each byte as the character of that number: a token is ASCII, and nothing else opens. */
function latin1({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
}

/** Without ASCII white space around; a pattern would take time with the square of the length. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (start < end && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
