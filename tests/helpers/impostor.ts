import {
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { concat } from "../../lib/bytes.ts";

const SERVER_HELLO = 2;
const ENCRYPTED_EXTENSIONS = 8;
const CERTIFICATE = 11;
const CERTIFICATE_VERIFY = 15;
const FINISHED = 20;
const SUPPORTED_VERSIONS = 43;
const KEY_SHARE = 51;
const X25519 = 0x001d;

/**
 * A server that shows a certificate and signs with whatever key it has: as much of TLS 1.3 (RFC
 * 8446) as that takes. No library does this, they all look whether key and certificate fit.
 */
export class Impostor implements Disposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #chain: readonly Uint8Array[];
  readonly #key: KeyObject;
  readonly #conns: Deno.TcpConn[] = [];
  readonly #running: Promise<void>;

  /** Takes what it shows, the own certificate first (DER), and a key of P-256. */
  constructor(chain: readonly Uint8Array[], key: KeyObject) {
    this.#chain = chain;
    this.#key = key;
    this.#running = this.#run();
  }

  /** Where it listens. */
  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  /** Resolves when it has stopped; throws what went wrong. */
  get finished(): Promise<void> {
    return this.#running;
  }

  /** Stops. */
  [Symbol.dispose](): void {
    this.#listener.close();
    for (const conn of this.#conns) conn.close();
  }

  async #run(): Promise<void> {
    while (true) {
      try {
        const conn = await this.#listener.accept();
        this.#conns.push(conn);
        await this.#shakeHands(conn);
      } catch (error) {
        if (error instanceof Deno.errors.BadResource) return;
        throw error;
      }
    }
  }

  async #shakeHands(conn: Deno.TcpConn): Promise<void> {
    const clientHello = await readHandshake(conn);
    const { sessionId, share } = readClientHello(clientHello);
    const own = generateKeyPairSync("x25519");
    const serverHello = message(
      SERVER_HELLO,
      u16(0x0303),
      randomBytes(32),
      vector(1, sessionId),
      u16(0x1301),
      Uint8Array.of(0),
      vector(
        2,
        u16(SUPPORTED_VERSIONS),
        vector(2, u16(0x0304)),
        u16(KEY_SHARE),
        vector(2, u16(X25519), vector(2, rawPublicKey(own.publicKey))),
      ),
    );
    const shared = diffieHellman({ privateKey: own.privateKey, publicKey: x25519Key(share) });

    // The key schedule (section 7.1), as far as the server's handshake keys.
    const none = new Uint8Array(32);
    const early = hmac(none, none);
    const handshakeSecret = hmac(derive(early, "derived", sha256()), shared);
    const secret = derive(handshakeSecret, "s hs traffic", sha256(clientHello, serverHello));
    const key = expand(secret, "key", none.subarray(0, 0), 16);
    const iv = expand(secret, "iv", none.subarray(0, 0), 12);

    const sent = [clientHello, serverHello];
    const add = (...bytes: Uint8Array[]) => void sent.push(...bytes);
    add(message(ENCRYPTED_EXTENSIONS, vector(2)));
    const entries = this.#chain.map((der) => concat([vector(3, der), vector(2)]));
    add(message(CERTIFICATE, vector(1), vector(3, ...entries)));
    const signed = concat([
      new Uint8Array(64).fill(0x20),
      new TextEncoder().encode("TLS 1.3, server CertificateVerify\0"),
      sha256(...sent),
    ]);
    const signature = sign("sha256", signed, this.#key);
    add(message(CERTIFICATE_VERIFY, u16(0x0403), vector(2, signature)));
    const finishedKey = expand(secret, "finished", none.subarray(0, 0), 32);
    add(message(FINISHED, hmac(finishedKey, sha256(...sent))));

    await conn.write(concat([
      Uint8Array.of(22, 3, 3),
      vector(2, serverHello),
      encrypted(concat(sent.slice(2)), key, iv),
    ]));
  }
}

async function readHandshake(conn: Deno.TcpConn): Promise<Uint8Array> {
  const header = await readExactly(conn, 5);
  return await readExactly(conn, header[3]! * 256 + header[4]!);
}

async function readExactly(conn: Deno.TcpConn, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const count = await conn.read(bytes.subarray(at));
    if (count === null) throw new Error("The client has left");
    at += count;
  }
  return bytes;
}

function readClientHello(bytes: Uint8Array): { sessionId: Uint8Array; share: Uint8Array } {
  let at = 4 + 2 + 32;
  const take = (lengthBytes: number): Uint8Array => {
    let length = 0;
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + bytes[at++]!;
    at += length;
    return bytes.subarray(at - length, at);
  };
  const sessionId = take(1);
  take(2);
  take(1);
  const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!;
  at += 2;
  while (at < end) {
    const type = bytes[at]! * 256 + bytes[at + 1]!;
    at += 2;
    const extension = take(2);
    if (type !== KEY_SHARE) continue;
    for (let i = 2; i < extension.length;) {
      const group = extension[i]! * 256 + extension[i + 1]!;
      const length = extension[i + 2]! * 256 + extension[i + 3]!;
      i += 4 + length;
      if (group === X25519) return { sessionId, share: extension.slice(i - length, i) };
    }
  }
  throw new Error("The client offers no share of X25519");
}

function message(type: number, ...body: Uint8Array[]): Uint8Array {
  return concat([Uint8Array.of(type), vector(3, ...body)]);
}

function vector(lengthBytes: number, ...content: Uint8Array[]): Uint8Array {
  const bytes = concat(content);
  const length = Uint8Array.from(
    { length: lengthBytes },
    (_, index) => bytes.length >> (8 * (lengthBytes - 1 - index)) & 0xff,
  );
  return concat([length, bytes]);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function encrypted(content: Uint8Array, key: Uint8Array, nonce: Uint8Array): Uint8Array {
  // The type that is encrypted stands at the end; the first record's nonce is the IV itself.
  const plain = concat([content, Uint8Array.of(22)]);
  const header = concat([Uint8Array.of(23, 3, 3), u16(plain.length + 16)]);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  cipher.setAAD(header);
  return concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  return createHash("sha256").update(concat(parts)).digest();
}

function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update(data).digest();
}

function derive(secret: Uint8Array, label: string, hash: Uint8Array): Uint8Array {
  return expand(secret, label, hash, 32);
}

/** HKDF-Expand-Label, of which one block is enough here. */
function expand(
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const name = new TextEncoder().encode(`tls13 ${label}`);
  const info = concat([u16(length), vector(1, name), vector(1, context), Uint8Array.of(1)]);
  return hmac(secret, info).slice(0, length);
}

const X25519_SPKI = Uint8Array.fromHex("302a300506032b656e032100");

function rawPublicKey(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ type: "spki", format: "der" })).subarray(X25519_SPKI.length);
}

function x25519Key(raw: Uint8Array): KeyObject {
  const der = concat([X25519_SPKI, raw]);
  // deno-lint-ignore no-explicit-any -- the types of Node want a Buffer, any Uint8Array does
  return createPublicKey({ key: der as any, type: "spki", format: "der" });
}
