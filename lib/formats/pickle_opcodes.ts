/**
 * The opcodes of Python's pickles, protocols 0 to 5: what follows each of them in the bytes, and
 * which of them may stand in a pickle that is read here. They are documented in the source of
 * Python's `pickletools`.
 *
 * The list is one of what is allowed: opcodes that can build nothing but data that a dictionary here
 * can hold. All others are known only to be refused by their name.
 *
 * @module
 */

/** The opcodes that are read, by the names that Python has for them. */
export const Op = {
  MARK: 0x28,
  EMPTY_TUPLE: 0x29,
  STOP: 0x2e,
  POP: 0x30,
  POP_MARK: 0x31,
  DUP: 0x32,
  FLOAT: 0x46,
  BINFLOAT: 0x47,
  INT: 0x49,
  BININT: 0x4a,
  BININT1: 0x4b,
  LONG: 0x4c,
  BININT2: 0x4d,
  NONE: 0x4e,
  STRING: 0x53,
  BINSTRING: 0x54,
  SHORT_BINSTRING: 0x55,
  UNICODE: 0x56,
  BINUNICODE: 0x58,
  EMPTY_LIST: 0x5d,
  APPEND: 0x61,
  DICT: 0x64,
  APPENDS: 0x65,
  GET: 0x67,
  BINGET: 0x68,
  LONG_BINGET: 0x6a,
  LIST: 0x6c,
  PUT: 0x70,
  BINPUT: 0x71,
  LONG_BINPUT: 0x72,
  SETITEM: 0x73,
  TUPLE: 0x74,
  SETITEMS: 0x75,
  EMPTY_DICT: 0x7d,
  PROTO: 0x80,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
  TUPLE3: 0x87,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  LONG1: 0x8a,
  LONG4: 0x8b,
  SHORT_BINUNICODE: 0x8c,
  BINUNICODE8: 0x8d,
  MEMOIZE: 0x94,
  FRAME: 0x95,
} as const;

/** What stands behind an opcode. 0 and above: so many bytes. */
export const Argument = {
  /** One line, with its end. */
  line: -1,
  /** A length of 1, 4 or 8 bytes, the lowest first, and so many bytes; of PROTO and FRAME the number only. */
  counted1: -2,
  counted4: -3,
  counted8: -4,
  /** The opcode is refused. */
  refused: -5,
  /** There is no such opcode. */
  none: -6,
} as const;

/** Those that are allowed and have something behind them. */
const ARGUMENTS: readonly (readonly [keyof typeof Op, number])[] = [
  ["FLOAT", Argument.line],
  ["INT", Argument.line],
  ["LONG", Argument.line],
  ["STRING", Argument.line],
  ["UNICODE", Argument.line],
  ["GET", Argument.line],
  ["PUT", Argument.line],
  ["BINGET", 1],
  ["LONG_BINGET", 4],
  ["BINPUT", 1],
  ["LONG_BINPUT", 4],
  ["BININT", 4],
  ["BININT1", 1],
  ["BININT2", 2],
  ["BINFLOAT", 8],
  ["LONG1", Argument.counted1],
  ["LONG4", Argument.counted4],
  ["BINSTRING", Argument.counted4],
  ["SHORT_BINSTRING", Argument.counted1],
  ["BINUNICODE", Argument.counted4],
  ["SHORT_BINUNICODE", Argument.counted1],
  ["BINUNICODE8", Argument.counted8],
  ["PROTO", Argument.counted1],
  ["FRAME", Argument.counted8],
];

const IMPORTS = "would import what it names from any module of Python";
const MAKES = "would make an object of a class";
const ELSEWHERE = "would ask the reader for an object that is kept elsewhere";
const EXTENSION = "would import what a code of the reader's registry stands for";
const BYTES = "builds bytes, which no dictionary here can hold";
const SET = "builds a set, which no dictionary here can hold";
const BUFFER = "wants a buffer that is not in the pickle";

/** Those that are refused, and what each of them would do. */
const REFUSED: readonly (readonly [number, name: string, what: string])[] = [
  [0x63, "GLOBAL", IMPORTS],
  [0x93, "STACK_GLOBAL", IMPORTS],
  [0x52, "REDUCE", "would call a function"],
  [0x62, "BUILD", "would set the state of an object"],
  [0x69, "INST", "would import a class and make an object of it"],
  [0x6f, "OBJ", MAKES],
  [0x81, "NEWOBJ", MAKES],
  [0x92, "NEWOBJ_EX", MAKES],
  [0x50, "PERSID", ELSEWHERE],
  [0x51, "BINPERSID", ELSEWHERE],
  [0x82, "EXT1", EXTENSION],
  [0x83, "EXT2", EXTENSION],
  [0x84, "EXT4", EXTENSION],
  [0x42, "BINBYTES", BYTES],
  [0x43, "SHORT_BINBYTES", BYTES],
  [0x8e, "BINBYTES8", BYTES],
  [0x96, "BYTEARRAY8", BYTES],
  [0x8f, "EMPTY_SET", SET],
  [0x90, "ADDITEMS", SET],
  [0x91, "FROZENSET", SET],
  [0x97, "NEXT_BUFFER", BUFFER],
  [0x98, "READONLY_BUFFER", BUFFER],
];

/** What stands behind each of the 256 bytes when it is taken for an opcode: see {@linkcode Argument}. */
export const ARGUMENT_OF: Readonly<Int8Array> = argumentTable();

const REFUSALS: ReadonlyMap<number, string> = new Map(
  REFUSED.map(([code, name, what]) => [code, `the opcode ${name} ${what}`]),
);

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(Op).map(([name, code]) => [code, name]),
);

/** The name of an opcode that is allowed. */
export function nameOf(opcode: number): string {
  return NAMES.get(opcode)!;
}

/** Why an opcode is refused, as the beginning of a sentence; `undefined` when it is not. */
export function refusalOf(opcode: number): string | undefined {
  return REFUSALS.get(opcode);
}

function argumentTable(): Int8Array {
  const table = new Int8Array(256).fill(Argument.none);
  for (const code of Object.values(Op)) table[code] = 0;
  for (const [name, argument] of ARGUMENTS) table[Op[name]] = argument;
  for (const [code] of REFUSED) table[code] = Argument.refused;
  return table;
}
