import { BadInputError, WagonsError } from "../errors.ts";
import type { NamedText } from "../manifest/merge.ts";
import { checkPictureSize, sniffPicture } from "../manifest/picture.ts";
import type { QrCode } from "../manifest/qr_code.ts";
import { createQrReader } from "../manifest/qr_read.ts";
import { joinAppended } from "../manifest/structured_append.ts";

/** A picture and where it came from. */
export interface NamedPicture {
  /** For messages. */
  readonly name: string;
  /** The file's content. */
  readonly bytes: Uint8Array;
  /** Its place among all that was named. */
  readonly index: number;
}

/** A text that was read from a picture, or put together from several. */
export interface PictureText extends NamedText {
  /** The place of the picture that it begins in. */
  readonly index: number;
}

type PlacedCode = QrCode & Pick<NamedPicture, "name" | "index">;

/**
 * Reads the QR codes of pictures; a text that is spread over several of them is put together.
 *
 * @throws {BadInputError} when something is no picture or a damaged one, when a picture has no
 * code, and when a part of a spread text is missing.
 */
export async function readPictures(pictures: readonly NamedPicture[]): Promise<PictureText[]> {
  // What can be refused by its first bytes is refused before any decoder is loaded.
  for (const { name, bytes } of pictures) inPicture(name, () => checkPicture(bytes));
  const reader = await createQrReader();
  const codes: PlacedCode[] = [];
  for (const { name, bytes, index } of pictures) {
    const found = await inPicture(name, () => reader.read(bytes));
    if (found.length === 0) {
      throw new BadInputError(`No QR code found in ${name}`, {
        hint: "Take the picture again: sharp, the whole code with its white margin, evenly lit.",
      });
    }
    codes.push(...found.map((code) => ({ ...code, name, index })));
  }
  return join(codes);
}

function checkPicture(bytes: Uint8Array): void {
  const info = sniffPicture(bytes);
  if (info === undefined) {
    throw new BadInputError("Cannot read the picture: it is neither PNG nor JPEG", {
      hint: "Name pictures of QR codes; wagons send takes texts as they are.",
    });
  }
  checkPictureSize(info);
}

/**
 * Whether an input is a picture, by its first bytes.
 *
 * @throws {BadInputError} when it is a damaged one, with its name.
 */
export function isPicture(name: string, bytes: Uint8Array): boolean {
  return inPicture(name, () => sniffPicture(bytes)) !== undefined;
}

/** Puts the picture's name before what goes wrong in it. */
function inPicture<T>(name: string, work: () => T): T {
  const rename = (error: unknown): never => {
    if (!(error instanceof WagonsError)) throw error;
    throw new BadInputError(`${name}: ${error.message}`, {
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  };
  try {
    const result = work();
    return result instanceof Promise ? result.catch(rename) as T : result;
  } catch (error) {
    return rename(error);
  }
}

function join(found: readonly PlacedCode[]): PictureText[] {
  const { codes, missing: [missing], conflicting: [conflict] } = joinAppended(found);
  const fromOne = (indexes: readonly number[]) => indexes.map((index) => index + 1).join(", ");
  if (missing !== undefined) {
    const { count, have } = missing;
    throw new BadInputError(
      `A text is spread over ${count} codes, and only part ${fromOne(have)} is here`,
      { hint: "Name the pictures of all its parts in one command." },
    );
  }
  if (conflict !== undefined) {
    const { count, indexes } = conflict;
    throw new BadInputError(
      `A text is spread over ${count} codes, and there are two different parts ${fromOne(indexes)}`,
      { hint: "Name only the pictures that belong together in one command." },
    );
  }
  return codes.map(({ text, parts }) => {
    const names = new Set(parts.map(({ name }) => name));
    return { name: Array.from(names).join(" + "), text, index: parts[0]!.index };
  });
}
