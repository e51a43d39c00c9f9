import type { TerminalSize } from "./frame.ts";
import type { TerminalDevice, TerminalEvents } from "./line_terminal.ts";

/** Where the size is not known. */
const USUAL_SIZE: TerminalSize = { columns: 80, rows: 24 };
const IS_WINDOWS = Deno.build.os === "windows";

/** The terminal that stdin and stdout are. */
export class DenoTerminal implements TerminalDevice {
  #close: (() => void) | undefined;

  /** Whether there is one that can be drawn on. */
  static isThere(variable: (name: string) => string | undefined): boolean {
    return Deno.stdin.isTerminal() && Deno.stdout.isTerminal() && variable("TERM") !== "dumb";
  }

  /** See {@linkcode TerminalDevice}. */
  read(buffer: Uint8Array): Promise<number | null> {
    return Deno.stdin.read(buffer);
  }

  /** See {@linkcode TerminalDevice}. */
  write(text: string): void {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  }

  /** See {@linkcode TerminalDevice}. */
  size(): TerminalSize {
    try {
      const { columns, rows } = Deno.consoleSize();
      // A terminal that was never told its size says 0.
      return columns > 0 && rows > 0 ? { columns, rows } : USUAL_SIZE;
    } catch {
      // It has gone: what is written fails and tells.
      return USUAL_SIZE;
    }
  }

  /** See {@linkcode TerminalDevice}. Ctrl-C and Ctrl-Z stay signals. */
  open({ onChange, onExit }: TerminalEvents): void {
    const setRaw = () => Deno.stdin.setRaw(true, { cbreak: !IS_WINDOWS });
    setRaw();
    // Comes with a second Ctrl-C, which ends the process at once.
    globalThis.addEventListener("unload", onExit);
    const onContinue = () => {
      // The shell had the terminal in between.
      setRaw();
      onChange();
    };
    if (!IS_WINDOWS) {
      Deno.addSignalListener("SIGWINCH", onChange);
      Deno.addSignalListener("SIGCONT", onContinue);
    }
    this.#close = () => {
      globalThis.removeEventListener("unload", onExit);
      if (!IS_WINDOWS) {
        Deno.removeSignalListener("SIGWINCH", onChange);
        Deno.removeSignalListener("SIGCONT", onContinue);
      }
      Deno.stdin.setRaw(false);
    };
  }

  /** See {@linkcode TerminalDevice}. */
  close(): void {
    const close = this.#close;
    this.#close = undefined;
    close?.();
  }
}
