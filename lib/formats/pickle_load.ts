/**
 * Builds what a pickle says.
 *
 * @module
 */

import { checkExpandedSize } from "./expanded_size.ts";
import { FormatError } from "./format_error.ts";
import { PickleFault, shown } from "./pickle_fault.ts";
import { PickleInput } from "./pickle_input.ts";
import { PickleMemo } from "./pickle_memo.ts";
import { nameOf, Op } from "./pickle_opcodes.ts";
import { PickleStack } from "./pickle_stack.ts";
import { Tally } from "./tally.ts";
import { float, isDictionary, isList, type Value } from "./value.ts";

/** What an opcode does. */
type Step = (loader: Loader) => void;

const STEPS: Readonly<Record<Exclude<keyof typeof Op, "STOP">, Step>> = {
  PROTO: ({ input }) => input.at += 1,
  FRAME: ({ input }) => input.at += 8,
  MARK: ({ stack }) => stack.mark(),
  POP: ({ stack }) => stack.popAny(),
  POP_MARK: ({ stack }) => stack.popMark(),
  DUP: ({ stack, memo }) => stack.push(memo.share(stack.top())),

  MEMOIZE: ({ stack, memo }) => memo.append(stack.top()),
  PUT: ({ stack, memo, input }) => memo.put(input.memoLine(), stack.top()),
  BINPUT: ({ stack, memo, input }) => memo.put(input.byte(), stack.top()),
  LONG_BINPUT: ({ stack, memo, input }) => memo.put(input.uint32(), stack.top()),
  GET: ({ stack, memo, input }) => stack.push(memo.get(input.memoLine())),
  BINGET: ({ stack, memo, input }) => stack.push(memo.get(input.byte())),
  LONG_BINGET: ({ stack, memo, input }) => stack.push(memo.get(input.uint32())),

  NONE: ({ stack }) => stack.push(null),
  NEWTRUE: ({ stack }) => stack.push(true),
  NEWFALSE: ({ stack }) => stack.push(false),
  BININT: ({ stack, input }) => stack.push(input.int32()),
  BININT1: ({ stack, input }) => stack.push(input.byte()),
  BININT2: ({ stack, input }) => stack.push(input.uint16()),
  LONG1: ({ stack, input }) => stack.push(input.long(input.byte())),
  LONG4: ({ stack, input }) => stack.push(input.long(input.uint32())),
  INT: ({ stack, input }) => stack.push(input.intLine()),
  LONG: ({ stack, input }) => stack.push(input.longLine()),
  BINFLOAT: ({ stack, input }) => stack.push(float(input.double())),
  FLOAT: ({ stack, input }) => stack.push(input.floatLine()),

  SHORT_BINUNICODE: ({ stack, input }) => stack.push(input.utf8(input.byte())),
  BINUNICODE: ({ stack, input }) => stack.push(input.utf8(input.uint32())),
  BINUNICODE8: ({ stack, input }) => stack.push(input.utf8(input.uint64())),
  SHORT_BINSTRING: ({ stack, input }) => stack.push(input.ascii(input.byte())),
  BINSTRING: ({ stack, input }) => stack.push(input.ascii(input.uint32())),
  STRING: ({ stack, input }) => stack.push(input.quotedLine()),
  UNICODE: ({ stack, input }) => stack.push(input.rawEscapedLine()),

  EMPTY_DICT: (loader) => loader.pushEmptyDictionary(),
  DICT: (loader) => loader.pushDictionary(),
  SETITEM: (loader) => loader.setItem(),
  SETITEMS: (loader) => loader.setItems(),
  EMPTY_LIST: (loader) => loader.pushList([]),
  LIST: (loader) => loader.pushList(loader.stack.popToMark()),
  APPEND: (loader) => loader.append(),
  APPENDS: (loader) => loader.appendAll(),
  EMPTY_TUPLE: (loader) => loader.pushTuple([]),
  TUPLE: (loader) => loader.pushTuple(loader.stack.popToMark()),
  TUPLE1: (loader) => loader.pushSmallTuple(1),
  TUPLE2: (loader) => loader.pushSmallTuple(2),
  TUPLE3: (loader) => loader.pushSmallTuple(3),
};

/** The steps by the bytes of their opcodes. */
const STEP_OF: readonly (Step | undefined)[] = stepTable();

/**
 * Builds the value of a pickle that is all of the bytes: `PickleEnd` has found its STOP at their end,
 * so that each opcode is allowed, and all that stands behind it is there.
 *
 * @throws {FormatError} when the opcodes build nothing that a dictionary can hold, or a bound is
 * passed.
 */
export function loadPickle(bytes: Uint8Array): Value {
  return new Loader(bytes).run();
}

class Loader {
  readonly input: PickleInput;
  readonly stack = new PickleStack();
  readonly memo: PickleMemo;
  readonly #tally = new Tally();
  /** Lists that are tuples, which nothing is appended to. */
  readonly #tuples = new Set<Value>();

  constructor(bytes: Uint8Array) {
    this.input = new PickleInput(bytes);
    this.memo = new PickleMemo(bytes.length);
  }

  run(): Value {
    let at = 0;
    let opcode = this.input.byte();
    try {
      while (opcode !== Op.STOP) {
        STEP_OF[opcode]!(this);
        at = this.input.at;
        opcode = this.input.byte();
      }
      const value = this.stack.last();
      checkExpandedSize(value, this.memo.shared);
      return value;
    } catch (error) {
      if (!(error instanceof PickleFault)) throw error;
      throw new FormatError(`the opcode ${nameOf(opcode)} ${error.message}`, { byte: at });
    }
  }

  pushEmptyDictionary(): void {
    refuse(this.#tally.addContainer());
    this.stack.push(new Map());
  }

  pushDictionary(): void {
    const end = this.stack.height;
    refuse(this.#tally.addContainer());
    const dictionary = new Map<string, Value>();
    this.#fill(dictionary, this.stack.popMark(), end);
    this.stack.push(dictionary);
  }

  setItems(): void {
    const end = this.stack.height;
    const from = this.stack.popMark();
    this.#fill(this.#dictionary(), from, end);
  }

  setItem(): void {
    const value = this.stack.pop();
    const name = textOfName(this.stack.pop());
    const dictionary = this.#dictionary();
    if (dictionary.has(name)) throw again(name);
    refuse(this.#tally.addValues(1));
    dictionary.set(name, value);
  }

  append(): void {
    const value = this.stack.pop();
    refuse(this.#tally.addValues(1));
    this.#list().push(value);
  }

  appendAll(): void {
    const end = this.stack.height;
    const from = this.stack.popMark();
    const list = this.#list();
    refuse(this.#tally.addValues(end - from));
    for (let i = from; i < end; i++) list.push(this.stack.at(i));
  }

  pushSmallTuple(length: 1 | 2 | 3): void {
    const last = this.stack.pop();
    if (length === 1) return this.pushTuple([last]);
    const middle = this.stack.pop();
    this.pushTuple(length === 2 ? [middle, last] : [this.stack.pop(), middle, last]);
  }

  pushTuple(values: Value[]): void {
    this.pushList(values);
    this.#tuples.add(values);
  }

  pushList(values: Value[]): void {
    refuse(this.#tally.addContainer() ?? this.#tally.addValues(values.length));
    this.stack.push(values);
  }

  /** Puts names and values, in turns, into a dictionary. */
  #fill(dictionary: Map<string, Value>, from: number, end: number): void {
    if ((end - from) % 2 !== 0) throw new PickleFault("has a name without a value");
    refuse(this.#tally.addValues((end - from) / 2));
    const size = dictionary.size;
    for (let i = from; i < end; i += 2) {
      dictionary.set(textOfName(this.stack.at(i)), this.stack.at(i + 1));
    }
    // Once for all of them: to look for each name before takes much longer.
    if (dictionary.size - size === (end - from) / 2) return;
    const names = new Set([...dictionary.keys()].slice(0, size));
    for (let i = from; i < end; i += 2) {
      const name = textOfName(this.stack.at(i));
      if (names.has(name)) throw again(name);
      names.add(name);
    }
  }

  #dictionary(): Map<string, Value> {
    const dictionary = this.stack.top();
    // What is built here is still ours to change.
    if (isDictionary(dictionary)) return dictionary as Map<string, Value>;
    throw new PickleFault(`puts a name into ${kindOf(dictionary)}`);
  }

  #list(): Value[] {
    const list = this.stack.top();
    if (isList(list) && !this.#tuples.has(list)) return list as Value[];
    throw new PickleFault(`appends to ${isList(list) ? "a tuple" : kindOf(list)}`);
  }
}

/** Takes why what an opcode builds is too much, if it is. */
function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new PickleFault(`builds too much: ${problem}`);
}

function textOfName(value: Value): string {
  if (typeof value === "string") return value;
  throw new PickleFault(`has a name that is ${kindOf(value)}, not a text`);
}

function again(name: string): PickleFault {
  return new PickleFault(`has the name ${shown(name)} again`);
}

function kindOf(value: Value): string {
  if (value === null) return "None";
  if (isDictionary(value)) return "a dictionary";
  if (isList(value)) return "a list";
  if (typeof value === "string") return "a text";
  return typeof value === "boolean" ? "True or False" : "a number";
}

function stepTable(): (Step | undefined)[] {
  const table = new Array<Step | undefined>(256).fill(undefined);
  for (const [name, step] of Object.entries(STEPS)) table[Op[name as keyof typeof STEPS]] = step;
  return table;
}
