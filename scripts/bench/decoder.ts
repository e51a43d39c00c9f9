import { decodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import type { Message } from "../../lib/wire/messages.ts";

/** How fast a kind of frame is read. */
export interface DecoderFigures {
  /** The kind. */
  name: string;
  /** Frames cut and decoded in a second. */
  framesPerSecond: number;
  /** Bytes of the stream in a second. */
  bytesPerSecond: number;
}

const READ_BYTES = 64 * 1024;
const STREAM_BYTES = 8 * 1024 * 1024;
const DURATION_MS = 500;

/** Cuts streams of frames into messages, in reads of 64 KiB, each kind for half a second. */
export function benchDecoder(): DecoderFigures[] {
  const id = "01890a5d-ac96-774b-bcce-b302099a8057";
  const entries = Array.from({ length: 2000 }, (_, i) => ({ city: `Город ${i}`, wagons: i }));
  const manifest: Message = { kind: "manifest", id, source: "bench", madeAtMs: 0, entries };
  return [
    measure("requests of 3 bytes", { kind: "fastRequest" }),
    measure("responses of 24 bytes", {
      kind: "fastResponse",
      currentDateTime: "20261121T063000.123",
    }),
    measure("manifests of 2000 cities", manifest),
  ];
}

function measure(name: string, message: Message): DecoderFigures {
  const frame = encodeFrame(message);
  const stream = new Uint8Array(Math.ceil(STREAM_BYTES / frame.length) * frame.length);
  for (let at = 0; at < stream.length; at += frame.length) stream.set(frame, at);
  const decoder = new FrameDecoder({ maxFrameBytes: 1024 * 1024 });
  let frames = 0;
  let bytes = 0;
  const run = (durationMs: number) => {
    const startMs = performance.now();
    frames = bytes = 0;
    while (performance.now() - startMs < durationMs) {
      for (let at = 0; at < stream.length; at += READ_BYTES) {
        decoder.decode(stream.subarray(at, at + READ_BYTES), (body, start, end) => {
          if (decodeBody(body, start, end).kind === message.kind) frames++;
        });
      }
      bytes += stream.length;
    }
    return (performance.now() - startMs) / 1000;
  };
  run(DURATION_MS / 2);
  const seconds = run(DURATION_MS);
  return { name, framesPerSecond: frames / seconds, bytesPerSecond: bytes / seconds };
}
