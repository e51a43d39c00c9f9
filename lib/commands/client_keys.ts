import type { Ask } from "../client/requester.ts";

/** What keys do. */
export interface KeyActions {
  /** Sends a request now. */
  ask(ask: Ask): void;
  /** Tells the user something. */
  say(text: string): void;
  /** Ends the command. */
  quit(): void;
}

const HELP = "keys: f fast request, s slow request, m change the mode, q quit";
const CTRL_C = "\x03";
const CTRL_D = "\x04";

/** The keys of `wagons client`, and the mode that they change. */
export class ClientKeys {
  #ask: Ask;
  readonly #slow: Ask;

  /** Takes what is asked for first, and the sleep of slow requests where that is none. */
  constructor(ask: Ask, slowSeconds: number) {
    this.#ask = ask;
    this.#slow = ask.kind === "slow" ? ask : { kind: "slow", seconds: slowSeconds };
  }

  /** What each tick asks for. */
  get ask(): Ask {
    return this.#ask;
  }

  /** Takes keys from the terminal until the signal is aborted. Does nothing without a terminal. */
  listen(actions: KeyActions, signal: AbortSignal): void {
    if (!Deno.stdin.isTerminal() || !Deno.stderr.isTerminal()) return;
    // Ctrl-C still interrupts.
    Deno.stdin.setRaw(true, { cbreak: Deno.build.os !== "windows" });
    signal.addEventListener("abort", () => Deno.stdin.setRaw(false));
    actions.say(HELP);
    this.#read(actions, signal);
  }

  async #read(actions: KeyActions, signal: AbortSignal): Promise<void> {
    const buffer = new Uint8Array(64);
    while (!signal.aborted) {
      const count = await Deno.stdin.read(buffer);
      if (count === null) return;
      for (const key of new TextDecoder().decode(buffer.subarray(0, count))) {
        this.press(key, actions);
      }
    }
  }

  /** Acts on a key. */
  press(key: string, actions: KeyActions): void {
    switch (key) {
      case "f":
        return actions.ask({ kind: "fast" });
      case "s":
        return actions.ask(this.#slow);
      case "m":
        this.#ask = this.#ask.kind === "fast" ? this.#slow : { kind: "fast" };
        return actions.say(`mode: ${this.#ask.kind} requests`);
      case "q":
      case CTRL_C:
      case CTRL_D:
        return actions.quit();
      default:
        return actions.say(HELP);
    }
  }
}
