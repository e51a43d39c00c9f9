import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ExitCode, UsageError } from "../lib/errors.ts";
import { Ui } from "../lib/ui.ts";
import { test } from "./helpers/strict.ts";

class Stream {
  text = "";

  writeSync(bytes: Uint8Array): number {
    this.text += new TextDecoder().decode(bytes);
    return bytes.length;
  }

  isTerminal(): boolean {
    return false;
  }
}

/** What some output writes to stderr. */
function said(say: (ui: Ui) => void, options = {}): string {
  const err = new Stream();
  say(new Ui(options, new Stream(), err, true));
  return err.text;
}

test("ui: an error is what happened, and what to do next, with the code that it means", () => {
  const error = new UsageError("There is no x", { hint: "Name one." });
  assertEquals(
    said((ui) => assertEquals(ui.error(error), ExitCode.usage)),
    "error: There is no x\n  Name one.\n",
  );
  assertEquals(
    said((ui) => assertEquals(ui.error(new Error("odd")), ExitCode.fault)),
    "error: odd\n  This is a fault in wagons: run it again with --debug and report what it says.\n",
  );
  const debugged = said((ui) => ui.error(error), { debug: true });
  const [first, hint, ...stack] = debugged.split("\n");
  assertEquals([first, hint], ["error: There is no x", "  Name one."]);
  assertEquals(stack[0], "UsageError: There is no x");
});

test("ui: whatever is in a name, what is said of it is a line that steers no terminal", () => {
  const path = "a\u001b[31m\nwarning: b\u202e";
  const shown = "a\\u{1b}[31m\\u{a}warning: b\\u{202e}";
  assertEquals(
    said((ui) => ui.error(new UsageError(path, { hint: path }))),
    `error: ${shown}\n  ${shown}\n`,
  );
  assertEquals(said((ui) => ui.warn(path)), `warning: ${shown}\n`);
  for (const say of ["note", "aside"] as const) {
    assertEquals(said((ui) => ui[say](path)), `${shown}\n`);
  }
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 20 }), fc.boolean(), (text, debug) => {
      const err = said((ui) => {
        ui.error(new UsageError(text, { hint: text, cause: new Error(text) }));
        for (const say of ["warn", "note", "aside"] as const) ui[say](text);
      }, { debug });
      assertEquals(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.exec(err), null);
      if (!debug) assertEquals(err.split("\n").length, 6);
    }),
    { numRuns: 1000 },
  );
});
