/** Parses TOML 1.0; throws a SyntaxError that names the line. */
export function parse(text: string): Record<string, unknown>;
