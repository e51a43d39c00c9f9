/** A write that waits for the test. */
interface HeldWrite {
  bytes: Uint8Array;
  resolve: (count: number) => void;
  reject: (error: unknown) => void;
}

/**
 * The server's end of a connection whose other end is the test: what is read when, and how much of
 * a write is taken when, is not left to the system.
 */
export class FakeConn {
  /** What was written, one element for each write. */
  readonly writes: Uint8Array[] = [];
  /** Reads that were begun. */
  reads = 0;
  /** The write side was closed. */
  isWriteClosed = false;
  /** It was closed. */
  isClosed = false;
  /** Keep writes until {@linkcode takeWrite}, as for a peer that does not read. */
  isHolding = false;
  /** The most bytes that one write takes. */
  maxWriteBytes: number = Infinity;
  readonly #incoming: (Uint8Array | null)[] = [];
  #reading: {
    buffer: Uint8Array;
    resolve: (count: number | null) => void;
    reject: (error: unknown) => void;
  } | undefined;
  #held: HeldWrite | undefined;

  /** As the server takes it. */
  get asTcp(): Deno.TcpConn {
    return this as unknown as Deno.TcpConn;
  }

  /** Bytes of the write that waits for the test. */
  get heldBytes(): number {
    return this.#held?.bytes.length ?? 0;
  }

  /** The other end sends bytes, or closes. They come in reads as large as the server's buffer. */
  push(bytes: Uint8Array | null): void {
    this.#incoming.push(bytes);
    this.#deliver();
  }

  /** Whether a write waits for the test. */
  get hasHeldWrite(): boolean {
    return this.#held !== undefined;
  }

  /** The system has something to say instead of bytes, and the other end is gone. */
  fail(error: Error): void {
    this.#reading!.reject(error);
    this.#reading = undefined;
    this.push(null);
  }

  /** Lets a held write be taken. */
  takeWrite(): void {
    const held = this.#held!;
    this.#held = undefined;
    held.resolve(this.#record(held.bytes));
  }

  /** See `Deno.TcpConn`. */
  setNoDelay(): void {}
  /** See `Deno.TcpConn`. */
  setKeepAlive(): void {}

  /** See `Deno.TcpConn`. */
  read(buffer: Uint8Array): Promise<number | null> {
    this.reads++;
    if (this.isClosed) return Promise.reject(new Deno.errors.BadResource("closed"));
    return new Promise((resolve, reject) => {
      this.#reading = { buffer, resolve, reject };
      this.#deliver();
    });
  }

  /** See `Deno.TcpConn`. */
  write(bytes: Uint8Array): Promise<number> {
    if (this.isClosed || this.isWriteClosed) {
      return Promise.reject(new Deno.errors.BrokenPipe("closed"));
    }
    if (!this.isHolding) return Promise.resolve(this.#record(bytes));
    return new Promise((resolve, reject) => this.#held = { bytes, resolve, reject });
  }

  /** See `Deno.TcpConn`. */
  closeWrite(): Promise<void> {
    if (this.isClosed) return Promise.reject(new Deno.errors.BadResource("closed"));
    this.isWriteClosed = true;
    return Promise.resolve();
  }

  /** See `Deno.TcpConn`. */
  close(): void {
    if (this.isClosed) throw new Deno.errors.BadResource("closed");
    this.isClosed = true;
    this.#reading?.reject(new Deno.errors.Interrupted("closed"));
    this.#held?.reject(new Deno.errors.Interrupted("closed"));
  }

  #record(bytes: Uint8Array): number {
    const taken = bytes.slice(0, Math.min(bytes.length, this.maxWriteBytes));
    this.writes.push(taken);
    return taken.length;
  }

  #deliver(): void {
    if (this.#reading === undefined || this.#incoming.length === 0) return;
    const { buffer, resolve } = this.#reading;
    this.#reading = undefined;
    const bytes = this.#incoming[0]!;
    // The end stays the end.
    if (bytes === null) return resolve(null);
    this.#incoming.shift();
    const part = bytes.subarray(0, buffer.length);
    buffer.set(part);
    if (part.length < bytes.length) this.#incoming.unshift(bytes.subarray(part.length));
    resolve(part.length);
  }
}
