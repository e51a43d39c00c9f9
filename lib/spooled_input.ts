import { reasonOf, UsageError } from "./errors.ts";

/**
 * Stdin in a temporary file: for what has to be read twice, or gone on with. It is gone when it is
 * disposed.
 */
export class SpooledInput implements AsyncDisposable {
  /** Where it is. */
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Reads stdin to its end.
   *
   * @throws {UsageError} when it cannot be written, and the signal's reason when it is aborted.
   */
  static async read(signal: AbortSignal): Promise<SpooledInput> {
    let input: SpooledInput | undefined;
    try {
      input = new SpooledInput(await Deno.makeTempFile({ prefix: "wagons-" }));
      using file = await Deno.open(input.path, { write: true });
      await Deno.stdin.readable.pipeTo(file.writable, { signal, preventClose: true });
      return input;
    } catch (error) {
      await input?.[Symbol.asyncDispose]();
      signal.throwIfAborted();
      throw new UsageError(`Cannot keep stdin in a temporary file: ${reasonOf(error)}`, {
        cause: error,
        hint: "TMPDIR names the folder for such files: it needs room for all of it.",
      });
    }
  }

  /** Removes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path);
  }
}
