/** Where a segment writes its bits. */
export interface BitBuffer {
  /** Appends the low `length` bits of `value`. */
  put(value: number, length: number): void;
}

/** A segment in qrcode's own form. */
export interface ReadySegment {
  /** The mode indicator, and the bits of the count in versions 1-9, 10-26 and 27-40. */
  mode: { bit: number; ccBits: readonly [number, number, number] };
  /** What stands in the count. */
  getLength(): number;
  /** Bits after the count. */
  getBitsLength(): number;
  /** Writes what comes after the count. */
  write(buffer: BitBuffer): void;
}

/** A segment as qrcode documents it. */
export interface ByteSegment {
  /** Byte mode. */
  mode: "byte";
  /** The bytes. */
  data: Uint8Array;
}

/** What is used of qrcode 1.5. */
declare const qrcode: {
  /** Chooses version and mask. Throws an Error when the segments do not fit. */
  create(
    segments: readonly (ByteSegment | ReadySegment)[],
    options: { errorCorrectionLevel: string },
  ): { modules: { size: number } };
  /** A PNG file; `scale` is in pixels a module, `margin` in modules. */
  toBuffer(
    segments: readonly (ByteSegment | ReadySegment)[],
    options: { errorCorrectionLevel: string; margin: number; scale: number },
  ): Promise<Uint8Array>;
  /** An SVG document of `width` pixels, or lines of half-block characters. */
  toString(
    segments: readonly (ByteSegment | ReadySegment)[],
    options: {
      errorCorrectionLevel: string;
      margin: number;
      type: "svg" | "utf8";
      width?: number;
      color?: { dark: string; light: string };
    },
  ): Promise<string>;
};
export default qrcode;
