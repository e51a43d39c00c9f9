/** The formats of what a server prints: those that are made of lines. */
export const PRINT_FORMATS = ["text", "json", "xml", "csv"] as const;

/** One of {@linkcode PRINT_FORMATS}. */
export type PrintFormat = (typeof PRINT_FORMATS)[number];
