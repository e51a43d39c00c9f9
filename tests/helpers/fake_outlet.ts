import type { Original, Outlet } from "../../lib/hub/outlet.ts";
import type { Refusal } from "../../lib/wire/messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";

/** Where a member gets its events, as far as the test lets it. */
export class FakeOutlet implements Outlet {
  /** What came. */
  readonly events: RoomEvent[] = [];
  /** What each of it was said by. */
  readonly originals: (Original | undefined)[] = [];
  /** See {@linkcode Outlet}. */
  readonly hearsItself: boolean;
  /** What it was told when it was put out. */
  refusal: Refusal | undefined;
  /** The most events that it takes. */
  room: number = Infinity;

  /** Takes whether its member hears itself. */
  constructor(options: { hearsItself?: boolean } = {}) {
    this.hearsItself = options.hearsItself ?? false;
  }

  /** See {@linkcode Outlet}. */
  offer(event: RoomEvent, original?: Original): boolean {
    if (this.events.length >= this.room) return false;
    this.events.push(event);
    this.originals.push(original);
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
