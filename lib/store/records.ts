/** What adding a manifest or a document did. */
export interface Added {
  /** Milliseconds since the Unix epoch: when the one of this id was first stored. */
  readonly storedAtMs: number;
  /** It was there before; nothing was written. */
  readonly duplicate: boolean;
}

/** Which manifests or documents, by the time that they were stored. */
export interface Range {
  /** From this time on, in milliseconds since the Unix epoch. */
  readonly sinceMs?: number;
  /** Before this time. */
  readonly untilMs?: number;
}
