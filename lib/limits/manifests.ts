/**
 * The bounds of manifests, texts and pictures, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Code points in the name of a city. The longest place name in use has 168. */
export const MAX_CITY_CHARS = 1_000;

/** Code points in the source of a manifest. */
export const MAX_SOURCE_CHARS = 200;

/** The largest number of wagons in an entry: what a uint32 holds. */
export const MAX_WAGONS = 4_294_967_295;

/** Bytes of an input that is a text: a manifest of one frame is far smaller. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/** Bytes of a picture file: the largest phone cameras write JPEGs of some 40 MB. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/** Pixels of a picture: 4 bytes each while it is read, so 256 MB. Phone cameras make 50 million. */
export const MAX_PICTURE_PIXELS = 64_000_000;
