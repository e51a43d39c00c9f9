/**
 * What the commands that move files have in common.
 *
 * @module
 */

import type { Command } from "commander";
import { FileLink } from "../client/file_link.ts";
import type { CommonSettings } from "../config/schema.ts";
import type { Endpoint } from "../endpoint.ts";
import { CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { TRANSFER_RETRIES, TRANSFER_STALL_TIMEOUT_MS } from "../limits/files.ts";
import type { ProgressBar } from "../progress_bar.ts";
import { formatDuration } from "../units.ts";
import type { Run } from "./command.ts";
import { addSecurityOptions, readSecurity } from "./security_options.ts";

/** What is set of them. */
export interface TransferSettings extends CommonSettings {
  /** How long to wait for a connection. */
  connectTimeout?: number | undefined;
  /** How often to try again. */
  retries?: number | undefined;
}

/** Adds the options. */
export function addTransferOptions(command: Command): Command {
  const [stall, connect] = [TRANSFER_STALL_TIMEOUT_MS, CONNECT_TIMEOUT_MS].map(formatDuration);
  return addSecurityOptions(command)
    .option("--timeout <duration>", `how long nothing may go on (default: ${stall})`)
    .option(
      "--connect-timeout <duration>",
      `how long to wait for a connection (default: ${connect})`,
    )
    .option(
      "--retries <n>",
      `how often to try again without getting further (default: ${TRANSFER_RETRIES})`,
    );
}

/** Connects to a server that files are put on or read from. */
export async function openFileLink(
  { flags, ui }: Run,
  endpoint: Endpoint,
  settings: TransferSettings,
  signal: AbortSignal,
  bar: ProgressBar,
): Promise<FileLink> {
  return await FileLink.open(endpoint, {
    connection: {
      connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
      ...await readSecurity(endpoint, settings, flags),
    },
    retries: settings.retries ?? TRANSFER_RETRIES,
    signal,
    onRetry: (error, waitMs) => {
      bar.clear();
      ui.note(`${error.message.replace(/\.$/, "")}: trying again in ${formatDuration(waitMs)}`);
    },
  });
}
