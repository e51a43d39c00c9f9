import type { Refusal } from "../wire/messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import type { TokenMessage } from "../wire/token_message.ts";

/**
 * What something was said by, for those who speak the same dialect: they get all of it. They do not
 * get its token, which would be as good in the hands of others as in its maker's. It lives as long as
 * the event is on its way; what is read from the store later has none.
 */
export interface Original {
  /** What was in the token. */
  readonly message: TokenMessage;
  /** The token came as bytes, not as a text. */
  readonly isBinary: boolean;
  /** How long the token was. */
  readonly bytes: number;
}

/** How a listener hands what happens in the room to its peer, in the peer's own form. */
export interface Outlet {
  /** It gets what its own member says too, in its place among what others say. Default: false. */
  readonly hearsItself?: boolean;
  /**
   * Takes an event and returns at once; never throws. Events are shared by all members: what waits
   * for a member is a reference, and is written when the member takes it.
   *
   * @returns false when so much waits already that the member is too slow: it is put out then.
   */
  offer(event: RoomEvent, original?: Original): boolean;
  /** The member is put out of the room: it is told why, as far as it still listens, and closed. */
  expel(refusal: Refusal): void;
}
