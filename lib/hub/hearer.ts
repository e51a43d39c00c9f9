import type { Outlet } from "./outlet.ts";
import type { Peer } from "./peer.ts";

/** Somebody who hears what happens in the room: a member, or a listener that is not shown there. */
export class Hearer {
  /** Who it is to the hub. */
  readonly peer: Peer;
  /** How it gets what happens; a listener that becomes a member may bring another one. */
  outlet: Outlet;
  /** The room's: what was to be handed on up to this place was before its time. */
  place = 0;
  /** The room's: it is there. */
  isPresent = true;
  readonly #drop: (hearer: Hearer, why: string) => void;

  /** Made by {@linkcode Room.listen} and {@linkcode Room.enter}. */
  constructor(
    peer: Peer,
    outlet: Outlet,
    drop: (hearer: Hearer, why: string) => void,
  ) {
    this.peer = peer;
    this.outlet = outlet;
    this.#drop = drop;
  }

  /** It has been found out that it takes too little: it is put out; why is a part of a sentence. */
  dropSlow(why: string): void {
    this.#drop(this, why);
  }
}
