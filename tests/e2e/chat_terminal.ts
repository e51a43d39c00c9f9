/**
 * A pseudo terminal with a `wagons chat` on it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { ScreenModel } from "../helpers/screen_model.ts";
import { WAGONS, type Workspace } from "./workspace.ts";

/** `script` makes the terminal. */
export const NEEDS_SCRIPT = { ignore: Deno.build.os !== "linux" };

/** A terminal of 40 columns with a `wagons chat` on it, and a shell that tells how it ended. */
export class ChatTerminal {
  readonly screen = new ScreenModel(40, 20);
  readonly #space: Workspace;
  readonly #child: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamDefaultReader<string>;

  constructor(space: Workspace, args: readonly string[]) {
    this.#space = space;
    const chat = [WAGONS, "chat", ...args].map((word) => `'${word}'`).join(" ");
    // Ctrl-C is for all that run on the terminal, and the shell has to go on.
    this.#child = space.spawnShellInTerminal(
      `trap : INT; stty cols 40 rows 20; tty > tty; stty -a > before; ${chat}; echo $? > code; stty -a > after`,
    );
    this.#keys = this.#child.stdin.getWriter();
    this.#output = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The screen's lines, each with its time as `--:--`. */
  get lines(): string[] {
    return this.screen.lines.map((line) => line.replace(/^\d\d:\d\d /, "--:-- "));
  }

  /** The line that is being typed: what stands behind the last prompt. */
  get typed(): string {
    const { lines } = this;
    return lines.slice(lines.findLastIndex((line) => line.startsWith("> "))).join("");
  }

  async type(text: string): Promise<void> {
    await this.#keys.write(new TextEncoder().encode(text));
  }

  /** Waits until the screen is so. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      const { value, done } = await this.#output.read();
      if (done) throw new Error(`The program has ended: ${JSON.stringify(this.lines)}`);
      this.screen.write(value);
    }
  }

  async shows(line: string): Promise<void> {
    await this.until(() => this.lines.includes(line));
  }

  async hasTyped(line: string): Promise<void> {
    await this.until(() => this.typed === `> ${line}`);
  }

  /** The user makes the window so wide. */
  async resize(columns: number): Promise<void> {
    const tty = (await Deno.readTextFile(this.#space.path("tty"))).trim();
    this.screen.columns = columns;
    const args = ["-F", tty, "cols", `${columns}`];
    const { success } = await new Deno.Command("stty", { args }).output();
    assertEquals(success, true);
  }

  /** Waits for the end; gives the exit code of the program, which left the terminal as it was. */
  async ended(): Promise<number> {
    for (let read = await this.#output.read(); !read.done; read = await this.#output.read()) {
      this.screen.write(read.value);
    }
    await this.#child.status;
    await this.#keys.abort().catch(() => {});
    await this.#child.stderr.cancel();
    const [before, after] = await Promise.all(
      ["before", "after"].map((name) => Deno.readTextFile(this.#space.path(name))),
    );
    const modes = (text: string) => text.replace(/columns \d+/, "");
    assertEquals(modes(after!), modes(before!));
    return Number(await Deno.readTextFile(this.#space.path("code")));
  }
}
