/**
 * A terminal on which a line is typed while others come in above it.
 *
 * @module
 */

import { Clusters } from "./clusters.ts";
import { edit, type Edited, EMPTY_LINE, insert, type Line } from "./editor.ts";
import { type Drawn, EMPTY_FRAME, layOut, redraw, type TerminalSize } from "./frame.ts";
import { type Key, KeyDecoder } from "./keys.ts";

/** The terminal itself. */
export interface TerminalDevice {
  /** What is typed, when there is some; `null` at its end. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Writes all of a text. */
  write(text: string): void;
  /** How large it is now. */
  size(): TerminalSize;
  /** Takes over: keys come at once and are not echoed. */
  open(events: TerminalEvents): void;
  /** Gives back the terminal as it was. May be called more than once. */
  close(): void;
}

/** Who is told what happens to a terminal. */
export interface TerminalEvents {
  /** It may have another size, or was somebody else's in between. */
  onChange(): void;
  /** The process ends at once. */
  onExit(): void;
}

/** Who is told what is typed. */
export interface TerminalActions {
  /** A line was typed, or pasted and then entered: may be of several lines, and may be empty. */
  enter(text: string): void;
  /** The user wants to leave: Ctrl-D on an empty line, or nothing more can be typed. */
  leave(): void;
  /** The terminal failed: it has gone. */
  fail(error: unknown): void;
  /** Ctrl-C, where the system makes no signal of it. */
  interrupt(): void;
  /** Not all that was typed or pasted was put in: the line has {@linkcode MAX_TYPED_CHARS}. */
  full(): void;
  /** What to put where the cursor is, when Tab is pressed; the text is what stands before it. */
  complete(text: string): string;
}

/** Switches bracketed paste: a terminal that knows it tells pasted text from typed. */
const PASTE_ON = "\x1b[?2004h";
const PASTE_OFF = "\x1b[?2004l";
const CLEAR_SCREEN = "\x1b[H\x1b[2J";
const READ_BYTES = 4096;

/** Shows lines that come in, and below them the line that is being typed. */
export class LineTerminal {
  readonly #device: TerminalDevice;
  readonly #prompt: string;
  readonly #clusters = new Clusters();
  readonly #keys = new KeyDecoder();
  #line: Line = EMPTY_LINE;
  #status: readonly string[] = [];
  #drawn: Drawn = { frame: EMPTY_FRAME, columns: 1 };
  #isOpen = false;

  /** Takes the terminal, and what stands before the line that is typed. */
  constructor(device: TerminalDevice, prompt: string) {
    this.#device = device;
    this.#prompt = prompt;
  }

  /** Takes over the terminal, and takes keys until it is closed. */
  open(actions: TerminalActions): void {
    this.#isOpen = true;
    this.#device.open({
      onChange: () => {
        try {
          if (this.#isOpen) this.#begin();
        } catch (error) {
          actions.fail(error);
        }
      },
      onExit: () => this.close(),
    });
    this.#drawn = { frame: EMPTY_FRAME, columns: this.#device.size().columns };
    this.#begin();
    this.#read(actions);
  }

  /**
   * Shows lines above the one that is typed. They are shown as they stand: what others have sent
   * has to be made safe before.
   */
  print(...lines: string[]): void {
    const text = lines.map((line) => `${line}\n`).join("");
    if (this.#isOpen) this.#draw(text);
    else this.#device.write(text);
  }

  /** Shows these lines, safe ones, between those that came in and the one that is typed. */
  showStatus(lines: readonly string[]): void {
    this.#status = lines;
    if (this.#isOpen) this.#draw("");
  }

  /** Takes the line that is typed away and gives back the terminal. May be called more than once. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      const { columns } = this.#device.size();
      const nothing = { frame: EMPTY_FRAME, columns };
      this.#device.write(redraw(this.#drawn, "", nothing, this.#clusters) + PASTE_OFF);
    } finally {
      this.#device.close();
    }
  }

  /** Also when it was somebody else's terminal in between. */
  #begin(): void {
    this.#device.write(PASTE_ON);
    this.#draw("");
  }

  async #read(actions: TerminalActions): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES);
    try {
      while (this.#isOpen) {
        const count = await this.#device.read(buffer);
        if (!this.#isOpen) return;
        if (count === null) return actions.leave();
        for (const key of this.#keys.decode(buffer.subarray(0, count))) {
          this.#press(key, actions);
        }
        if (this.#isOpen) this.#draw("");
      }
    } catch (error) {
      actions.fail(error);
    }
  }

  #press(key: Key, actions: TerminalActions): void {
    this.#take(edit(this.#line, key, this.#clusters), actions);
  }

  #take({ line, act }: Edited, actions: TerminalActions): void {
    this.#line = line;
    switch (act?.type) {
      case "submit":
        return actions.enter(act.text);
      case "complete": {
        const before = line.text.slice(0, line.cursor);
        return this.#take(insert(line, actions.complete(before), this.#clusters), actions);
      }
      case "full":
        return actions.full();
      case "clear":
        this.#device.write(CLEAR_SCREEN);
        this.#drawn = { frame: EMPTY_FRAME, columns: this.#device.size().columns };
        return;
      case "interrupt":
        return actions.interrupt();
      case "endOfInput":
        return actions.leave();
    }
  }

  #draw(above: string): void {
    const size = this.#device.size();
    const { text, cursor } = this.#line;
    const content = { status: this.#status, prompt: this.#prompt, text, cursor };
    const frame = layOut(content, size, this.#clusters);
    const next = { frame, columns: size.columns };
    this.#device.write(redraw(this.#drawn, above, next, this.#clusters));
    this.#drawn = next;
  }
}
