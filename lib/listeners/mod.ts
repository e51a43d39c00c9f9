/**
 * The dialects, by the scheme of the URL that one listens on.
 *
 * @module
 */

import { chat } from "./chat.ts";
import { dict } from "./dict.ts";
import { http } from "./http.ts";
import type { Listener } from "./listener.ts";
import { tcp } from "./tcp.ts";
import { tls } from "./tls.ts";
import { udp } from "./udp.ts";

/** One line for each dialect. */
export const LISTENERS: ReadonlyMap<string, Listener> = new Map([
  ["chat", chat],
  ["dict", dict],
  ["http", http],
  ["tcp", tcp],
  ["tls", tls],
  ["udp", udp],
]);
