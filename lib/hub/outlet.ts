import type { Refusal } from "../wire/messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";

/** How a listener hands what happens in the room to its peer, in the peer's own form. */
export interface Outlet {
  /**
   * Takes an event and returns at once; never throws. Events are shared by all members: what waits
   * for a member is a reference, and is written when the member takes it.
   *
   * @returns false when so much waits already that the member is too slow: it is put out then.
   */
  offer(event: RoomEvent): boolean;
  /** The member is put out of the room: it is told why, as far as it still listens, and closed. */
  expel(refusal: Refusal): void;
}
