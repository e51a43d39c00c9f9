import { Duplex } from "node:stream";

/** Enough for an idle connection; it grows where that pays. */
const FIRST_READ_BYTES = 2 * 1024;
const LARGEST_READ_BYTES = 64 * 1024;

/**
 * The encrypted side of a connection by TLS: what the runtime's TLS reads from and writes to.
 *
 * The runtime's own way over TCP calls back for a write as soon as it is encrypted, however much
 * the peer has left to read, and its way over a stream takes what comes, however little of it is
 * read. So both are kept in hand here: a read of the system is begun only while someone waits for
 * bytes, and {@linkcode flushed} tells when the system has taken all that was written.
 */
export class TlsTransport extends Duplex {
  readonly #tcp: Deno.TcpConn;
  #buffer = new Uint8Array(FIRST_READ_BYTES);
  /** Whether someone waits for bytes. Anyone does during a handshake. */
  #isWaitedFor: () => boolean = () => true;
  /** The stream wants bytes. */
  #isWanted = false;
  #isReading = false;
  #flushes: (() => void)[] = [];
  #readLoss: Error | undefined;
  #writeLoss: Error | undefined;
  #lingerMs = 0;
  #isEnding = false;
  #peerEnded: () => void = () => {};
  /** What is held back, while anything is. */
  #held: Uint8Array[] | undefined;

  /** Takes a connection over: it is closed with the stream. */
  constructor(tcp: Deno.TcpConn) {
    super({ allowHalfOpen: true, writableHighWaterMark: LARGEST_READ_BYTES });
    this.#tcp = tcp;
    // Whoever listens for errors is the TLS above; it may be gone already.
    this.on("error", () => {});
  }

  /** What the system said instead of giving bytes, when it did. */
  get readLoss(): Error | undefined {
    return this.#readLoss;
  }

  /** What the system said instead of taking bytes, when it did. What came before can be read. */
  get writeLoss(): Error | undefined {
    return this.#writeLoss;
  }

  /** From now on reads only while that is true; see {@linkcode wake}. */
  readWhile(isWaitedFor: () => boolean): void {
    this.#isWaitedFor = isWaitedFor;
  }

  /** Someone waits for bytes now. */
  wake(): void {
    if (this.#isWanted && !this.#isReading && !this.#isEnding && this.#isWaitedFor()) {
      void this.#readOnce();
    }
  }

  /** Resolves when the system has taken all that was written, or never will: a loss says that. */
  flushed(): Promise<void> {
    if (this.writableLength === 0 || this.destroyed) return Promise.resolve();
    return new Promise((resolve) => this.#flushes.push(resolve));
  }

  /**
   * Holds back what this side sends encrypted, until {@linkcode release}. A client does so until it
   * trusts the server: to the runtime its handshake is done by then, but the server has not seen
   * who the client is, and has nobody to serve.
   */
  holdEncrypted(): void {
    this.#held = [];
  }

  /** Sends what was held back, and all that follows. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const chunk of held) this.write(chunk);
  }

  /**
   * How long, from now on, the peer gets at the end to read what was sent last. Else bytes of its
   * own that are on the way can make the system throw that away (RFC 2525, section 2.17).
   */
  lingerFor(lingerMs: number): void {
    this.#lingerMs = lingerMs;
  }

  /** Closes, a little later: the runtime wants that before it has written the alert that says why. */
  override destroy(error?: Error): this {
    if (!this.#isEnding) {
      this.#isEnding = true;
      void this.#end(error);
    }
    return this;
  }

  /** See node:stream. */
  override _read(): void {
    this.#isWanted = true;
    this.wake();
  }

  /** See node:stream. */
  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    if (this.#held !== undefined && (this.#held.length > 0 || hasEncrypted(chunk))) {
      this.#held.push(chunk);
      done();
    } else void this.#writeAll(chunk, done);
  }

  /** See node:stream. */
  override _final(done: (error?: Error | null) => void): void {
    this.#tcp.closeWrite().then(() => done(), done);
  }

  /** See node:stream. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Nobody else has it, so this is the only close.
    this.#tcp.close();
    this.#tellFlushed();
    done(error);
  }

  async #readOnce(): Promise<void> {
    this.#isReading = true;
    this.#isWanted = false;
    let count: number | null;
    try {
      count = await this.#tcp.read(this.#buffer);
    } catch (error) {
      if (this.#isEnding) return this.#peerEnded();
      this.#readLoss = error as Error;
      this.destroy(error as Error);
      return;
    } finally {
      this.#isReading = false;
    }
    if (this.#isEnding) {
      if (count === null) this.#peerEnded();
      else void this.#readOnce();
      return;
    }
    if (count === null) {
      this.push(null);
      return;
    }
    // A copy: nobody says for how long the stream above looks at it.
    this.push(this.#buffer.slice(0, count));
    if (count === this.#buffer.length && count < LARGEST_READ_BYTES) {
      this.#buffer = new Uint8Array(Math.min(count * 4, LARGEST_READ_BYTES));
    }
    this.wake();
  }

  async #writeAll(chunk: Uint8Array, done: () => void): Promise<void> {
    try {
      while (chunk.length > 0 && this.#writeLoss === undefined) {
        chunk = chunk.subarray(await this.#tcp.write(chunk));
      }
    } catch (error) {
      // No error of the stream, which would throw away what the peer sent before it left.
      this.#writeLoss = error as Error;
    }
    done();
    if (this.writableLength === 0) this.#tellFlushed();
  }

  async #end(error: Error | undefined): Promise<void> {
    // The runtime writes in a microtask, which may be queued only after this one.
    for (let turn = 0; turn < 3; turn++) await undefined;
    if (this.#lingerMs > 0 && error === undefined) await this.#linger();
    super.destroy(error);
  }

  async #linger(): Promise<void> {
    const peerEnded = Promise.withResolvers<void>();
    this.#peerEnded = peerEnded.resolve;
    const timer = setTimeout(peerEnded.resolve, this.#lingerMs);
    try {
      await this.#tcp.closeWrite();
      if (!this.#isReading) void this.#readOnce();
      await peerEnded.promise;
    } catch {
      // The peer has left: there is nobody to read it.
    }
    clearTimeout(timer);
  }

  #tellFlushed(): void {
    const flushes = this.#flushes;
    this.#flushes = [];
    for (const resolve of flushes) resolve();
  }
}

/** Whether there is an encrypted record among whole ones: of type 23 (RFC 8446, section 5.2). */
function hasEncrypted(records: Uint8Array): boolean {
  for (let at = 0; at + 5 <= records.length; at += 5 + records[at + 3]! * 256 + records[at + 4]!) {
    if (records[at] === 23) return true;
  }
  return false;
}
