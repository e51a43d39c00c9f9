import { decodeBody, encodeBody } from "../../lib/wire/codec.ts";
import { ClientSession } from "../../lib/seal/session.ts";
import type { Message, Received, Sealed, Welcome } from "../../lib/wire/messages.ts";
import { sealBody } from "./seal_body.ts";

/** The key of the sealed sessions in tests. */
export const KEY: Uint8Array = new Uint8Array(32).fill(7);
/** Another key. */
export const OTHER_KEY: Uint8Array = new Uint8Array(32).fill(8);

/** A client's side of a sealed session whose messages go wherever a test puts them. */
export class SealedPeer implements Disposable {
  /** The session. */
  readonly session: ClientSession;

  /** Takes the key, and what its nonce is made of. */
  constructor(key: Uint8Array = KEY, nonce = 1) {
    this.session = new ClientSession(key, new Uint8Array(16).fill(nonce));
  }

  /** What the connection begins with. */
  get hello(): Message {
    return this.session.hello;
  }

  /** Takes the first message that the server has sent. */
  begin(welcome: Received | null | undefined): void {
    if (welcome?.kind !== "welcome") throw new Error(`It is a ${welcome?.kind}`);
    this.session.begin(welcome as Welcome);
  }

  /** Seals the next message. */
  seal(message: Message): Sealed {
    return { kind: "sealed", body: sealBody(this.session, encodeBody(message)) };
  }

  /** Opens the next message; what is not sealed is given as it is. */
  open(message: Received): Received {
    if (message.kind !== "sealed") return message;
    const body = this.session.open(message.body);
    return decodeBody(body, 0, body.length);
  }

  /** Frees the session. */
  [Symbol.dispose](): void {
    this.session.close();
  }
}
