import type { Link } from "../discovery/links.ts";
import { reasonOf, WagonsError } from "../errors.ts";
import type { Endpoint } from "../endpoint.ts";
import { formatEndpoint, isLoopback } from "../endpoint.ts";
import type { HubEvent } from "../hub/events.ts";
import { Throttle } from "../hub/throttle.ts";
import { MAX_TOLD_OFTEN_PER_MINUTE } from "../limits/connections.ts";
import type { Log } from "../log.ts";
import { isoTime, type Ui } from "../ui.ts";
import { formatKeyId, keyId } from "../seal/key.ts";
import { refusalName, type ShutdownReport } from "../wire/messages.ts";
import { counted } from "../units.ts";
import { documentJson } from "./document_output.ts";
import { manifestJson } from "./manifest_output.ts";

/** What a server goes by when it trusts. */
export interface Trust {
  /** The key of its peers. */
  readonly key: Uint8Array | undefined;
  /** The key of its store. */
  readonly storeKey: Uint8Array | undefined;
  /** It asks clients by TLS for certificates. */
  readonly hasClientCa: boolean;
  /** It takes manifests, documents, files and what is said from anyone. */
  readonly isOpen: boolean;
}

/**
 * Tells what happens in a server: on stderr, in the log, and as JSON on stdout. What it receives is
 * printed elsewhere, unless it is told as JSON.
 */
export class ServeOutput {
  readonly #ui: Ui;
  readonly #log: Log | undefined;
  readonly #duplicates = new Throttle(MAX_TOLD_OFTEN_PER_MINUTE, 60_000);
  readonly #renames = new Throttle(MAX_TOLD_OFTEN_PER_MINUTE, 60_000);
  /** Something could not be printed, and the log has it. */
  #hasFailed = false;

  /** Takes where to tell it. */
  constructor(ui: Ui, log: Log | undefined) {
    this.#ui = ui;
    this.#log = log;
  }

  /** A listener listens. */
  listening(url: string, store: string): void {
    if (this.#ui.json) this.#ui.object({ event: "listening", url });
    else this.#ui.note(`listening on ${url}, with the store ${store}`);
    this.#log?.write("info", "listening", { url, store });
  }

  /** A listener can be reached from other machines, and has no way to know whom to trust. */
  exposed(endpoint: Endpoint): void {
    const url = formatEndpoint(endpoint);
    this.#ui.warn(
      `${url} gives peers of other machines fast and slow responses only: there is no key ` +
        "(wagons key new makes one)",
    );
  }

  /** A listener of the chat dialect listens, whose peers have no way to prove who they are. */
  chat(endpoint: Endpoint, { hasKey, isOpen }: { hasKey: boolean; isOpen: boolean }): void {
    const url = formatEndpoint(endpoint);
    if (isOpen) {
      this.#ui.warn(`${url} lets in whoever can reach it, by any name, and seals nothing`);
    } else if (hasKey) {
      this.#ui.warn(
        `${url} lets nobody in: its programs cannot prove that they have the key ` +
          "(--insecure lets in all)",
      );
    } else if (!isLoopback(endpoint.host)) {
      this.#ui.warn(`${url} lets in programs of this machine only (--insecure lets in all)`);
    }
  }

  /** A listener of the dict dialect listens, whose peers prove by a file that they have the key. */
  dict(endpoint: Endpoint, { hasKey, isOpen }: { hasKey: boolean; isOpen: boolean }): void {
    const url = formatEndpoint(endpoint);
    if (isOpen) {
      this.#ui.warn(`${url} takes dictionaries from whoever can reach it, and seals nothing`);
    } else if (hasKey && !isLoopback(endpoint.host)) {
      this.#ui.warn(
        `${url} takes dictionaries with a file that is sealed with the key: the dictionary itself ` +
          "is not sealed, and who can change what is on the line can change it",
      );
    } else if (!hasKey && !isLoopback(endpoint.host)) {
      this.#ui.warn(
        `${url} takes dictionaries of programs of this machine only (--insecure takes all)`,
      );
    }
    if (!hasKey) {
      this.#ui.warn(`${url} cannot open files that come with dictionaries: there is no key`);
    }
  }

  /** The server can be found by mDNS on an interface. */
  announced({ name: link, address }: Link, label: string): void {
    this.#tell("info", "announced", { interface: link, address, name: label });
    if (!this.#ui.json) {
      this.#ui.note(`announced by mDNS as ${label} on ${link}, ${address}`);
    }
  }

  /** The server is not announced, or not everywhere. It goes on. */
  unannounced(why: string): void {
    this.#tell("warning", "unannounced", { why });
    this.#ui.warn(`not announced by mDNS: ${why}`);
  }

  /** Whom the server trusts, and how its store is sealed. */
  trusts({ key, storeKey, hasClientCa, isOpen }: Trust): void {
    const [peers, store] = [key, storeKey].map((key) => key && formatKeyId(keyId(key)));
    this.#tell("info", "trust", {
      key: peers ?? "none",
      certificates: hasClientCa,
      insecure: isOpen,
      storeKey: store ?? "none",
    });
    if (isOpen) {
      this.#ui.warn(
        "--insecure: manifests, documents, room and files are open to anyone, without a key or a certificate",
      );
    }
    if (this.#ui.json) return;
    const who = peers === undefined
      ? "without a key: programs of this machine are trusted"
      : `sealed with the key ${peers}: who has it is trusted`;
    const others = hasClientCa
      ? ", and who shows a certificate by tls://"
      : isOpen
      ? ""
      : peers === undefined
      ? ", and no others"
      : ", and nobody else";
    this.#ui.note(who + others);
    if (store !== undefined) this.#ui.note(`the store is sealed with the key ${store}`);
  }

  /**
   * Something happened in the hub. Never throws: a server goes on when nobody reads what it prints.
   */
  event(event: HubEvent): void {
    this.#tryTo(() => this.#show(event));
  }

  #tryTo(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      const why = reasonOf(error);
      if (!this.#hasFailed) this.#log?.write("error", "fault", { doing: "print", why });
      this.#hasFailed = true;
    }
  }

  #show(event: HubEvent): void {
    const untold = this.#untold(event);
    if (untold === undefined) return;
    switch (event.event) {
      case "connected": {
        const { peer, connections } = event;
        const values = {
          peer: peer.address,
          dialect: peer.dialect,
          ...(peer.identity === undefined ? {} : { identity: peer.identity }),
          connections,
        };
        return this.#tell("info", "connected", values);
      }
      case "disconnected": {
        const { peer, reason, connections } = event;
        return this.#tell("info", "disconnected", { peer: peer.address, reason, connections });
      }
      case "sealed":
        return this.#tell("info", "sealed", { peer: event.peer.address });
      case "request":
        return this.#tell("debug", "request", { peer: event.peer.address, kind: event.kind });
      case "refused": {
        const { peer, code, text } = event;
        this.#tell("warning", "refused", { peer: peer.address, code: refusalName(code), text });
        if (!this.#ui.json) this.#ui.aside(`refused ${peer.address}: ${text}`);
        return;
      }
      case "turnedAway": {
        const { dialect, address, why, untold } = event;
        this.#tell("warning", "turnedAway", { peer: address, dialect, why, untold });
        if (!this.#ui.json) {
          const others = untold === 0 ? "" : ` (and ${counted(untold, "other")} before it)`;
          this.#ui.aside(`turned ${address} away: it ${why}${others}`);
        }
        return;
      }
      case "dropped": {
        const { dialect, address, why, untold } = event;
        this.#tell("warning", "dropped", { peer: address, dialect, why, untold });
        if (!this.#ui.json) {
          const others = untold === 0 ? "" : ` (and ${counted(untold, "other")} before it)`;
          this.#ui.aside(`dropped what came of ${address}: ${why}${others}`);
        }
        return;
      }
      case "manifest": {
        const { peer, manifest, storedAtMs, duplicate } = event;
        const { id, source, entries } = manifest;
        const often = duplicate ? { duplicate, untold } : { duplicate };
        const values = { peer: peer.address, id, source, cities: entries.length, ...often };
        this.#log?.write("info", "manifest", values);
        if (this.#ui.json) {
          const storedAt = isoTime(storedAtMs);
          const more = { event: "manifest", peer: peer.address, storedAt, ...often };
          this.#ui.text(manifestJson(manifest, more));
        }
        return;
      }
      case "document": {
        const { peer, document, storedAtMs, duplicate } = event;
        const { id, source, dictionary } = document;
        const often = duplicate ? { duplicate, untold } : { duplicate };
        const values = { peer: peer.address, id, source, names: dictionary.size, ...often };
        this.#log?.write("info", "document", values);
        if (this.#ui.json) {
          const storedAt = isoTime(storedAtMs);
          const more = { event: "document", peer: peer.address, storedAt, ...often };
          this.#ui.text(documentJson(document, more));
        }
        return;
      }
      case "file": {
        const { peer, file: { id, name, size, source, storedAtMs }, duplicate } = event;
        const storedAt = isoTime(storedAtMs);
        this.#tell("info", "file", {
          peer: peer.address,
          id,
          name,
          bytes: size,
          source,
          storedAt,
          duplicate,
          ...(duplicate ? { untold } : {}),
        });
        return;
      }
      case "leftovers":
        return this.#tell("info", "leftovers", { files: event.files });
      case "came": {
        const { peer, name, members } = event;
        const values = { peer: peer.address, name, dialect: peer.dialect, members };
        return this.#tell("info", "came", values);
      }
      case "left": {
        const { peer, name, reason, members } = event;
        return this.#tell("info", "left", { peer: peer.address, name, reason, members });
      }
      case "memberDropped": {
        const { peer, name, reason, members } = event;
        const values = { peer: peer.address, name, reason, members };
        this.#tell("warning", "memberDropped", values);
        if (!this.#ui.json) this.#ui.aside(`put ${name} out of the room: ${reason}`);
        return;
      }
      case "listenerDropped": {
        const { peer: { address }, reason } = event;
        this.#tell("warning", "listenerDropped", { peer: address, reason });
        if (!this.#ui.json) this.#ui.aside(`put ${address} out of the room: ${reason}`);
        return;
      }
      case "renamed": {
        const { peer, name, before } = event;
        return this.#tell("info", "renamed", { peer: peer.address, name, before, untold });
      }
      case "message": {
        // Not what was said: that is for the room and its store, which may be sealed.
        const { peer, name, id, number, type, bytes, duplicate } = event;
        const { address, dialect } = peer;
        const values = { peer: address, name, dialect, id, number, type, bytes, duplicate };
        return this.#tell("info", "message", duplicate ? { ...values, untold } : values);
      }
      case "draining": {
        const { connections, running } = event;
        this.#tell("info", "draining", { connections, running });
        if (!this.#ui.json && running > 0) {
          this.#ui.note(`stopping: waiting for ${counted(running, "running request")}`);
        }
        return;
      }
      case "fault": {
        const { doing, error } = event;
        const why = reasonOf(error);
        this.#tell("error", "fault", { doing, why });
        const hint = error instanceof WagonsError && error.hint ? `. ${error.hint}` : "";
        this.#ui.warn(`Cannot ${doing}: ${why}${hint}`);
        return;
      }
    }
  }

  /**
   * How many events of its kind were not told since the last one that was, where they can be very
   * many; `undefined` when this one is not told either.
   */
  #untold(event: HubEvent): number | undefined {
    if (event.event === "renamed") return this.#renames.admit(performance.now());
    const isDuplicate = "duplicate" in event && event.duplicate;
    return isDuplicate ? this.#duplicates.admit(performance.now()) : 0;
  }

  /** What is printed to a file is not sealed, as the store is. */
  printsPlainly(path: string): void {
    this.#ui.warn(`the store is sealed, and what is printed to ${path} is not`);
  }

  /** A file takes what is printed too slowly, or not at all. Never throws. */
  unprinting(path: string): void {
    this.#tryTo(() => {
      this.#tell("warning", "unprinting", { file: path });
      this.#ui.warn(`${path} does not take what is printed: what comes now is in the store alone`);
    });
  }

  /** So many records were left out of a file. Never throws. */
  unprinted(path: string, records: number): void {
    this.#tryTo(() => {
      this.#tell("warning", "unprinted", { file: path, records });
      this.#ui.warn(`left out of ${path}: ${counted(records, "record")}; all is in the store`);
    });
  }

  /** The server has stopped. */
  stopped({ connections, finished, abandoned, tookMs }: ShutdownReport): void {
    this.#tell("info", "stopped", { connections, finished, abandoned, tookMs });
    if (!this.#ui.json) {
      this.#ui.note(
        `stopped: ${counted(finished, "running request")} finished, ${abandoned} abandoned`,
      );
    }
  }

  /** To the log and, as JSON, to stdout. */
  #tell(
    level: "debug" | "info" | "warning" | "error",
    event: string,
    values: Record<string, string | number | boolean>,
  ): void {
    this.#log?.write(level, event, values);
    if (this.#ui.json) this.#ui.object({ event, ...values });
  }
}
