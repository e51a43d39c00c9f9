/**
 * Pickles that were made to do harm, or that no pickler makes: each must be refused, and run nothing.
 *
 * @module
 */

/** One of them. */
export interface HostilePickle {
  /** What it is. */
  readonly name: string;
  /** Makes its bytes. */
  readonly make: () => Uint8Array;
  /** What the error says: the opcode, or the reason. */
  readonly refused: string;
  /** The opcode that the error names, as Python's pickletools call it, when they get as far. */
  readonly opcode?: string;
  /** The whole of it is a pickle by its opcodes and lengths, and only what it builds is refused. */
  readonly hasEnd?: boolean;
}

/** Bytes of text in which each character is the byte with its number. */
export function raw(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A text as SHORT_BINUNICODE has it. */
function short(text: string): string {
  return `\x8c${String.fromCharCode(text.length)}${text}`;
}

const IMPORTS = "would import what it names";

/** Refused at an opcode that is not allowed, before anything is built. */
const FORBIDDEN: [name: string, opcode: string, bytes: string, what: string][] = [
  ["os.system by GLOBAL", "GLOBAL", "cos\nsystem\n(S'exit 1'\ntR.", IMPORTS],
  [
    "os.system by GLOBAL in protocol 2",
    "GLOBAL",
    "\x80\x02cos\nsystem\nX\x02\0\0\0ls\x85R.",
    IMPORTS,
  ],
  ["posix.system as a value", "GLOBAL", "(dp0\nVa\ncposix\nsystem\n(Vls\ntRs.", IMPORTS],
  ["eval by GLOBAL", "GLOBAL", "\x80\x03cbuiltins\neval\nX\x03\0\0\x001+1\x85R.", IMPORTS],
  ["a function without a call", "GLOBAL", "}Va\ncos\nsystem\ns.", IMPORTS],
  ["GLOBAL as a name", "GLOBAL", "}cos\nsystem\nK\x01s.", IMPORTS],
  ["GLOBAL that is dropped", "GLOBAL", "cos\nsystem\n0}.", IMPORTS],
  [
    "os.system by STACK_GLOBAL",
    "STACK_GLOBAL",
    `\x80\x04${short("os")}${short("system")}\x93${short("ls")}\x85R.`,
    IMPORTS,
  ],
  [
    "STACK_GLOBAL of names from the memo",
    "STACK_GLOBAL",
    `\x80\x04${short("system")}\x94${short("os")}\x94h\x01h\0\x93.`,
    IMPORTS,
  ],
  [
    "STACK_GLOBAL in a frame",
    "STACK_GLOBAL",
    `\x80\x05\x95\x0c${"\0".repeat(7)}` +
    `${short("os")}${short("system")}\x93.`,
    IMPORTS,
  ],
  ["STACK_GLOBAL without names", "STACK_GLOBAL", "\x80\x04\x93.", IMPORTS],
  ["os.system by INST", "INST", "(S'ls'\nios\nsystem\n.", "would import a class"],
  [
    "subprocess.Popen by INST",
    "INST",
    "((lp0\nS'ls'\naisubprocess\nPopen\n.",
    "would import a class",
  ],
  ["os.system by OBJ", "OBJ", "(S'os.system'\nS'ls'\no.", "would make an object of a class"],
  ["REDUCE of what is no function", "REDUCE", "}(tR.", "would call a function"],
  ["REDUCE at once", "REDUCE", "R.", "would call a function"],
  ["BUILD of a dictionary", "BUILD", "}}Va\nK\x01sb.", "would set the state of an object"],
  ["BUILD at once", "BUILD", "b", "would set the state of an object"],
  ["NEWOBJ", "NEWOBJ", "\x80\x02})\x81.", "would make an object of a class"],
  ["NEWOBJ_EX", "NEWOBJ_EX", "\x80\x04})}\x92.", "would make an object of a class"],
  ["EXT1", "EXT1", "\x80\x02\x82\x01.", "would import what a code"],
  ["EXT2", "EXT2", "\x80\x02\x83\x01\x02.", "would import what a code"],
  ["EXT4", "EXT4", "\x80\x02\x84\x01\x02\x03\x04.", "would import what a code"],
  ["PERSID", "PERSID", "Pfile:///etc/passwd\n.", "would ask the reader for an object"],
  ["BINPERSID", "BINPERSID", "\x80\x02X\x01\0\0\0aQ.", "would ask the reader for an object"],
  ["SHORT_BINBYTES", "SHORT_BINBYTES", "\x80\x03}C\x01aK\x01s.", "builds bytes"],
  ["BINBYTES", "BINBYTES", "\x80\x03B\x01\0\0\0a.", "builds bytes"],
  ["BINBYTES8", "BINBYTES8", `\x80\x04\x8e\x01${"\0".repeat(7)}a.`, "builds bytes"],
  ["BYTEARRAY8", "BYTEARRAY8", `\x80\x05\x96\x01${"\0".repeat(7)}a.`, "builds bytes"],
  ["BINBYTES8 of 2^40 bytes", "BINBYTES8", "\x80\x04\x8e\0\0\0\0\0\x01\0\0", "builds bytes"],
  ["BYTEARRAY8 of 2^40 bytes", "BYTEARRAY8", "\x80\x05\x96\0\0\0\0\0\x01\0\0", "builds bytes"],
  ["EMPTY_SET", "EMPTY_SET", "\x80\x04\x8f.", "builds a set"],
  ["ADDITEMS", "ADDITEMS", "\x80\x04](K\x01\x90.", "builds a set"],
  ["FROZENSET", "FROZENSET", "\x80\x04(K\x01\x91.", "builds a set"],
  ["NEXT_BUFFER", "NEXT_BUFFER", "\x80\x05\x97.", "wants a buffer"],
  ["READONLY_BUFFER", "READONLY_BUFFER", "\x80\x05}\x98.", "wants a buffer"],
];

/** The opcode FRAME with its length. */
function frame(length: number): string {
  return `\x95${String.fromCharCode(length)}${"\0".repeat(7)}`;
}

/** Refused at the length, whose bytes never come. */
const LENGTHS: [name: string, opcode: string, bytes: string, what: string][] = [
  ["BINUNICODE8 of 2^40 bytes", "BINUNICODE8", "\x80\x04\x8d\0\0\0\0\0\x01\0\0", "1099511627776"],
  [
    "BINUNICODE8 of 2^64 - 1 bytes",
    "BINUNICODE8",
    "\x8d\xff\xff\xff\xff\xff\xff\xff\xff",
    "is 184467",
  ],
  ["FRAME of 2^40 bytes", "FRAME", "\x80\x04\x95\0\0\0\0\0\x01\0\0}.", "is 1099511627776"],
  ["BINUNICODE of 4 GiB", "BINUNICODE", "X\xff\xff\xff\xff", "is 4294967295"],
  ["BINSTRING of 2 GiB", "BINSTRING", "T\xff\xff\xff\x7f", "is 2147483647"],
  ["BINSTRING of -1 bytes", "BINSTRING", "T\xff\xff\xff\xff", "negative: -1"],
  ["LONG4 of 2 GiB", "LONG4", "\x80\x02\x8b\xff\xff\xff\x7f", "is 2147483647"],
  ["LONG4 of -1 bytes", "LONG4", "\x80\x02\x8b\xff\xff\xff\xff", "negative: -1"],
  ["LONG4 of -2^31 bytes", "LONG4", "\x80\x02\x8b\0\0\0\x80", "negative: -2147483648"],
  ["a frame that ends in an opcode", "BININT2", frame(2) + "}M\x01\x02.", "goes beyond the end"],
  ["a frame that ends in a length", "LONG4", frame(2) + "}\x8b\x01\0\0\0\x01.", "goes beyond"],
  ["a frame that ends in a text", "BINUNICODE", frame(7) + "}X\x02\0\0\0ab.", "goes beyond"],
  ["a frame that ends in a line", "INT", frame(2) + "}I1\n.", "goes beyond the end"],
  ["a frame that ends in PROTO", "PROTO", frame(2) + "}\x80\x04.", "goes beyond the end"],
  ["a frame that ends behind the STOP", "STOP", frame(9) + "}.gAAAAA", "stands 7 bytes before"],
  ["a frame in a frame", "FRAME", frame(11) + frame(2) + "}.", "begins a frame in another"],
  ["protocol 6", "PROTO", "\x80\x06}.", "protocol 6"],
  ["protocol 255", "PROTO", "\x80\xff}.", "protocol 255"],
];

/** A whole pickle of a dictionary or list that cannot be built or is not taken. */
const BUILT: [name: string, bytes: string, what: string][] = [
  ["a list in itself", "\x80\x02]q\0h\0a.", "a list is in itself"],
  ["a dictionary in itself", "\x80\x02}q\0X\x01\0\0\0ah\0s.", "a dictionary is in itself"],
  ["two lists in each other", "\x80\x02]q\0]q\x01h\0aa.", "a list is in itself"],
  ["a list in itself in protocol 0", "(lp0\ng0\na.", "a list is in itself"],
  ["a list in itself by DUP", "]2a2.", "opcode STOP finds more than one value"],
  ["a tuple in itself by its list", "\x80\x02]q\0h\0\x85q\x01a.", "a list is in itself"],
  ["a list in itself in APPENDS", "\x80\x04]\x94(K\x01h\0e.", "a list is in itself"],
  [
    "the memo id 0 twice",
    "\x80\x02}q\0X\x01\0\0\0aq\0K\x01s.",
    "opcode BINPUT has the memo id 0 again",
  ],
  [
    "the memo id 0 twice in protocol 0",
    "(dp0\nVa\np0\nI1\ns.",
    "opcode PUT has the memo id 0 again",
  ],
  ["MEMOIZE on a taken id", "\x80\x04}q\x01\x94.", "opcode MEMOIZE has the memo id 1 again"],
  [
    "LONG_BINPUT on a taken id",
    "\x80\x02}q\0r\0\0\0\0.",
    "opcode LONG_BINPUT has the memo id 0 again",
  ],
  [
    "a memo id of 2^32 - 1",
    "\x80\x02}r\xff\xff\xff\xff.",
    "opcode LONG_BINPUT has the memo id 4294967295",
  ],
  ["a memo id with a sign", "(dp-1\n.", 'opcode PUT has "-1", which is no memo id'],
  ["a memo id of letters", "(dp0\ngx\n.", 'opcode GET has "x", which is no memo id'],
  ["a memo id of 10^30", `(dp1${"0".repeat(30)}\n.`, "which is no memo id"],
  ["BINGET of nothing", "\x80\x02h\0.", "opcode BINGET has the memo id 0, which nothing has"],
  [
    "LONG_BINGET of nothing",
    "\x80\x02j\xff\xff\xff\xff.",
    "opcode LONG_BINGET has the memo id 4294967295",
  ],
  ["GET of nothing", "g5\n.", "opcode GET has the memo id 5"],
  ["MEMOIZE of nothing", "\x80\x04\x94.", "opcode MEMOIZE finds nothing"],
  ["PUT below a mark", "}(q\0.", "opcode BINPUT finds nothing"],
  ["nothing at all", ".", "opcode STOP finds nothing"],
  ["only a protocol", "\x80\x04.", "opcode STOP finds nothing"],
  ["a mark at the end", "}(.", "opcode STOP finds nothing"],
  ["two dictionaries", "}}.", "opcode STOP finds more than one value"],
  ["POP of nothing", "0}.", "opcode POP finds nothing"],
  ["POP_MARK without a mark", "}1.", "opcode POP_MARK finds no mark"],
  ["DUP of nothing", "2.", "opcode DUP finds nothing"],
  ["APPENDS without a mark", "]K\x01e.", "opcode APPENDS finds no mark"],
  ["APPEND to nothing", "K\x01a.", "opcode APPEND finds nothing"],
  ["APPEND across a mark", "](K\x01a.", "opcode APPEND finds nothing"],
  ["APPEND to a dictionary", "}K\x01a.", "opcode APPEND appends to a dictionary"],
  ["APPENDS to a tuple", "\x80\x02)(K\x01e.", "opcode APPENDS appends to a tuple"],
  ["APPEND to a number", "K\x01K\x02a.", "opcode APPEND appends to a number"],
  ["SETITEM without a dictionary", "Va\nK\x01s.", "opcode SETITEM finds nothing"],
  ["SETITEM in a list", "]Va\nK\x01s.", "opcode SETITEM puts a name into a list"],
  ["SETITEM in a text", "Vt\nVa\nK\x01s.", "opcode SETITEM puts a name into a text"],
  ["SETITEMS of three", "}(Va\nK\x01Vb\nu.", "opcode SETITEMS has a name without a value"],
  ["SETITEMS without a mark", "}Va\nK\x01u.", "opcode SETITEMS finds no mark"],
  ["DICT of one", "(Va\nd.", "opcode DICT has a name without a value"],
  ["DICT without a mark", "d.", "opcode DICT finds no mark"],
  ["LIST without a mark", "l.", "opcode LIST finds no mark"],
  ["TUPLE without a mark", "t.", "opcode TUPLE finds no mark"],
  ["TUPLE3 of two", "K\x01K\x02\x87.", "opcode TUPLE3 finds nothing"],
  ["a name twice", "}(Va\nK\x01Va\nK\x02u.", 'opcode SETITEMS has the name "a" again'],
  [
    "a name twice in two opcodes",
    "}Va\nK\x01sVa\nK\x02s.",
    'opcode SETITEM has the name "a" again',
  ],
  ["a name twice by two opcodes", "}U\x01aK\x01sX\x01\0\0\0aK\x02s.", 'has the name "a" again'],
  ["a number as a name", "}K\x01K\x02s.", "opcode SETITEM has a name that is a number, not a text"],
  ["True as a name", "\x80\x02}\x88K\x02s.", "a name that is True or False, not a text"],
  ["None as a name", "}NK\x02s.", "a name that is None, not a text"],
  ["a tuple as a name", "\x80\x02}Va\n\x85K\x02s.", "a name that is a list, not a text"],
  ["no dictionary but a text", "Va\n.", "it is no dictionary but a single value"],
  ["no dictionary but a number", "I1\n.", "it is no dictionary but a single value"],
  ["a list of no entries", "](K\x01K\x02e.", "is no entry"],
  [
    "a list with a city twice",
    "](}(Vcity\nVA\nVwagons\nK\x01u}(Vcity\nVA\nVwagons\nK\x02ue.",
    "comes twice",
  ],
  ["LONG with underscores", "}Va\nL1_000L\ns.", 'opcode LONG has "1_000"'],
  ["LONG in hexadecimal", "}Va\nL0x10L\ns.", 'opcode LONG has "0x10"'],
  ["LONG of nothing", "}Va\nLL\ns.", 'opcode LONG has ""'],
  ["INT with a leading zero", "}Va\nI007\ns.", 'opcode INT has "007"'],
  ["INT that is nearly True", "}Va\nI1 \ns.", 'opcode INT has "1 "'],
  ["INT with a plus", "}Va\nI+1\ns.", 'opcode INT has "+1"'],
  ["INT of nothing", "}Va\nI\ns.", 'opcode INT has ""'],
  ["INT with a carriage return", "}Va\nI1\r\ns.", 'opcode INT has "1\\r"'],
  ["LONG of 5,000 digits", `}Va\nL${"9".repeat(5_000)}L\ns.`, "opcode LONG has"],
  ["FLOAT with underscores", "}Va\nF1_0.5\ns.", 'opcode FLOAT has "1_0.5"'],
  ["FLOAT in hexadecimal", "}Va\nF0x1p3\ns.", 'opcode FLOAT has "0x1p3"'],
  ["FLOAT past the largest", "}Va\nF1e999\ns.", 'opcode FLOAT has "1e999"'],
  ["FLOAT of nothing", "}Va\nF\ns.", 'opcode FLOAT has ""'],
  [
    "LONG1 of 255 bytes and LONG4 of 2,000",
    `}Va\n\x8b\xd0\x07\0\0${"\x7f".repeat(2_000)}s.`,
    "opcode LONG4 is a whole number of too many digits",
  ],
  [
    "UTF-8 that is cut off",
    "}X\x01\0\0\0\xd0K\x01s.",
    "opcode BINUNICODE has a text that is no UTF-8",
  ],
  [
    "UTF-8 that is longer than need be",
    "\x80\x04}\x8c\x02\xc0\xafK\x01s.",
    "opcode SHORT_BINUNICODE has a text that is no UTF-8",
  ],
  [
    "half a character",
    "}X\x03\0\0\0\xed\xa0\xbdK\x01s.",
    "opcode BINUNICODE has a text that is no UTF-8",
  ],
  ["two halves of a character", "}X\x06\0\0\0\xed\xa0\xbd\xed\xb8\x80K\x01s.", "is no UTF-8"],
  [
    "half a character in an escape",
    "}V\\ud83d\nK\x01s.",
    "opcode UNICODE has a text that has half",
  ],
  ["two halves in escapes", "}V\\ud83d\\ude00\nK\x01s.", "opcode UNICODE has a text that has half"],
  ["an escape past Unicode", "}V\\U00110000\nK\x01s.", "which is no character"],
  ["an escape that is cut off", "}V\\u12\nK\x01s.", "has the escape \\u, which is cut off"],
  [
    "a str of Python 2 in UTF-8",
    "}U\x02\xd0\x9cK\x01s.",
    "opcode SHORT_BINSTRING has a text that is bytes",
  ],
  [
    "a long str of Python 2",
    "}T\x01\0\0\0\xffK\x01s.",
    "opcode BINSTRING has a text that is bytes",
  ],
  ["STRING with bytes", "}S'\\xff'\nK\x01s.", "opcode STRING has a text that is bytes"],
  ["STRING with a space behind it", "}S'a' \nK\x01s.", "opcode STRING has a text that is not in"],
  ["INT of -0, which CPython takes for False", "}Va\nI-0\ns.", 'opcode INT has "-0"'],
  ["STRING without quotes", "}Sa\nK\x01s.", "opcode STRING has a text that is not in quotes"],
  ["STRING with one quote", "}S'\nK\x01s.", "opcode STRING has a text that is not in quotes"],
  [
    "STRING with two kinds of quotes",
    "}S'a\"\nK\x01s.",
    "opcode STRING has a text that is not in quotes",
  ],
  [
    "STRING with half an escape",
    "}S'\\x1'\nK\x01s.",
    "opcode STRING has a text that has the escape",
  ],
  [
    "STRING that ends in an escape",
    "}S'\\'\nK\x01s.",
    "opcode STRING has a text that has the escape",
  ],
];

/** Lists in each other by a memo: the value of each is the one before, this often. */
function memoBomb(levels: number, times: number, seed: string): string {
  let pickle = `\x80\x02${seed}q\0`;
  for (let i = 1; i <= levels; i++) {
    const id = String.fromCharCode(i - 1);
    pickle += `](${`h${id}`.repeat(times)}eq${String.fromCharCode(i)}`;
  }
  // What is below is dropped: the memo holds it.
  return pickle;
}

/** The same, with all that is below the last list dropped. */
function bombIn(levels: number, times: number, seed: string): string {
  return `(${memoBomb(levels, times, seed)}1}Va\nh${String.fromCharCode(levels)}s.`;
}

const TOO_MANY_VALUES = "values when written out";
const TOO_MANY_CONTAINERS = "lists and dictionaries when written out";
/** The most bytes that a pickle may have. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A pickle of so many bytes that has the same opcodes again and again. */
function filled(head: string, opcodes: string, tail: string): string {
  const count = Math.floor((MAX_BYTES - head.length - tail.length) / opcodes.length);
  return head + opcodes.repeat(count) + tail;
}

const LARGE: [name: string, make: () => string, what: string][] = [
  ["a memo bomb of 10^10 values", () => bombIn(10, 10, "]"), TOO_MANY_CONTAINERS],
  ["a memo bomb of 2^100 values", () => bombIn(100, 2, "]"), TOO_MANY_CONTAINERS],
  ["a memo bomb of 200^3 values", () => bombIn(3, 200, "K\x01"), TOO_MANY_VALUES],
  ["a memo bomb of dictionaries", () => {
    let pickle = "(}q\0";
    for (let i = 1; i <= 60; i++) {
      const id = String.fromCharCode(i - 1);
      pickle += `}(Va\nh${id}Vb\nh${id}uq${String.fromCharCode(i)}`;
    }
    return `${pickle}1h<.`;
  }, TOO_MANY_CONTAINERS],
  ["a memo bomb that is filled last", () => {
    // 30 lists, each twice in the next, while the first is still empty; then it gets its values.
    let pickle = "(]q\0";
    for (let i = 1; i <= 30; i++) {
      const id = String.fromCharCode(i - 1);
      pickle += `](h${id}h${id}eq${String.fromCharCode(i)}`;
    }
    return `${pickle}h\0(${"K\x01".repeat(1_000)}e1}Va\nh\x1es.`;
  }, TOO_MANY_VALUES],
  ["a memo bomb of one text", () => {
    const text = `X\0\0\x01\0${"x".repeat(65_536)}q\0`;
    return `(${text}1}Va\n](${"h\0".repeat(2_000)}es.`;
  }, "characters of text when written out"],
  ["a memo bomb by DUP", () => `}Va\n](K\x01e${"2\x86".repeat(100)}s.`, TOO_MANY_CONTAINERS],
  ["a chain of the memo, 200 levels", () => bombIn(200, 1, "]"), "in each other"],
  [
    "100,000 lists by opcodes",
    () => `${"]".repeat(100_000)}${"a".repeat(99_999)}.`,
    "opcode EMPTY_LIST puts more than 512 values",
  ],
  [
    "100,000 lists behind a mark",
    () => `(${"]".repeat(100_000)}${"a".repeat(99_999)}l.`,
    "in each other",
  ],
  [
    "100,000 lists by marks",
    () => `${"(".repeat(100_000)}${"l".repeat(100_000)}.`,
    "opcode MARK sets",
  ],
  ["100,000 tuples", () => `K\x01${"\x85".repeat(100_000)}.`, "in each other"],
  ["100,000 lists by the memo", () => {
    let pickle = "\x80\x04]\x940";
    for (let i = 0; i < 100_000; i++) pickle += `]\x94j${uint32(i)}a0`;
    return `${pickle}j${uint32(100_000)}.`;
  }, "in each other"],
  [
    "100,000 dictionaries",
    () => `${"}Va\n".repeat(100_000)}}${"s".repeat(100_000)}.`,
    "opcode EMPTY_DICT puts more than 512 values",
  ],
  [
    "100,000 dictionaries behind a mark",
    () => `(${"}Va\n".repeat(100_000)}}${"s".repeat(100_000)}l.`,
    "in each other",
  ],
  [
    "16 MB of dictionaries",
    () => filled("\x80\x02(", "}", "l."),
    "opcode EMPTY_DICT builds too much",
  ],
  ["16 MB of lists", () => filled("\x80\x02(", "]", "l."), "opcode EMPTY_LIST builds too much"],
  ["16 MB of lists by marks", () => filled("\x80\x02(", "(l", "l."), "opcode LIST builds too much"],
  ["16 MB of dictionaries by marks", () => filled("(", "(d", "l."), "opcode DICT builds too much"],
  ["16 MB of tuples", () => filled("\x80\x02)", "\x85", "."), "opcode TUPLE1 builds too much"],
  [
    "16 MB of tuples that are dropped",
    () => filled("}", ")0", "."),
    "opcode EMPTY_TUPLE builds too",
  ],
  ["16 MB of None", () => filled("\x80\x02(", "N", "l."), "opcode NONE puts more than 1048576"],
  [
    "16 MB of None in a list",
    () => filled("\x80\x02}Va\n](", `${"N".repeat(1_000)}e(`, "es."),
    "opcode APPENDS builds too much: there are more than 4194304 values",
  ],
  [
    "16 MB of the same list in a list",
    () => filled("\x80\x02]q\0]", "h\0a", "."),
    "opcode APPEND builds too much: there are more than 4194304 values",
  ],
  [
    "16 MB of numbers for one value",
    () => filled("\x80\x04}", "\x94", "."),
    "has the memo id 2097153",
  ],
  ["16 MB of backslashes in STRING", () => filled("S'", "\\", "'\n."), "cut off"],
  ["16 MB of escapes in STRING", () => filled("S'", "\\\\", "'\n."), "no dictionary"],
  ["16 MB of escapes in UNICODE", () => filled("V", "\\u0041", "\n."), "no dictionary"],
  ["a million marks", () => "(".repeat(1_000_000) + ".", "opcode MARK sets"],
];

function uint32(value: number): string {
  return String.fromCharCode(...[0, 8, 16, 24].map((bits) => (value >>> bits) & 0xff));
}

/** Refused for where it ends, or for what is no opcode. */
const ENDS: [name: string, bytes: string, what: string][] = [
  ["a second STOP", "}..", "1 bytes follow the STOP"],
  ["a second pickle", "}.cos\nsystem\n(S'ls'\ntR.", "follow the STOP"],
  ["a line break behind the STOP", "}.\n", "1 bytes follow the STOP"],
];

/** All of them. */
export const HOSTILE_PICKLES: readonly HostilePickle[] = [
  ...FORBIDDEN.map(([name, opcode, bytes, what]) => ({
    name,
    make: () => raw(bytes),
    refused: `the opcode ${opcode} ${what}`,
    opcode,
  })),
  ...LENGTHS.map(([name, opcode, bytes, what]) => ({
    name,
    make: () => raw(bytes),
    refused: what,
    opcode,
  })),
  ...BUILT.map(([name, bytes, what]) => ({
    name,
    make: () => raw(bytes),
    refused: what,
    hasEnd: true,
    ...opcodeIn(what),
  })),
  ...LARGE.map(([name, make, what]) => ({
    name,
    make: () => raw(make()),
    refused: what,
    hasEnd: true,
    ...opcodeIn(what),
  })),
  ...ENDS.map(([name, bytes, what]) => ({
    name,
    make: () => raw(bytes),
    refused: what,
    hasEnd: true,
  })),
  { name: "no opcode", make: () => raw("}\xff."), refused: "the byte 0xff is no opcode" },
  { name: "a JSON", make: () => raw('{"a": 1}'), refused: "the byte 0x7b is no opcode" },
  {
    name: "17 million numbers",
    make: () => new Uint8Array(17_000_000).fill(0x4e),
    refused: "longer than 16777216 bytes",
  },
  {
    name: "a line of 17 million characters",
    make: () => new Uint8Array(17_000_000).fill(0x49),
    refused: "longer than 16777216 bytes",
  },
];

function opcodeIn(what: string): { opcode?: string } {
  const opcode = /^opcode ([A-Z0-9_]+) /.exec(what)?.[1];
  return opcode === undefined ? {} : { opcode };
}
