/**
 * How a manifest is printed, the same wherever it is.
 *
 * @module
 */

import { formatManifestJson } from "../manifest/text.ts";
import { isoTime, showable } from "../ui.ts";
import type { Manifest } from "../wire/messages.ts";

/** A comment line over a manifest's text form: readers of that form skip it. */
export function manifestHeading({ id, source, madeAtMs }: Manifest): string {
  return `# ${id} from ${showable(source)}, ${isoTime(madeAtMs)}\n`;
}

/** A manifest as a line of JSON, with some more members before its entries. */
export function manifestJson(manifest: Manifest, more: Record<string, unknown>): string {
  const { id, source, madeAtMs, entries } = manifest;
  const members = JSON.stringify({ ...more, id, source, madeAt: isoTime(madeAtMs) });
  return `${members.slice(0, -1)},"entries":${formatManifestJson(entries)}}\n`;
}
