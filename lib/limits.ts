/**
 * Every bound on bytes, counts and time, with its reason. Those that a flag can change are the
 * defaults of that flag.
 *
 * @module
 */

/** Bytes in a frame's body. A manifest of 20,000 cities fits; a peer can make us hold no more. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/**
 * Bytes in the body of a frame of a peer that has proved nothing, where a proof is wanted: a Hello
 * has 23 bytes and a slow request 8. A thousand such peers can make us hold 4 MB and not 1 GB.
 */
export const MAX_UNTRUSTED_FRAME_BYTES = 4 * 1024;

/**
 * What a seal adds to a message: 16 bytes of tag, and at most 13 of Protocol Buffers around them.
 * A frame of a sealed message may be longer by that.
 */
export const SEAL_OVERHEAD_BYTES = 32;

/** Connections served at once. An idle one costs some 20 KiB, so 10,000 cost 200 MB. */
export const MAX_CONNECTIONS = 10_000;

/**
 * Connections of one address of another machine: a tenth of all, and more than all programs behind
 * one address translator need. One peer alone cannot keep the others out.
 */
export const MAX_CONNECTIONS_PER_ADDRESS = 1_000;

/** Slow requests asleep on one connection: a timer and a promise each, some 1.5 KB. */
export const MAX_SLEEPING = 1_000;

/** Time for a frame that was begun to be whole: 1 MiB at 280 kbit/s, a poor mobile link. */
export const FRAME_TIMEOUT_MS = 30_000;

/**
 * Time for the proof of a sealed session, for a TLS handshake, and for a peer of the chat dialect to
 * say its name: some round trips on any link.
 */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The wait before the answer to an address's first failed proof; each further one doubles it. */
export const PROOF_FIRST_DELAY_MS = 250;

/** The longest such wait: less than the time that clients wait for an answer. */
export const PROOF_MAX_DELAY_MS = 4_000;

/** Failed proofs until an address is refused: a key that was mistaken fails a few times at most. */
export const PROOF_MAX_FAILURES = 10;

/** How long it is refused then. */
export const PROOF_BLOCK_MS = 60_000;

/** After so long without a failed proof an address is as good as new. */
export const PROOF_FORGET_MS = 300_000;

/** Addresses whose failed proofs are remembered: some 100 bytes each. */
export const PROOF_MAX_ADDRESSES = 10_000;

/** Time in which a peer must take some byte of what waits for it. */
export const STALL_TIMEOUT_MS = 60_000;

/** Bytes of answers that wait for one peer before its requests are no longer read. */
export const MAX_QUEUED_BYTES = 1024 * 1024;

/** Manifests of one connection on their way to the disk: more than two reads of 64 KiB can bring. */
export const MAX_STORING = 4096;

/** Code points in the name of a member of the room. */
export const MAX_NAME_CHARS = 64;

/**
 * UTF-16 code units of a name that is looked at: a letter may be written apart from some marks, each
 * with two units, and be one code point in the end. To normalise what is longer only costs time.
 */
export const MAX_RAW_NAME_UNITS = 8 * MAX_NAME_CHARS;

/** Bytes in UTF-8 of what a member says at once: some 20 printed pages. */
export const MAX_SAY_BYTES = 64 * 1024;

/**
 * What one member has said and others do not have yet: far more than a person types ahead, and a
 * tenth of {@linkcode MAX_WAITING_EVENTS}, so that one member's haste makes no other too slow.
 */
export const MAX_SAYING = 100;

/** Bytes of all that was said and that others do not have yet, of all members together. */
export const MAX_SAYING_BYTES = 16 * 1024 * 1024;

/**
 * Members up to which everybody is told who comes and who leaves. A thousand that come at once would
 * make a million events of it, of which nobody could read one; who is there can be asked for.
 */
export const MAX_ANNOUNCED_MEMBERS = 100;

/**
 * Comings and goings that are told in a second: somebody who comes and goes all the time, a thousand
 * times a second as programs can, would leave the room no time for what is said.
 */
export const MAX_ANNOUNCED_PER_SECOND = 50;

/** Members that one answer lists: 300 KB with the longest names, and more than anybody reads. */
export const MAX_LISTED_MEMBERS = 1_000;

/** Events in one answer about what was said before: a few screens more than anybody scrolls. */
export const MAX_HISTORY_EVENTS = 1_000;

/** Bytes of such an answer: read from the disk in a few milliseconds, in which nobody is served. */
export const MAX_HISTORY_BYTES = 256 * 1024;

/**
 * Events handed to members before all else gets its turn: to seal and write so many takes some 30
 * ms. A room of a thousand gets one event without a break.
 */
export const OFFERS_PER_TURN = 1_000;

/**
 * Events that wait for one member, which takes them too slowly when there are more: 8 bytes each. A
 * client holds as many while it asks for older ones.
 */
export const MAX_WAITING_EVENTS = 1_000;

/** Bytes of such events. They are shared by all members, however many have them waiting. */
export const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Bytes of events that are written to a member at once. This is what is held for each one of a
 * thousand members that take nothing: 16 MB in all.
 */
export const EVENT_WRITE_BYTES = 16 * 1024;

/**
 * Time in which a member must take some byte of what waits for it. Shorter than for others: the
 * room shows it as present, and it is not.
 */
export const MEMBER_STALL_TIMEOUT_MS = 20_000;

/** Events of the room that are kept: some 2 MB of a usual conversation. */
export const HISTORY_COUNT = 10_000;

/** How long they are kept. */
export const HISTORY_AGE_MS = 30 * 86_400_000;

/** How often what is too old or too much is deleted: the disk holds that much more for a while. */
export const FORGET_INTERVAL_MS = 60_000;

/** Refusals of one connection that are logged: more say nothing new and would fill the disk. */
export const MAX_TOLD_REFUSALS = 100;

/** Damaged events of the room that are logged, each once: more say nothing new of the store. */
export const MAX_TOLD_UNREADABLE = 100;

/**
 * Connections a minute that are logged though they came to nothing: a scan of all ports, or a flood,
 * would fill the disk.
 */
export const MAX_TOLD_TURNED_AWAY_PER_MINUTE = 100;

/** Refusals of one connection before it is closed: making them costs more than asking for them. */
export const MAX_REFUSALS = 1_000;

/**
 * Time that a peer gets to read what was sent to it last before it is cut off: what a poor mobile link
 * needs for 64 KiB. A server that stops waits for that.
 */
export const LINGER_MS = 2_000;

/**
 * The same of a client by TLS, for why it is not served: one record, and strangers can make us hold
 * connections by it.
 */
export const TLS_LINGER_MS = 1_000;

/**
 * The wait when the system has no file descriptor left for a new connection: soon enough for who
 * connects, and no load.
 */
export const ACCEPT_RETRY_MS = 100;

/** Time that running requests get when the server stops. */
export const DRAIN_TIMEOUT_MS = 10_000;

/** Time for a connection to be made. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** Handshakes by TLS under way at once: some 100 KiB each. Others wait in the system's queue. */
export const MAX_HANDSHAKES = 512;

/** Of those, of one address of another machine: an eighth. More are closed at once. */
export const MAX_HANDSHAKES_PER_ADDRESS = 64;

/** Time for an answer, beyond the sleep that was asked for. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** Code points in the name of a city. The longest place name in use has 168. */
export const MAX_CITY_CHARS = 1_000;

/** Code points in the source of a manifest. */
export const MAX_SOURCE_CHARS = 200;

/** The largest number of wagons in an entry: what a uint32 holds. */
export const MAX_WAGONS = 4_294_967_295;

/** Bytes of an input that is a text: a manifest of one frame is far smaller. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/** Bytes of a picture file: the largest phone cameras write JPEGs of some 40 MB. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/** Pixels of a picture: 4 bytes each while it is read, so 256 MB. Phone cameras make 50 million. */
export const MAX_PICTURE_PIXELS = 64_000_000;

/** Bytes of a log file before the next one is begun: some 100,000 lines. */
export const LOG_MAX_BYTES = 10 * 1024 * 1024;

/** Log files that are kept: half a million lines, and no more than 50 MB of disk. */
export const LOG_FILES = 5;

/** Bytes that a server prints and that nobody has read yet, before it leaves some out. */
export const MAX_PRINT_QUEUE_BYTES = 8 * 1024 * 1024;

/** Time for what a server has printed to be read when it stops. */
export const PRINT_FLUSH_TIMEOUT_MS = 2_000;

/**
 * Bytes of a message that AES-256-EAX seals; ChaCha20-Poly1305 seals longer ones, and both sides have
 * to agree on it. Measured, on one core: 40 bytes take 6 us by either; 1 KiB 17 us by EAX and 8 by
 * ChaCha; 16 KiB 110 and 18; 1 MiB 5,300 and 680. With a thousand sessions in turns 160 bytes take 9 to
 * 18 us by EAX, whose tables have left the caches by then, and 4 to 8 by ChaCha: a full room's events
 * were late by that. So the bound is low. The proof of a session has 0 bytes.
 */
export const MAX_EAX_BYTES = 64;

/**
 * Time that a write waits for another process that writes to the same store: some batches of a change
 * of its key. Half of the time that clients wait for their answers.
 */
export const STORE_BUSY_TIMEOUT_MS = 5_000;

/** Records that a change of the store's key writes at once: others wait for some 50 ms. */
export const REKEY_BATCH_RECORDS = 1_000;

/** Bytes of such records: few when they are large, for they are all held in memory. */
export const REKEY_BATCH_BYTES = 8 * 1024 * 1024;

/** Time that a change of the store's key waits for others that write, batch by batch. */
export const REKEY_LOCK_TIMEOUT_MS = 30_000;

/** Bytes of a file that a server keeps: a disk image fits, and one mistake does not fill a disk. */
export const MAX_FILE_BYTES = 16 * 1024 ** 3;

/** Bytes in the name of a file: four times what file systems take, in whatever script. */
export const MAX_FILE_NAME_BYTES = 1024;

/** Files that one connection puts at once: each is an open file and a hash under way. */
export const MAX_UPLOADS = 4;

/** Files that one connection has open for reading: who takes turns between more opens them anew. */
export const MAX_OPEN_CONTENTS = 4;

/** Bytes of a chunk: with what else is in its message it fits a frame of 1 MiB, also sealed. */
export const MAX_CHUNK_BYTES = 1024 * 1024 - 1024;

/** Chunks of one file that a client holds: one is read while others are sealed and sent. */
export const CHUNKS_AHEAD = 3;

/** Bytes of a chunk that a client sends: larger ones gain nothing, smaller ones cost more each. */
export const CHUNK_BYTES = 512 * 1024;

/** What a chunk's message has besides its data: an id, an offset, tags and lengths, a seal. */
export const CHUNK_OVERHEAD_BYTES = 128;

/** What a chunk on its way to the disk takes besides its data: 3 KB were measured. */
export const CHUNK_MEMORY_BYTES = 4 * 1024;

/**
 * Memory of chunks of one connection on their way to the disk, before it is no longer read: one is
 * written while the next one comes. With 4 MiB a file of 2 GiB takes longer, and 30 MB more.
 */
export const MAX_WRITING_BYTES = 1024 * 1024;

/** Answers of one connection that are made when there is room, before it is no longer read. */
export const MAX_WAITING_ANSWERS = 64;

/** Bytes that a client asks for before they have come: a tenth of a second at 40 MB/s. */
export const READ_AHEAD_BYTES = 4 * 1024 * 1024;

/** Files in one answer: 2 KiB each with the longest names, so that a frame holds them. */
export const MAX_LISTED_FILES = 256;

/** Time in which something of a file must go on: a server's disk may be busy with much else. */
export const TRANSFER_STALL_TIMEOUT_MS = 60_000;

/** How often a lost connection is made again for a file, with nothing gained in between. */
export const TRANSFER_RETRIES = 5;

/** The wait before the first such try; each further one doubles it. */
export const RETRY_FIRST_DELAY_MS = 500;

/** The longest such wait. */
export const RETRY_MAX_DELAY_MS = 10_000;

/**
 * Bytes of a content that are sealed together, and read together: a quarter of the longest read, so
 * that little is opened in vain, and enough that each costs no more by the byte than a longer one
 * (0.7 ms for a MiB; in parts of 64 KiB it is 0.95).
 */
export const CONTENT_CHUNK_BYTES = 256 * 1024;

/** Bytes of an upload from one of its waits for the disk to the next: 30 ms on a disk of 500 MB/s. */
export const UPLOAD_SYNC_BYTES = 16 * 1024 * 1024;

/** Bytes of an upload that are not on the disk yet, before its next ones have to wait. */
export const UPLOAD_MAX_UNSYNCED_BYTES = 48 * 1024 * 1024;

/** Bytes of what an earlier upload has left that are hashed at once: others wait for some 2 ms. */
export const READ_AGAIN_BYTES = 1024 * 1024;

/**
 * Time for what an earlier upload has left to be read and hashed, before its sender is told to ask
 * again: less than any client waits for an answer. What was hashed counts the next time.
 */
export const HASH_PATIENCE_MS = 2_000;

/** Hashes under way that are kept for whoever goes on with a content: some 500 bytes each. */
export const MAX_KEPT_HASHES = 1_000;

/**
 * After so long without a byte an upload gives way to whoever begins the same content. Who is there
 * has brought a chunk by then, because each frame has to be whole in that time.
 */
export const UPLOAD_IDLE_MS: number = FRAME_TIMEOUT_MS;

/**
 * The wait of a client whose file the server cannot take now, but soon, before it asks again: half of
 * {@linkcode HASH_PATIENCE_MS}, so that the server reads two thirds of the time.
 */
export const BUSY_RETRY_MS = 1_000;

/** How long what was put of a file waits for the rest: over a long weekend, and a yard's repair. */
export const PART_KEEP_MS = 7 * 86_400_000;

/**
 * The same of a content whose hash was not told, which nobody can go on with: longer than any such
 * upload lasts, because another server could be taking it at this moment.
 */
export const UNNAMED_PART_KEEP_MS = 3_600_000;

/** How often such leftovers are removed: the disk holds them a day longer at most. */
export const LEFTOVERS_INTERVAL_MS = 86_400_000;

/** Events of the room that are forgotten at once: others wait for some 10 ms. */
export const FORGET_BATCH_EVENTS = 1_000;

/** Bytes of a text in the chat dialect: what people type is far shorter. */
export const MAX_CHAT_TEXT_BYTES = 64 * 1024;

/**
 * Bytes of a file in the chat dialect. The other end's programs hold it whole, and it cannot be
 * gone on with when the connection breaks.
 */
export const MAX_CHAT_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Bytes of a file in the chat dialect that go out in one write with all that belongs to it. System C's
 * programs take what one read brings for the whole of it: through loopback that is some 100 KiB of a
 * write.
 */
export const CHAT_WHOLE_FILE_BYTES = 128 * 1024;

/** Bytes of a longer one that are read and written at a time: all that is held of it. */
export const CHAT_FILE_STEP_BYTES = 64 * 1024;

/** Bytes of files that a client of the chat dialect keeps until they are saved: what /tmp has room for. */
export const MAX_CHAT_SPOOL_BYTES = 512 * 1024 * 1024;

/** Time that a chat's server gets to read what was said last, when a client leaves: some round trips. */
export const CHAT_LEAVE_TIMEOUT_MS = 2_000;

/**
 * Bytes of a length's header in the chat dialect. Fewer than two cannot say how long a time is, and
 * more than some twenty digits say nothing.
 */
export const MIN_CHAT_HEADER_BYTES = 2;

/** See {@linkcode MIN_CHAT_HEADER_BYTES}. */
export const MAX_CHAT_HEADER_BYTES = 32;

/**
 * UTF-16 code units in a line that is being typed or pasted: at most 48 KiB in UTF-8, less than the
 * 64 KiB that a text may have, and laid out anew at each key in some milliseconds.
 */
export const MAX_TYPED_CHARS = 16 * 1024;

/** Characters of a key's sequence that are looked at: none is longer, and what is pasted may be. */
export const MAX_KEY_SEQUENCE_CHARS = 16;

/** Lines that the arrow keys bring back. */
export const MAX_TYPED_LINES = 500;

/** Messages that wait for a connection or for their receipts: more than a person types in a day. */
export const MAX_WAITING_MESSAGES = 1_000;

/** Of those, sent and without their receipts: half of what a server takes of one member at once. */
export const MAX_UNRECEIPTED = 50;

/**
 * Ids of own messages that are remembered, to know them again in the history: some 100 bytes each.
 * They are needed for as long as one connection lasts.
 */
export const MAX_OWN_IDS = 100_000;

/** Events that are asked for at once; a server may give fewer. */
export const HISTORY_PAGE_EVENTS = 500;

/** Events that `--history` shows at most: they are all held until the first one is there. */
export const MAX_SHOWN_EVENTS = 10_000;

/** Files that can be saved by their numbers: some 300 bytes each. */
export const MAX_OFFERED_FILES = 1_000;

/** The wait before a lost connection is made again, and the longest to which it grows. */
export const RECONNECT_FIRST_MS = 1_000;

/** See {@linkcode RECONNECT_FIRST_MS}. */
export const RECONNECT_MAX_MS = 10_000;
