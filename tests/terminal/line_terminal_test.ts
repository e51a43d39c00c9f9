import { assert, assertEquals } from "@std/assert";
import { Mailbox } from "../../lib/client/mailbox.ts";
import { MAX_TYPED_CHARS } from "../../lib/limits/client.ts";
import type { TerminalSize } from "../../lib/terminal/frame.ts";
import {
  LineTerminal,
  type TerminalActions,
  type TerminalDevice,
  type TerminalEvents,
} from "../../lib/terminal/line_terminal.ts";
import { ScreenModel } from "../helpers/screen_model.ts";
import { test } from "../helpers/strict.ts";

/** A terminal that a test types on. */
class FakeDevice implements TerminalDevice {
  readonly screen = new ScreenModel(40, 12);
  isOpen = false;
  /** What has been written, sequences and all. */
  written = "";
  /** Fails what is written from now on. */
  failure: Error | undefined;
  events: TerminalEvents = { onChange: () => {}, onExit: () => {} };
  readonly #typed = new Mailbox<string | null>();

  type(text: string | null): void {
    this.#typed.put(text);
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    const text = await this.#typed.take();
    return text === null ? null : new TextEncoder().encodeInto(text, buffer).written;
  }

  write(text: string): void {
    if (this.failure !== undefined) throw this.failure;
    this.written += text;
    this.screen.write(text.replace("\x1b[H\x1b[2J", ""));
  }

  size(): TerminalSize {
    return this.screen;
  }

  open(events: TerminalEvents): void {
    this.isOpen = true;
    this.events = events;
  }

  close(): void {
    this.isOpen = false;
  }
}

/** A terminal that is open, and what was done on it. */
function open(actions: Partial<TerminalActions> = {}) {
  const device = new FakeDevice();
  const terminal = new LineTerminal(device, "> ");
  const done = new Mailbox<string>();
  terminal.open({
    enter: (text) => done.put(`enter ${text}`),
    leave: () => done.put("leave"),
    fail: (error) => done.put(`fail ${error}`),
    interrupt: () => done.put("interrupt"),
    full: () => done.put("full"),
    complete: () => "",
    ...actions,
  });
  return { device, terminal, done };
}

test("what is typed is entered, and what comes in stands above it", async () => {
  const { device, terminal, done } = open();
  assert(device.isOpen);
  terminal.print("first");
  device.type("hello");
  device.type("\r");
  assertEquals(await done.take(), "enter hello");
  device.type("half\x1b[Z\x1b[D\t");
  device.type("\x1b[A\r");
  assertEquals(await done.take(), "enter hello");
  terminal.print("second", "third");
  assertEquals(device.screen.lines, ["first", "second", "third", "> "]);
  terminal.close();
  device.type("");
});

test("a line that is full is told of", async () => {
  const { device, terminal, done } = open();
  for (let typed = 0; typed < MAX_TYPED_CHARS; typed += 4096) device.type("x".repeat(4096));
  device.type("y");
  assertEquals(await done.take(), "full");
  device.type("\r");
  assertEquals(await done.take(), `enter ${"x".repeat(MAX_TYPED_CHARS)}`);
  terminal.close();
  device.type("");
});

test("Tab puts in what completes the line", async () => {
  const { device, terminal, done } = open({ complete: (text) => `<${text}>` });
  device.type("ab\x1b[D\t\r");
  assertEquals(await done.take(), "enter a<a>b");
  terminal.close();
  device.type("");
});

test("lines of status stand between what came in and what is typed, until they are taken away", () => {
  const { device, terminal } = open();
  terminal.showStatus(["10%"]);
  terminal.print("one");
  terminal.showStatus(["20%"]);
  assertEquals(device.screen.lines, ["one", "20%", "> "]);
  terminal.showStatus([]);
  assertEquals(device.screen.lines, ["one", "> "]);
  terminal.close();
  device.type("");
});

test("a terminal that becomes narrower shows the line anew", async () => {
  const { device, terminal, done } = open();
  device.type("a long line that is typed and typed\t");
  device.type("\x03");
  assertEquals(await done.take(), "interrupt");
  device.screen.columns = 20;
  device.events.onChange();
  assertEquals(device.screen.lines, ["> a long line that ", "is typed and typed"]);
  terminal.close();
  device.type("");
});

test("a process that ends at once gives the terminal back too", () => {
  const { device } = open();
  device.events.onExit();
  assertEquals([device.isOpen, device.screen.lines], [false, [""]]);
  assert(device.written.endsWith("\x1b[?2004l"));
});

test("closing takes the line away and gives the terminal back, once", () => {
  const { device, terminal } = open();
  terminal.print("kept");
  device.type("half");
  terminal.close();
  assertEquals(device.screen.lines, ["kept", ""]);
  assertEquals(device.isOpen, false);
  assert(device.written.startsWith("\x1b[?2004h") && device.written.endsWith("\x1b[?2004l"));
  terminal.close();
  // What comes later is printed as it is.
  terminal.print("late");
  assertEquals(device.screen.lines, ["kept", "late", ""]);
  device.events.onChange();
  assertEquals(device.screen.lines, ["kept", "late", ""]);
});

test("the end of what is typed, and Ctrl-D on an empty line, leave", async () => {
  for (const end of [null, "\x04"]) {
    const { device, terminal, done } = open();
    device.type(end);
    assertEquals(await done.take(), "leave");
    terminal.close();
    if (end !== null) device.type("");
  }
});

test("a terminal that has gone is told of, and still given back", async () => {
  const { device, terminal, done } = open();
  device.failure = new Error("gone");
  device.type("x");
  assertEquals(await done.take(), "fail Error: gone");
  device.events.onChange();
  assertEquals(await done.take(), "fail Error: gone");
  let caught: unknown;
  try {
    terminal.close();
  } catch (error) {
    caught = error;
  }
  assertEquals([caught, device.isOpen], [device.failure, false]);
});
