/**
 * `wagons qr`: manifests as QR codes.
 *
 * @module
 */

import { join, parse as parsePath } from "node:path";
import type { Command } from "commander";
import { resolveSettings } from "../config/resolve.ts";
import { BadInputError, ExitCode, UsageError } from "../errors.ts";
import { decodeText, inputName, readInput } from "../input.ts";
import { MAX_PICTURE_BYTES, MAX_TEXT_BYTES } from "../limits/manifests.ts";
import type { QrLevel } from "../manifest/qr_write.ts";
import { splitEntries } from "../manifest/split.ts";
import { formatManifestJson, formatManifestText } from "../manifest/text.ts";
import { checkIsNoInput, outputPath, writeWhole } from "../output.ts";
import { showable } from "../ui.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { gatherEntries, readManifest } from "./gather.ts";
import { isPicture, readPictures } from "./read_pictures.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(command.command("make"), make)
    .description("make QR codes of a manifest")
    .argument("<file>", "lines of City = count, or a manifest in another format; - is stdin")
    .option("-o, --output <file>", "code.png, code.svg, or - for a PNG on stdout")
    .option("--level <level>", "error correction: L, M, Q or H", "M")
    .option("--scale <pixels>", "the side of a module in a picture", "8")
    .option("--light", "draw for a terminal with a light background")
    .option("--raw", "take the text as it stands, whatever it is")
    .option("--strict", "any line that is no entry is an error")
    .addHelpText("after", MAKE_HELP);
  add(addJsonOption(command.command("read")), read)
    .description("read the manifest in pictures of QR codes")
    .argument("<picture...>", "PNG or JPEG; several are read as one manifest; - is stdin")
    .option("--format <format>", "text or json")
    .option("--raw", "print the text of each code as it stands, whatever it is")
    .option("--strict", "any line that is no entry is an error");
}

const MAKE_HELP = `
Without -o the code is shown on the terminal. A manifest that is too long for one code is split into
several, each a manifest of its own: code-1.png, code-2.png, ...`;

type Form = "png" | "svg" | "terminal";

async function make({ args, flags, ui, sources }: Run): Promise<ExitCode> {
  resolveSettings("manifests", sources);
  const path = args[0]!;
  const name = inputName(path);
  const level = readLevel(flags.level as string);
  const scalePx = readScale(flags.scale as string);
  const named = flags.output as string | undefined;
  const output = named === undefined ? undefined : outputPath(named);
  const form = formOf(output);
  const background = flags.light === true ? "light" : "dark";
  if (output !== undefined) await checkIsNoInput(output, [path]);
  const bytes = await readInput(path, MAX_TEXT_BYTES);
  if (isPicture(name, bytes)) {
    throw new BadInputError(`${name} is a picture, and no text or dictionary`, {
      hint: "To read a picture, use wagons qr read.",
    });
  }
  const qr = await import("../manifest/qr_write.ts");
  const texts = flags.raw === true
    ? [decodeText(bytes, name, "A code takes any text, with --raw, but no other bytes.")]
    : splitEntries(
      gatherEntries([readManifest(name, bytes)], flags.strict === true, ui),
      qr.qrCapacityBytes(level),
    ).map(formatManifestText);
  if (output === "-" && texts.length > 1) {
    throw new UsageError(`The manifest needs ${texts.length} codes, and stdout takes one`, {
      hint: "Name a file with -o, or a lower --level.",
    });
  }
  if (texts.length > 1) {
    ui.note(`the manifest is too long for one code: it is split into ${texts.length}`);
  }
  for (const [index, part] of texts.entries()) {
    const bytes = await draw(qr, form, part, { level, scalePx, background });
    if (output === undefined || output === "-") ui.bytes(bytes);
    else {
      const file = numbered(output, index, texts.length);
      await writeWhole(file, bytes);
      ui.note(`wrote ${file}`);
    }
  }
  return ExitCode.ok;
}

async function draw(
  qr: typeof import("../manifest/qr_write.ts"),
  form: Form,
  text: string,
  options: { level: QrLevel; scalePx: number; background: "dark" | "light" },
): Promise<Uint8Array> {
  if (form === "png") return await qr.qrPng(text, options);
  const drawn = form === "svg" ? await qr.qrSvg(text, options) : await qr.qrTerminal(text, options);
  return new TextEncoder().encode(drawn);
}

function formOf(output: string | undefined): Form {
  if (output === undefined) return "terminal";
  const extension = output === "-" ? ".png" : parsePath(output).ext.toLowerCase();
  if (extension === ".png") return "png";
  if (extension === ".svg") return "svg";
  throw new UsageError(`Cannot tell what kind of picture ${output} shall be`, {
    hint: "Give it a name that ends in .png or .svg.",
  });
}

function readLevel(text: string): QrLevel {
  const level = text.toUpperCase();
  if (level === "L" || level === "M" || level === "Q" || level === "H") return level;
  throw new UsageError(`--level: ${JSON.stringify(text)} is none of L, M, Q, H`);
}

function readScale(text: string): number {
  // Whether it is in the range, the drawing knows.
  if (/^[0-9]+$/.test(text)) return Number(text);
  throw new UsageError(`--scale: ${JSON.stringify(text)} is no whole number of pixels`);
}

/** `code.png` stays when there is one code, else it is `code-1.png` and so on. */
function numbered(output: string, index: number, count: number): string {
  if (count === 1) return output;
  const { dir, name, ext } = parsePath(output);
  return join(dir, `${name}-${index + 1}${ext}`);
}

async function read({ args, flags, ui, sources }: Run): Promise<ExitCode> {
  resolveSettings("manifests", sources);
  const format = readFormat(flags.format as string | undefined, ui.json);
  const pictures = [];
  for (const [index, path] of args.entries()) {
    const bytes = await readInput(path, MAX_PICTURE_BYTES);
    pictures.push({ name: inputName(path), bytes, index });
  }
  const texts = await readPictures(pictures);
  if (flags.raw === true) {
    for (const { name, text } of texts) {
      if (format === "json") ui.object({ picture: name, text });
      else if (ui.isTerminal) ui.text(`${text.split("\n").map(showable).join("\n")}\n`);
      else ui.text(text.endsWith("\n") ? text : `${text}\n`);
    }
    return ExitCode.ok;
  }
  const entries = gatherEntries(texts, flags.strict === true, ui);
  ui.text(format === "json" ? `${formatManifestJson(entries)}\n` : formatManifestText(entries));
  return ExitCode.ok;
}

function readFormat(text: string | undefined, json: boolean): "text" | "json" {
  if (text === undefined) return json ? "json" : "text";
  const format = text.toLowerCase();
  if (format === "text" || format === "json") return format;
  throw new UsageError(`--format: ${JSON.stringify(text)} is none of text, json`);
}
