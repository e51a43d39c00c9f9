/**
 * From the inputs that a user names to a manifest's entries.
 *
 * @module
 */

import { BadInputError, UsageError } from "../errors.ts";
import { decodeText, inputName, readInput } from "../input.ts";
import { MAX_PICTURE_BYTES, MAX_TEXT_BYTES } from "../limits/manifests.ts";
import { mergeTexts, type NamedText } from "../manifest/merge.ts";
import { sniffPicture } from "../manifest/picture.ts";
import { showable, type Ui } from "../ui.ts";
import { counted } from "../units.ts";
import type { Entry } from "../wire/messages.ts";
import { type NamedPicture, readPictures } from "./read_pictures.ts";

/** Reads the texts of inputs that may be texts or pictures, by their content, in their order. */
export async function readTexts(paths: readonly string[]): Promise<NamedText[]> {
  if (paths.filter((path) => path === "-").length > 1) {
    throw new UsageError("- is named twice: there is one stdin");
  }
  const texts: (NamedText & { index: number })[] = [];
  const pictures: NamedPicture[] = [];
  for (const [index, path] of paths.entries()) {
    const name = inputName(path);
    const bytes = await readInput(path, MAX_PICTURE_BYTES);
    if (sniffPicture(bytes) !== undefined) pictures.push({ name, bytes, index });
    else if (bytes.length <= MAX_TEXT_BYTES) {
      const text = decodeText(bytes, name, "Name a text, or a PNG or JPEG picture of QR codes.");
      texts.push({ name, text, index });
    } else throw new BadInputError(`${name} is no picture, and too long for a manifest`);
  }
  if (pictures.length > 0) texts.push(...await readPictures(pictures));
  // The last count of a city is the one that stays: what was named last comes last.
  return texts.sort((a, b) => a.index - b.index);
}

/**
 * Reads texts as one manifest. Lines that are not taken are warned of.
 *
 * @throws {BadInputError} when no line is an entry, or, if it is `strict`, when any is not taken.
 */
export function gatherEntries(texts: readonly NamedText[], strict: boolean, ui: Ui): Entry[] {
  const { entries, problems } = mergeTexts(texts);
  for (const problem of problems) ui.warn(showable(problem));
  if (strict && problems.length > 0) {
    throw new BadInputError(
      `${counted(problems.length, "line is", "lines are")} not right, and --strict is set`,
      {
        hint: "Mend them, or leave --strict out to go on without them.",
      },
    );
  }
  if (entries.length === 0) {
    const names = texts.map(({ name }) => name).join(", ");
    throw new BadInputError(`There is no entry in ${names}`, {
      hint: "Write a line for each city, like: Москва = 7",
    });
  }
  return entries;
}
