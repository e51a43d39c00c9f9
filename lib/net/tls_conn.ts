import type { TLSSocket } from "node:tls";
import type { Conn } from "./conn.ts";
import type { TlsTransport } from "./tls_transport.ts";

/** As much as one write takes: that the peer takes some of a large one has to be seen. */
const LARGEST_WRITE_BYTES = 64 * 1024;

/** How to tell what the end of a connection means. */
export interface TlsConnOptions {
  /** Makes an error of the runtime one that says more; `undefined` where it knows no better. */
  explain?: (error: Error) => Error | undefined;
  /** What it means when the peer ends before it has sent a byte; `undefined`: just an end. */
  explainSilence?: () => Error | undefined;
}

/** A read that waits. */
interface Waiting {
  buffer: Uint8Array;
  resolve: (count: number | null) => void;
  reject: (error: Error) => void;
}

/**
 * A connection by TLS whose handshake is done.
 *
 * A peer that ends without a `close_notify` (RFC 8446, section 6.1) has ended like any other: the
 * frames above know by themselves whether they are whole.
 */
export class TlsConn implements Conn {
  readonly #socket: TLSSocket;
  readonly #transport: TlsTransport;
  readonly #options: TlsConnOptions;
  #reading: Waiting | undefined;
  /** What to call when the writes that are under way come to nothing. */
  readonly #writing = new Set<(error: Error) => void>();
  #hasRead = false;
  /** What came before an error and was not read yet. */
  #rest: Uint8Array | null = null;
  #isEnded = false;
  /** Why nothing more comes or goes, when it was not closed here. */
  #loss: Error | undefined;
  #isClosed = false;

  /** Takes a socket that nobody else reads, and the transport that it is made of. */
  constructor(socket: TLSSocket, transport: TlsTransport, options: TlsConnOptions = {}) {
    this.#socket = socket;
    this.#transport = transport;
    this.#options = options;
    socket.on("readable", () => this.#deliver());
    socket.on("end", () => {
      this.#isEnded = true;
      this.#deliver();
    });
    socket.on("error", (error) => this.#onError(error));
    socket.on("close", () => this.#onGone());
    transport.on("close", () => this.#socket.destroy());
    transport.readWhile(() => this.#reading !== undefined && socket.readableLength === 0);
    if (socket.closed) this.#onGone();
  }

  /** See {@linkcode Conn}. */
  read(buffer: Uint8Array): Promise<number | null> {
    if (this.#isClosed) return Promise.reject(alreadyClosed());
    if (this.#reading !== undefined) {
      return Promise.reject(new Deno.errors.Busy("Another read is under way"));
    }
    return new Promise((resolve, reject) => {
      this.#reading = { buffer, resolve, reject };
      this.#deliver();
      this.#transport.wake();
    });
  }

  /** See {@linkcode Conn}. */
  async write(bytes: Uint8Array): Promise<number> {
    const part = bytes.subarray(0, LARGEST_WRITE_BYTES);
    await this.#during((done) =>
      this.#socket.write(part, (error) => {
        // What went wrong is told by the events, which know more.
        if (!error) this.#transport.flushed().then(done);
      })
    );
    return part.length;
  }

  /** See {@linkcode Conn}. */
  closeWrite(): Promise<void> {
    return this.#during((done) => {
      this.#socket.end(() => this.#transport.end(done));
    });
  }

  /** See {@linkcode Conn}. */
  close(): void {
    if (this.#isClosed) throw alreadyClosed();
    this.#isClosed = true;
    const isIdle = this.#writing.size === 0 && this.#transport.writableLength === 0;
    this.#failAll(new Deno.errors.Interrupted("The connection was closed on this side"));
    // With nothing under way there is time to say that this is the end and no cut.
    if (isIdle && this.#socket.writable) this.#socket.end(() => this.#destroy());
    else this.#destroy();
  }

  /** Does what ends with a call of `done`, unless the connection ends before. */
  #during(begin: (done: () => void) => void): Promise<void> {
    if (this.#isClosed) return Promise.reject(alreadyClosed());
    if (this.#socket.destroyed) return Promise.reject(this.#lossOrEnd());
    return new Promise((resolve, reject) => {
      this.#writing.add(reject);
      begin(() => {
        // Else it was told already that the connection has ended.
        if (!this.#writing.delete(reject)) return;
        const loss = this.#transport.writeLoss;
        if (loss === undefined) resolve();
        else reject(loss);
      });
    });
  }

  /** Gives the read that waits what there is. */
  #deliver(): void {
    if (this.#reading === undefined) return;
    const { buffer, resolve, reject } = this.#reading;
    const bytes = this.#take(buffer.length);
    if (bytes !== null) {
      this.#reading = undefined;
      this.#hasRead = true;
      buffer.set(bytes);
      resolve(bytes.length);
    } else if (this.#isEnded || this.#loss !== undefined || this.#socket.closed) {
      this.#reading = undefined;
      if (!this.#hasRead) this.#loss ??= this.#options.explainSilence?.();
      if (this.#isEnded && this.#loss === undefined) resolve(null);
      else reject(this.#lossOrEnd());
    }
  }

  /** So many bytes at most; null when there are none. */
  #take(maxBytes: number): Uint8Array | null {
    if (this.#rest === null) {
      const count = Math.min(maxBytes, this.#socket.readableLength);
      // Asked for none, the stream sees whether it has ended.
      return this.#socket.read(count === 0 ? undefined : count);
    }
    const bytes = this.#rest.subarray(0, maxBytes);
    this.#rest = bytes.length < this.#rest.length ? this.#rest.subarray(maxBytes) : null;
    return bytes;
  }

  #onError(error: Error): void {
    if (this.#loss !== undefined) return;
    this.#loss = this.#transport.readLoss ?? this.#options.explain?.(error) ??
      new Deno.errors.ConnectionReset(`TLS broke: ${error.message}`, { cause: error });
    // The runtime would leave it open, and what it holds goes with it.
    this.#rest = this.#socket.read();
    this.#deliver();
    this.#failWrites(this.#loss);
    this.#destroy();
  }

  #onGone(): void {
    this.#deliver();
    this.#failAll(this.#lossOrEnd());
    this.#transport.destroy();
  }

  #lossOrEnd(): Error {
    return this.#loss ?? this.#transport.readLoss ??
      new Deno.errors.ConnectionReset("The connection has ended");
  }

  #failAll(error: Error): void {
    this.#reading?.reject(error);
    this.#reading = undefined;
    this.#failWrites(error);
  }

  #failWrites(error: Error): void {
    for (const reject of this.#writing) reject(error);
    this.#writing.clear();
  }

  #destroy(): void {
    this.#socket.destroy();
    this.#transport.destroy();
  }
}

function alreadyClosed(): Error {
  return new Deno.errors.BadResource("The connection is closed");
}
