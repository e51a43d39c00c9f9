/**
 * From what a terminal sends to keys: the control characters of ASCII, the sequences of ECMA-48 as
 * xterm and its kin send them for keys, and bracketed paste.
 *
 * @module
 */

import { MAX_KEY_SEQUENCE_CHARS } from "../limits/client.ts";

/** A key that is not a character. */
export type KeyName =
  | "enter"
  | "newLine"
  | "tab"
  | "backspace"
  | "delete"
  | "left"
  | "right"
  | "wordLeft"
  | "wordRight"
  | "up"
  | "down"
  | "home"
  | "end"
  | "killToStart"
  | "killToEnd"
  | "killWord"
  | "killNextWord"
  | "yank"
  | "clear"
  | "interrupt"
  | "endOfInput";

/** What was typed or pasted, or which key was pressed. */
export type Key =
  /** Characters. Line breaks (`\n`) and tabs in it were pasted; there are no other controls. */
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "press"; readonly name: KeyName };

/** Where in the stream the decoder stands. */
type Place =
  | { readonly in: "ground" }
  | { readonly in: "escape" }
  /** Behind `ESC [`; `sequence` is what came of it, as far as it can still mean something. */
  | { readonly in: "csi"; readonly sequence: string }
  | { readonly in: "ss3" }
  /** In a paste; `end` is how much of its end mark has come. */
  | { readonly in: "paste"; readonly end: string; readonly afterReturn: boolean };

const ESCAPE = "\x1b";
const PASTE_END = "\x1b[201~";
const GROUND: Place = { in: "ground" };

/** Takes what a terminal sends, in any pieces, and gives the keys. */
export class KeyDecoder {
  // A byte order mark in the middle of what is typed is a character like others.
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #place: Place = GROUND;
  #keys: Key[] = [];
  #text = "";

  /** The keys that these bytes complete. What they begin waits for the next ones. */
  decode(bytes: Uint8Array): Key[] {
    for (const character of this.#decoder.decode(bytes, { stream: true })) this.#take(character);
    this.#endText();
    const keys = this.#keys;
    this.#keys = [];
    return keys;
  }

  #take(character: string): void {
    const place = this.#place;
    switch (place.in) {
      case "ground":
        return this.#takeGround(character);
      case "escape":
        return this.#takeEscape(character);
      case "csi":
        return this.#takeCsi(character, place.sequence);
      case "ss3":
        this.#place = GROUND;
        return this.#pressIfKnown(SS3.get(character));
      case "paste":
        return this.#takePaste(character, place);
    }
  }

  #takeGround(character: string): void {
    if (character === ESCAPE) this.#place = { in: "escape" };
    else if (isControl(character)) this.#pressIfKnown(CONTROLS.get(character));
    else this.#text += character;
  }

  #takeEscape(character: string): void {
    if (character === ESCAPE) return;
    if (character === "[") this.#place = { in: "csi", sequence: "" };
    else if (character === "O") this.#place = { in: "ss3" };
    else {
      this.#place = GROUND;
      this.#pressIfKnown(ALT.get(character));
    }
  }

  #takeCsi(character: string, sequence: string): void {
    if (character < " " || character > "~") {
      // It was broken off.
      this.#place = GROUND;
      return this.#take(character);
    }
    const isFinal = character >= "@";
    // The console of Linux has F1 to F5 as `ESC [ [ A`.
    if (!isFinal || (character === "[" && sequence === "")) {
      this.#place = {
        in: "csi",
        sequence: (sequence + character).slice(0, MAX_KEY_SEQUENCE_CHARS),
      };
      return;
    }
    const whole = sequence + character;
    this.#place = whole === "200~" ? { in: "paste", end: "", afterReturn: false } : GROUND;
    this.#pressIfKnown(CSI.get(whole));
  }

  #takePaste(character: string, place: Extract<Place, { in: "paste" }>): void {
    const end = place.end + character;
    if (end === PASTE_END) {
      this.#place = GROUND;
      return;
    }
    if (PASTE_END.startsWith(end)) {
      this.#place = { ...place, end };
      return;
    }
    // What looked like the end mark is text, but for its escape character.
    for (const held of place.end.slice(1)) this.#text += held;
    if (character === ESCAPE) {
      this.#place = { in: "paste", end: ESCAPE, afterReturn: false };
      return;
    }
    const afterReturn = place.afterReturn && place.end === "";
    this.#place = { in: "paste", end: "", afterReturn: character === "\r" };
    if (character === "\n" && afterReturn) return;
    if (character === "\r" || character === "\n") this.#text += "\n";
    else if (character === "\t" || !isControl(character)) this.#text += character;
  }

  #pressIfKnown(name: KeyName | undefined): void {
    if (name === undefined) return;
    this.#endText();
    this.#keys.push({ type: "press", name });
  }

  #endText(): void {
    if (this.#text !== "") this.#keys.push({ type: "text", text: this.#text });
    this.#text = "";
  }
}

function isControl(character: string): boolean {
  return /^\p{Cc}$/u.test(character);
}

const CONTROLS: ReadonlyMap<string, KeyName> = new Map([
  ["\x01", "home"],
  ["\x02", "left"],
  ["\x03", "interrupt"],
  ["\x04", "endOfInput"],
  ["\x05", "end"],
  ["\x06", "right"],
  ["\b", "backspace"],
  ["\t", "tab"],
  // Typed before the terminal was in raw mode, an Enter comes as this.
  ["\n", "enter"],
  ["\x0b", "killToEnd"],
  ["\x0c", "clear"],
  ["\r", "enter"],
  ["\x0e", "down"],
  ["\x10", "up"],
  ["\x15", "killToStart"],
  ["\x17", "killWord"],
  ["\x19", "yank"],
  ["\x7f", "backspace"],
]);

/** Behind an escape character: the key with Alt. */
const ALT: ReadonlyMap<string, KeyName> = new Map([
  ["\r", "newLine"],
  ["\n", "newLine"],
  ["b", "wordLeft"],
  ["f", "wordRight"],
  ["d", "killNextWord"],
  ["\b", "killWord"],
  ["\x7f", "killWord"],
]);

const SS3: ReadonlyMap<string, KeyName> = new Map([
  ["A", "up"],
  ["B", "down"],
  ["C", "right"],
  ["D", "left"],
  ["H", "home"],
  ["F", "end"],
  ["M", "enter"],
]);

const CSI: ReadonlyMap<string, KeyName> = new Map([
  ["A", "up"],
  ["B", "down"],
  ["C", "right"],
  ["D", "left"],
  ["H", "home"],
  ["F", "end"],
  ["1~", "home"],
  ["3~", "delete"],
  ["4~", "end"],
  ["7~", "home"],
  ["8~", "end"],
  // With Alt, and with Ctrl.
  ["1;3C", "wordRight"],
  ["1;3D", "wordLeft"],
  ["1;5C", "wordRight"],
  ["1;5D", "wordLeft"],
  ["3;5~", "killNextWord"],
]);
