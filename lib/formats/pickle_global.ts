const GLOBAL = 0x63;
const INST = 0x69;
const STACK_GLOBAL = 0x93;

/** Bytes on either side of the opcode that are looked at: two names, each with what goes with it. */
const LOOKED_AT_BYTES = 520;

/** Names of modules and classes as nearly all are: letters that do nothing anywhere. */
const NAME = /^[A-Za-z_][\w.]{0,79}$/;

/**
 * What a pickle would import at the opcode of that byte, as `module.name`; `undefined`: nothing, or it
 * does not stand there as Python's own picklers write it.
 */
export function globalAt(bytes: Uint8Array, at: number): string | undefined {
  const opcode = bytes[at];
  let parts: readonly (string | undefined)[] = [];
  if (opcode === GLOBAL || opcode === INST) {
    parts = latin1(bytes.subarray(at + 1, at + LOOKED_AT_BYTES)).split("\n", 2);
  } else if (opcode === STACK_GLOBAL) {
    const before = latin1(bytes.subarray(Math.max(at - LOOKED_AT_BYTES, 0), at));
    parts = /\x8c[^]([\w.]+)\x94?\x8c[^]([\w.]+)\x94?$/.exec(before)?.slice(1) ?? [];
  }
  const [module, name] = parts;
  if (module === undefined || name === undefined) return undefined;
  return NAME.test(module) && NAME.test(name) ? `${module}.${name}` : undefined;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
