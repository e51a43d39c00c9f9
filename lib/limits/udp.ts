/**
 * The bounds of datagrams, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Bytes of a datagram: what is left of 64 KiB behind the headers of IPv4 and UDP. */
export const MAX_DATAGRAM_BYTES = 65_507;

/**
 * How many times as long as what it answers an answer by UDP may be. Whoever names a third party as
 * the sender can make a server send to it, and gains no more by it than this. A message of a command
 * is answered in full within it.
 */
export const MAX_UDP_ANSWER_FACTOR = 4;

/** Bytes of an answer by UDP: what system B's sender reads of one, and less than a packet has. */
export const MAX_UDP_ANSWER_BYTES = 1024;

/**
 * Bytes of a datagram that does not open and may be answered all the same: one more than the answer,
 * `decode error`, has. So no answer is longer than what it answers, and none is answered itself.
 */
export const MIN_ANSWERED_JUNK_BYTES = 13;

/** The span of time in which answers to junk are counted. */
export const JUNK_ANSWERS_SPAN_MS = 10_000;

/** Answers to junk in that time: 50 a second, some 2 KB with their headers, are no flood. */
export const MAX_JUNK_ANSWERS = 500;

/**
 * Of those, answers to one address and port: a person who tries keys sees each answer, and a program
 * that sends on and on knows by now.
 */
export const MAX_JUNK_ANSWERS_PER_PEER = 5;

/**
 * Peers by UDP at once: half of what one address may have of all connections, because a program that
 * takes another port for each message must not keep out the others of its machine. Whoever was silent
 * for longest makes room.
 */
export const MAX_UDP_PEERS = 500;

/**
 * New peers by UDP in a second: each is told in the log. With tokens that were overheard somebody can
 * make as many as addresses come to mind.
 */
export const MAX_NEW_UDP_PEERS_PER_SECOND = 100;

/**
 * Time without a message after which a peer by UDP counts as gone, as nobody says so: two tries of a
 * program that reports every half a minute.
 */
export const UDP_PEER_IDLE_MS = 60_000;

/** Messages that one peer by UDP sends in a second. What is more is dropped, as a network does. */
export const MAX_UDP_MESSAGES_PER_SECOND = 100;

/** Messages by UDP that are acted on at once, and whose answers are not sent: 32 MB of the longest. */
export const MAX_UDP_ACTING = 500;

/** Of those, messages of one peer: what comes in a second, if the disk is slow. */
export const MAX_UDP_ACTING_PER_PEER: number = MAX_UDP_MESSAGES_PER_SECOND;
