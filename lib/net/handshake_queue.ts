import { formatHostPort, isLoopback } from "../endpoint.ts";
import { reasonOf } from "../errors.ts";
import { MAX_HANDSHAKES_PER_ADDRESS } from "../limits/connections.ts";

/** How long a handshake is let be when others wait for its place: several round trips anywhere. */
const GRACE_MS = 1_000;

/**
 * What a handshake makes of a connection, given up with the signal. Throws when it fails; what then
 * goes on for a while, and never rejects, it gives to `after`.
 */
export type Handshake<T> = (
  tcp: Deno.TcpConn,
  signal: AbortSignal,
  after: (work: Promise<void>) => void,
) => Promise<T>;

/** What was accepted, or what the system said instead. */
type Outcome<T> = { value: T } | { error: unknown };

interface UnderWay {
  readonly hostname: string;
  readonly sinceMs: number;
  readonly abort: AbortController;
}

/**
 * Accepts connections and shakes hands with many at once, so that one that takes its time costs
 * the others nothing. Of those that are under way or done and not yet taken there are only so many;
 * beyond that the system holds them, and the one that is longest under way has to make room.
 */
export class HandshakeQueue<T extends { conn: { close(): void } }> {
  readonly #listener: Deno.TcpListener;
  readonly #handshake: Handshake<T>;
  readonly #maxHandshakes: number;
  readonly #onRefused: (address: string, why: string) => void;
  /** From the longest under way to the newest. */
  readonly #underWay = new Set<UnderWay>();
  readonly #done: Outcome<T>[] = [];
  readonly #takers: PromiseWithResolvers<T>[] = [];
  /** What has to end before all is over. */
  readonly #running = new Set<Promise<void>>();
  readonly #finished = Promise.withResolvers<void>();
  #onRoom: () => void = () => {};
  #isClosed = false;

  /** Takes a listener over and begins. */
  constructor(
    listener: Deno.TcpListener,
    handshake: Handshake<T>,
    maxHandshakes: number,
    onRefused: (address: string, why: string) => void,
  ) {
    this.#listener = listener;
    this.#handshake = handshake;
    this.#maxHandshakes = maxHandshakes;
    this.#onRefused = onRefused;
    this.#track(this.#acceptAll());
  }

  /** What was really bound. */
  get addr(): Deno.NetAddr {
    return this.#listener.addr as Deno.NetAddr;
  }

  /** Resolves when it is closed and all is over that was not taken. Never rejects. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** The next that is done. Throws `BadResource` once it is closed, and what the system throws. */
  accept(): Promise<T> {
    if (this.#isClosed) return Promise.reject(listenerClosed());
    const taker = Promise.withResolvers<T>();
    this.#takers.push(taker);
    this.#handOut();
    return taker.promise;
  }

  /** Accepts no more, and ends what is under way. */
  close(): void {
    if (this.#isClosed) throw listenerClosed();
    this.#isClosed = true;
    this.#listener.close();
    for (const { abort } of this.#underWay) abort.abort(listenerClosed());
    for (const outcome of this.#done.splice(0)) {
      if ("value" in outcome) outcome.value.conn.close();
    }
    for (const { reject } of this.#takers.splice(0)) reject(listenerClosed());
    this.#onRoom();
  }

  async #acceptAll(): Promise<void> {
    while (!this.#isClosed) {
      await this.#waitForRoom();
      try {
        this.#track(this.#shakeHands(await this.#listener.accept()));
      } catch (error) {
        if (this.#isClosed) return;
        // A peer that left before it was accepted is no fault.
        if (error instanceof Deno.errors.ConnectionAborted) continue;
        this.#done.push({ error });
        this.#handOut();
        // Whoever takes it decides when to go on.
        while (this.#done.some((outcome) => "error" in outcome)) await this.#roomOr(undefined);
      }
    }
  }

  async #shakeHands(tcp: Deno.TcpConn): Promise<void> {
    if (this.#isClosed) return tcp.close();
    const { hostname, port } = tcp.remoteAddr;
    if (this.#isTooMany(hostname)) {
      tcp.close();
      const why = `has ${MAX_HANDSHAKES_PER_ADDRESS} handshakes under way already`;
      return this.#onRefused(formatHostPort(hostname, port), why);
    }
    const abort = new AbortController();
    const underWay: UnderWay = { hostname, sinceMs: performance.now(), abort };
    this.#underWay.add(underWay);
    let why: string | undefined;
    try {
      const value = await this.#handshake(tcp, underWay.abort.signal, this.#track);
      if (this.#isClosed) value.conn.close();
      else this.#done.push({ value });
    } catch (error) {
      why = reasonOf(error);
    }
    this.#underWay.delete(underWay);
    this.#handOut();
    this.#onRoom();
    if (why !== undefined && !this.#isClosed) this.#onRefused(formatHostPort(hostname, port), why);
  }

  /** One address of another machine cannot take all places and keep the others out. */
  #isTooMany(hostname: string): boolean {
    if (isLoopback(hostname)) return false;
    let count = 0;
    for (const other of this.#underWay) if (other.hostname === hostname) count++;
    return count >= MAX_HANDSHAKES_PER_ADDRESS;
  }

  readonly #track = (work: Promise<void>): void => {
    this.#running.add(work);
    work.then(() => {
      this.#running.delete(work);
      if (this.#running.size === 0) this.#finished.resolve();
    });
  };

  #handOut(): void {
    while (this.#done.length > 0 && this.#takers.length > 0) {
      const outcome = this.#done.shift()!;
      const { resolve, reject } = this.#takers.shift()!;
      if ("value" in outcome) resolve(outcome.value);
      else reject(outcome.error);
      this.#onRoom();
    }
  }

  async #waitForRoom(): Promise<void> {
    while (!this.#isClosed && this.#underWay.size + this.#done.length >= this.#maxHandshakes) {
      const [oldest] = this.#underWay;
      const restMs = oldest && oldest.sinceMs + GRACE_MS - performance.now();
      if (restMs !== undefined && restMs <= 0) {
        this.#underWay.delete(oldest!);
        oldest!.abort.abort(new Error("had to make room for others after it took too long"));
      } else await this.#roomOr(restMs);
    }
  }

  /** Resolves when something was taken or has ended, or after a time. */
  async #roomOr(timeoutMs: number | undefined): Promise<void> {
    const room = Promise.withResolvers<void>();
    this.#onRoom = room.resolve;
    const timer = timeoutMs === undefined ? undefined : setTimeout(room.resolve, timeoutMs);
    await room.promise;
    clearTimeout(timer);
  }
}

function listenerClosed(): Error {
  return new Deno.errors.BadResource("The listener is closed");
}
