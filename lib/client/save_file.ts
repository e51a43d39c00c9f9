import { dirname } from "node:path";
import { isSameBytes } from "../bytes.ts";
import { RefusedError } from "../errors.ts";
import { PartFile } from "../part_file.ts";
import { checkFree, saveAs, saveTo } from "../save_as.ts";
import { showable } from "../ui.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import type { TransferOptions } from "./room_link.ts";

/** Where a file is to be: in a folder under its own name made safe, or at a path. */
export type Destination = { readonly folder: string } | { readonly path: string };

/** Brings the bytes of a file from an offset on: gives each part to `take`, and waits for it. */
export type Fetch = (from: number, take: (bytes: Uint8Array) => Promise<void>) => Promise<void>;

/**
 * Brings a file to the disk, or goes on where another try has ended; gives its path. It appears
 * there when all of it is there and right. Nothing that is there is replaced.
 *
 * @throws {WrongFileError} when what came is something else; {@linkcode UsageError} when it cannot
 * be written; the signal's reason when it is aborted; and what `fetch` throws: then what has come
 * stays for the next try.
 */
export async function saveFile(
  file: FileInfo,
  destination: Destination,
  fetch: Fetch,
  { onProgress, signal }: TransferOptions = {},
): Promise<string> {
  const { sha256, size } = file;
  if ("path" in destination) await checkFree(destination.path);
  const folder = "folder" in destination ? destination.folder : dirname(destination.path);
  using part = await PartFile.open(folder, sha256, size, signal);
  const tell = () => onProgress?.({ doneBytes: part.length, totalBytes: size });
  const bring = async () => {
    tell();
    await fetch(part.length, async (bytes) => {
      await part.append(bytes);
      tell();
    });
    return isSameBytes(part.digest(), sha256);
  };
  const isResumed = part.length > 0;
  let isRight = await bring();
  if (!isRight && isResumed) {
    // It may be the earlier part: a crash can leave a file longer than what was written to it.
    await part.clear();
    isRight = await bring();
  }
  if (!isRight) {
    await part.remove();
    throw wrongFile(file, part.digest());
  }
  await part.sync();
  if ("folder" in destination) return await saveAs(part.path, folder, file.name);
  await saveTo(part.path, destination.path);
  return destination.path;
}

/** What came of a file is not what its sender has put. */
export class WrongFileError extends RefusedError {}

/** The error that it is when a file has another hash than it should have. */
export function wrongFile({ id, name, sha256 }: FileInfo, came: Uint8Array): WrongFileError {
  return new WrongFileError(
    `What came of ${id} (${showable(name)}) is not right: ` +
      `its SHA-256 is ${came.toHex()}, and should be ${sha256.toHex()}`,
    { hint: "The server's disk, or the way here, changes what is stored: tell its administrator." },
  );
}
