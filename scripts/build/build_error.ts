/**
 * The error of a build that cannot be done.
 *
 * @module
 */

/** A build failed for a reason that a person can act on: its message is shown without a stack. */
export class BuildError extends Error {
  /** Takes what happened, with the values, and what to do next. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BuildError";
  }
}
