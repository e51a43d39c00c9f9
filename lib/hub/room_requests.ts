import { type Message, type Refusal, RefusalCode } from "../wire/messages.ts";
import type { HistoryRequest, Join, Say, Who } from "../wire/room_messages.ts";
import type { Answer } from "./answer.ts";
import type { Denial } from "./gate.ts";
import { Member, NOT_IN_ROOM, type Said } from "./member.ts";
import type { Peer } from "./peer.ts";
import type { Room } from "./room.ts";
import type { Running } from "./running.ts";

/** What the requests need of the hub. */
export interface RoomHost {
  /** The room that they are about. */
  readonly room: Room;
  /** Who may ask. */
  readonly gate: { chat(peer: Peer): Denial | undefined };
  /** Makes the message that says that something is refused. */
  refuse(peer: Peer, code: RefusalCode, text: string, id?: string): Refusal;
  /** Tells the world that something failed. */
  fault(doing: string, error: unknown): void;
}

/** Answers the messages that are about the room. */
export class RoomRequests {
  readonly #host: RoomHost;
  readonly #running: Running;

  /** Takes the hub, and what counts the requests that are running. */
  constructor(host: RoomHost, running: Running) {
    this.#host = host;
    this.#running = running;
  }

  /** Acts on what a peer says. */
  handle(peer: Peer, message: Join | Say | Who | HistoryRequest): Answer {
    switch (message.kind) {
      case "join":
        return this.#join(peer, message);
      case "say":
        return this.#say(peer, message);
      case "who":
        return this.#ask(peer, () => this.#host.room.who());
      case "historyRequest":
        return this.#ask(peer, () => this.#host.room.history(message));
    }
  }

  #join(peer: Peer, { name }: Join): Message {
    const { room } = this.#host;
    // Listeners whose peers can send a Join have an outlet.
    const member = room.enter(peer, name, peer.outlet!);
    if (!(member instanceof Member)) return this.#host.refuse(peer, ...member);
    return { kind: "joined", name: member.name, last: member.last, members: room.size };
  }

  #say(peer: Peer, { id, text }: Say): Answer {
    const said = peer.member?.say(id, text) ?? NOT_IN_ROOM;
    const answer = (said: Said) => "kind" in said ? said : this.#host.refuse(peer, ...said, id);
    return said instanceof Promise ? said.then(answer) : answer(said);
  }

  /** A short question may have a long answer: it is made when the peer has taken those before. */
  #ask(peer: Peer, answer: () => Message): Answer {
    const denial = this.#host.gate.chat(peer);
    if (denial !== undefined) return this.#host.refuse(peer, ...denial);
    const make = () => this.#running.run(Promise.resolve(this.#answer(peer, answer)));
    return { kind: "lazy", make };
  }

  #answer(peer: Peer, answer: () => Message): Message {
    try {
      return answer();
    } catch (error) {
      this.#host.fault("read what was said in the room", error);
      return this.#host.refuse(peer, RefusalCode.failed, "The server could not read it.");
    }
  }
}
