/**
 * The bounds of the room and its members, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

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

/** Damaged events of the room that are logged, each once: more say nothing new of the store. */
export const MAX_TOLD_UNREADABLE = 100;

/** Events of the room that are forgotten at once: others wait for some 10 ms. */
export const FORGET_BATCH_EVENTS = 1_000;
