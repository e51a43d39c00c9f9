/** A question, as multicast-dns has it. */
export interface MdnsQuestion {
  /** Whose records. */
  name: string;
  /** Of which type: `PTR`, `SRV`, `ANY` and so on. */
  type: string;
}

/** A record, as multicast-dns has it. */
export interface MdnsRecord {
  /** Whose it is. */
  name: string;
  /** `PTR`, `SRV`, `TXT`, `A` and others. */
  type: string;
  /** For how many seconds it holds; 0 takes it back. Some types have none. */
  ttl?: number | undefined;
  /** Nobody else has one of that name and type. */
  flush?: boolean;
  /** What it says: its form goes by the type, and cannot be relied on. */
  data?: unknown;
}

/** A packet, as multicast-dns has it. Those that were received have all four lists. */
export interface MdnsPacket {
  /** To tell answers to a single asker apart; 0 or none otherwise. */
  id?: number;
  /** What it is; filled in when it is sent. */
  type?: "query" | "response";
  /** What is asked. */
  questions?: MdnsQuestion[];
  /** What is answered, and in a question, what is known already. */
  answers?: MdnsRecord[];
  /** In a question for a name that somebody wants to have: what it would be then. */
  authorities?: MdnsRecord[];
  /** What else may be good to know. */
  additionals?: MdnsRecord[];
}

/** Where a packet comes from, or goes to. */
export interface MdnsSource {
  /** An address. */
  address: string;
  /** A port. */
  port: number;
}

/** What is used of multicast-dns 7. */
export interface MulticastDns {
  /** A packet has come. */
  on(event: "packet", listener: (packet: MdnsPacket, source: MdnsSource) => void): this;
  /** It is bound. */
  on(event: "ready", listener: () => void): this;
  /** It cannot be bound; or something else does not work. */
  on(event: "error" | "warning", listener: (error: Error) => void): this;
  /** Sends a packet of either type. Throws where it cannot be encoded. */
  send(packet: MdnsPacket, to: MdnsSource | null, sent: (error?: Error | null) => void): void;
  /** Leaves the group and closes the socket. */
  destroy(closed: () => void): void;
}

/** How to begin. */
export interface MulticastDnsOptions {
  /** The port of the group. Default: 5353. */
  port?: number;
  /** The address of the interface to join the group on, and to send by. */
  interface: string;
  /** The address to bind to. Those who bind to the interface's own hear nobody. */
  bind: string;
}

/** Binds a socket and joins the group. */
declare function multicastDns(options: MulticastDnsOptions): MulticastDns;

export default multicastDns;
