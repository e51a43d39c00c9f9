/**
 * The forms that the name of a setting takes.
 *
 * @module
 */

/** `maxFrameBytes` -> `max_frame_bytes`, as in wagons.toml. */
export function tomlName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `maxFrameBytes` -> `--max-frame-bytes`. */
export function flagName(key: string): string {
  return `--${tomlName(key).replaceAll("_", "-")}`;
}

/** `serve`, `maxFrameBytes` -> `WAGONS_SERVE_MAX_FRAME_BYTES`; no section: `WAGONS_SERVER`. */
export function variableName(section: string | undefined, key: string): string {
  return ["wagons", ...(section === undefined ? [] : [section]), tomlName(key)].join("_")
    .toUpperCase();
}
