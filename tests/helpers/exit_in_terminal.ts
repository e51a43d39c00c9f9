/**
 * Takes over the terminal and ends at once, as a second Ctrl-C does.
 *
 * @module
 */

import { DenoTerminal } from "../../lib/terminal/deno_terminal.ts";
import { LineTerminal } from "../../lib/terminal/line_terminal.ts";

const terminal = new LineTerminal(new DenoTerminal(), "> ");
const nothing = () => {};
terminal.open({
  enter: nothing,
  leave: nothing,
  fail: nothing,
  interrupt: nothing,
  full: nothing,
  complete: () => "",
});
Deno.exit(7);
