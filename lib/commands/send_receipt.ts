import type { Ui } from "../ui.ts";
import type { Gathered } from "./gather.ts";

/** What a server says of a dictionary that is on its disk. */
export interface SendReceipt {
  /** Its id. */
  readonly id: string;
  /** What it is kept as. */
  readonly kind: "manifest" | "document";
  /** When it was first stored, in ISO 8601. */
  readonly storedAt: string;
  /** The server had it before. */
  readonly duplicate: boolean;
}

/** Prints a receipt, and with `--json` how many cities it is for. */
export function printReceipt(ui: Ui, receipt: SendReceipt, { entries }: Gathered): void {
  const { id, kind, storedAt, duplicate } = receipt;
  if (ui.json) {
    const cities = typeof entries === "string" ? {} : { cities: entries.length };
    return ui.object({ id, kind, storedAt, duplicate, ...cities });
  }
  const as = kind === "document" ? " as a document" : "";
  ui.text(`${id}  ${duplicate ? `was stored before${as}, at` : `stored${as} at`} ${storedAt}\n`);
}
