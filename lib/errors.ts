/**
 * The errors that callers catch. Each says what happened, with the values, and carries the exit
 * code that `main.ts` ends the process with when nobody caught it.
 *
 * @module
 */

/** What the process tells the shell. The same for every command. */
export const ExitCode = {
  /** Done. */
  ok: 0,
  /** A fault in wagons itself. */
  fault: 1,
  /** The command line, the environment or the config is wrong. */
  usage: 2,
  /** The server cannot be reached. */
  unreachable: 3,
  /** The server did not answer in time. */
  timedOut: 4,
  /** The other side refused: key, permission or protocol. */
  refused: 5,
  /** The input holds nothing that can be used. */
  badInput: 6,
  /** Ended by SIGINT or SIGTERM before it was done: 128 and SIGINT, as shells have it. */
  interrupted: 130,
} as const;

/** One of the values of {@linkcode ExitCode}. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What a caught value says of why something failed, for the end of a message. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What all errors of wagons have in common. */
export interface WagonsErrorOptions extends ErrorOptions {
  /** What to do next: one sentence, shown on a line of its own. */
  hint?: string;
}

/** An expected failure: a person reads its message and hint, never its stack. */
export abstract class WagonsError extends Error {
  /** The exit code of a command that fails with this error. */
  abstract readonly exitCode: ExitCode;
  /** What to do next, where there is something to say. */
  readonly hint: string | undefined;

  /** Takes what happened, with the values, and optionally a hint and a cause. */
  constructor(message: string, options: WagonsErrorOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** A flag, a variable, the config, a path or a permission is wrong: the user can mend it. */
export class UsageError extends WagonsError {
  /** See {@linkcode ExitCode}. */
  readonly exitCode: ExitCode = ExitCode.usage;
}

/** No connection to the server, or it was lost. */
export class UnreachableError extends WagonsError {
  /** See {@linkcode ExitCode}. */
  readonly exitCode: ExitCode = ExitCode.unreachable;
}

/** The server is there and did not answer in time. */
export class TimedOutError extends WagonsError {
  /** See {@linkcode ExitCode}. */
  readonly exitCode: ExitCode = ExitCode.timedOut;
}

/** The user ended it before it was done. */
export class InterruptedError extends WagonsError {
  /** See {@linkcode ExitCode}. */
  readonly exitCode: ExitCode = ExitCode.interrupted;
}

/** The other side said no, or speaks something else. */
export class RefusedError extends WagonsError {
  /** See {@linkcode ExitCode}. */
  readonly exitCode: ExitCode = ExitCode.refused;
}

/** The input holds nothing that can be used. */
export class BadInputError extends WagonsError {
  /** See {@linkcode ExitCode}. */
  readonly exitCode: ExitCode = ExitCode.badInput;
}

/** What the other side sent is not the protocol: it may be another kind of server. */
export class ProtocolError extends RefusedError {}
