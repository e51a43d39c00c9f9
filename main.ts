/**
 * `wagons`: move freight-wagon manifests between sites.
 *
 * @module
 */

import { ExitCode } from "./lib/errors.ts";
import { VERSION } from "./lib/version.ts";

/** Runs the command line and gives the exit code. The only caller of `Deno.exit` is this file. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    console.log(VERSION);
    return 0;
  }
  const { runCommandLine } = await import("./lib/cli.ts");
  const { Ui } = await import("./lib/ui.ts");
  const variable = (name: string) => Deno.env.get(name);
  return await runCommandLine(args, {
    variable,
    ui: (options) => new Ui(options, Deno.stdout, Deno.stderr, Boolean(variable("NO_COLOR"))),
    interrupted,
  });
}

function interrupted(): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) Deno.exit(ExitCode.interrupted);
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", onSignal);
  // Windows has no SIGTERM.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onSignal);
  return controller.signal;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
