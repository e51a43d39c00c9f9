import type { Buffer } from "node:buffer";

/** What is used of pngjs 7: a PNG as 8-bit RGBA. */
export const PNG: {
  sync: {
    /** Decodes a whole file. Throws an Error when it cannot. */
    read(file: Buffer): { width: number; height: number; data: Buffer };
  };
};
