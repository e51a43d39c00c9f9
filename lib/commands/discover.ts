/**
 * `wagons discover`: finds servers on the network.
 *
 * @module
 */

import type { Command } from "commander";
import { resolveSettings } from "../config/resolve.ts";
import { countTargets, discover as search } from "../discovery/discover.ts";
import { type Link, ownSubnets, readLinks } from "../discovery/links.ts";
import type { Way } from "../discovery/sighting.ts";
import { HTTP_PORT, UDP_PORT } from "../endpoint.ts";
import { ExitCode, InterruptedError, reasonOf, UnreachableError, UsageError } from "../errors.ts";
import { readKeyFile } from "../key_file.ts";
import { DISCOVER_TIMEOUT_MS, MAX_UNASKED_PROBES } from "../limits/discovery.ts";
import { ProgressBar } from "../progress_bar.ts";
import { counted, formatDuration } from "../units.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { DiscoverOutput } from "./discover_output.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  const time = formatDuration(DISCOVER_TIMEOUT_MS);
  add(addJsonOption(command), discover)
    .option("--subnet <cidr>", "ask these networks by HTTP, like 10.0.0.0/24,10.1.0.0/24")
    .option("--port <ports>", `the ports to ask by HTTP (default: ${HTTP_PORT})`)
    .option("--broadcast", "ask by a broadcast of UDP")
    .option("--udp-port <port>", `the port to ask by broadcast (default: ${UDP_PORT})`)
    .option("--mdns", "ask by mDNS, which finds servers with --announce")
    .option("--timeout <duration>", `how long an answer may take (default: ${time})`)
    .option("--explain", "say what was tried where, and what came of it")
    .option("--yes", `ask more than ${MAX_UNASKED_PROBES} addresses, times ports`)
    .option("--key-file <file>", "the key to try on them (WAGONS_KEY_FILE)")
    .addHelpText("after", DISCOVER_HELP);
}

const DISCOVER_HELP = `
Without --subnet, --broadcast and --mdns all three are done, the first for the networks of this machine,
254 addresses each. Servers are asked who they are with a message that our key seals: KEY says whether
it opens what they answer. Without a key it is not known, and of the servers of wagons a broadcast
finds none. By mDNS a server answers once a second: less time than that may miss it. The exit code is 3
when nothing is found.

  wagons discover                                  all that can be found from here
  wagons discover --subnet 10.0.7.0/24 --port 7118,5000
  wagons discover --mdns --json | jq -r '.endpoints[]'
  wagons discover --explain                        why is a server not found?`;

async function discover({ flags, ui, sources, context }: Run): Promise<ExitCode> {
  const signal = context.interrupted();
  const { settings, origin } = resolveSettings("discover", sources);
  const isFlag = (name: "subnet" | "port" | "udpPort") => origin(name)?.rank === 3;
  const ways = chosenWays(flags, isFlag("subnet"));
  checkFlags(ways, {
    "--port": isFlag("port"),
    "--yes": flags.yes === true,
    "--udp-port": isFlag("udpPort"),
  });
  const key = settings.keyFile === undefined ? undefined : readKeyFile(settings.keyFile);
  const needsLinks = ways.has("broadcast") || ways.has("mdns") || settings.subnet === undefined;
  const links = needsLinks ? linksOfThisMachine() : [];
  const subnets = settings.subnet ?? ownSubnets(links);
  const ports = settings.port ?? [HTTP_PORT];
  const total = ways.has("http") ? countTargets(subnets, ports) : 0;
  const addresses = counted(total / ports.length, "address", "addresses");
  if (total > MAX_UNASKED_PROBES && flags.yes !== true) {
    throw new UsageError(
      `That would ask ${total} times: ${addresses}, ${counted(ports.length, "port")}`,
      { hint: "Say --yes if you mean it, or name a smaller network with --subnet." },
    );
  }
  const timeoutMs = settings.timeout ?? DISCOVER_TIMEOUT_MS;
  using bar = new ProgressBar(total === 0 ? undefined : ui.barStream);
  const { servers, attempts } = await search({
    ways,
    subnets,
    links,
    ports,
    udpPort: settings.udpPort ?? UDP_PORT,
    ...(key === undefined ? {} : { key }),
    userID: Deno.hostname(),
    timeoutMs,
    signal,
    onProgress: (asked) =>
      bar.show({
        label: "addresses",
        doneBytes: asked,
        totalBytes: total,
        show: (count) => String(Math.round(count)),
      }),
  });
  bar.clear();
  const output = new DiscoverOutput(ui);
  if (flags.explain === true) output.attempts(attempts);
  output.servers(servers);
  if (key === undefined) output.keyless();
  if (signal.aborted) throw new InterruptedError("Interrupted before all were asked");
  if (servers.length > 0) return ExitCode.ok;
  if (attempts.length === 0) {
    throw new UnreachableError("Nobody was asked: this machine has no address on a network", {
      hint: "Connect it to a network, or name the addresses with --subnet.",
    });
  }
  throw new UnreachableError(`No server has answered within ${formatDuration(timeoutMs)}`, {
    hint: flags.explain === true
      ? "Servers are found that listen on an address of the network: --listen http://0.0.0.0:7118."
      : "--explain says what was tried, and what came of it.",
  });
}

/** The ways that read these flags, and what chooses each. */
const READERS = {
  "--port": ["http", "--subnet"],
  "--yes": ["http", "--subnet"],
  "--udp-port": ["broadcast", "--broadcast"],
} as const;

/** Checks that some way reads each flag that is given. */
function checkFlags(
  ways: ReadonlySet<Way>,
  given: Readonly<Record<keyof typeof READERS, boolean>>,
): void {
  for (const [flag, [way, choice]] of Object.entries(READERS)) {
    if (ways.has(way) || !given[flag as keyof typeof READERS]) continue;
    throw new UsageError(`Without ${choice} nothing reads ${flag}`, {
      hint: `Leave it out, or look for servers with ${choice} too.`,
    });
  }
}

/** The ways that are named, or all. */
function chosenWays(flags: Run["flags"], hasSubnet: boolean): Set<Way> {
  const ways = new Set<Way>();
  if (hasSubnet) ways.add("http");
  if (flags.broadcast === true) ways.add("broadcast");
  if (flags.mdns === true) ways.add("mdns");
  return ways.size > 0 ? ways : new Set(["http", "broadcast", "mdns"]);
}

function linksOfThisMachine(): Link[] {
  try {
    return readLinks();
  } catch (error) {
    throw new UsageError(`This machine does not tell its addresses: ${reasonOf(error)}`, {
      cause: error,
      hint: "Name a network with --subnet.",
    });
  }
}
