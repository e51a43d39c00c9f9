/** A QR code that was read. */
export interface QrCode {
  /**
   * Its text, without a byte order mark: in the charset that the code names, else UTF-8 where the
   * bytes are that, else what is likely.
   */
  text: string;
  /** Its content as it stands in the code, of all its segments. */
  bytes: Uint8Array;
  /** Set when it is one part of a text spread over several codes. */
  append?: AppendPosition;
  /** Who found it in the picture. The reading is zxing's in both cases. */
  decoder: "zxing" | "jsqr";
}

/** A code's place in a Structured Append (ISO/IEC 18004, 8). */
export interface AppendPosition {
  /** From 0. */
  index: number;
  /** How many codes the text is spread over, 1 to 16. */
  count: number;
  /** The same in all parts of a text: its parity byte, in decimal. */
  id: string;
}
