import type { Outlet } from "../../lib/hub/outlet.ts";
import type { Refusal } from "../../lib/wire/messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";

/** Where a member gets its events, as far as the test lets it. */
export class FakeOutlet implements Outlet {
  /** What came. */
  readonly events: RoomEvent[] = [];
  /** What it was told when it was put out. */
  refusal: Refusal | undefined;
  /** The most events that it takes. */
  room: number = Infinity;

  /** See {@linkcode Outlet}. */
  offer(event: RoomEvent): boolean {
    if (this.events.length >= this.room) return false;
    this.events.push(event);
    return true;
  }

  /** See {@linkcode Outlet}. */
  expel(refusal: Refusal): void {
    this.refusal = refusal;
  }

  /** What was said, in the order that it came. */
  get texts(): string[] {
    return this.events.flatMap(({ what }) => what.type === "text" ? [what.text] : []);
  }

  /** All that came, each in a word or two. */
  get words(): string[] {
    return this.events.map(({ name, what }) =>
      what.type === "text"
        ? `${name}: ${what.text}`
        : what.type === "file"
        ? `${name} offers ${what.file.name}`
        : `${name} ${what.type}`
    );
  }
}
