import { fileURLToPath } from "node:url";
import type { MembersFigures, MembersOptions } from "./room_members.ts";

const MEMBERS = fileURLToPath(new URL("room_members.ts", import.meta.url));

/** A process of members. */
export class Load {
  readonly #child: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #text = "";

  /** Starts it. */
  constructor(options: MembersOptions) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", MEMBERS, JSON.stringify(options)],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#lines = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Resolves when all its members have joined. */
  async joined(): Promise<void> {
    const line = await this.#line();
    if (line !== "joined") throw new Error(`The members have not joined but say ${line}`);
  }

  /** Has its members talk, and gives what they saw. */
  async run(): Promise<MembersFigures> {
    const writer = this.#child.stdin.getWriter();
    await writer.write(new TextEncoder().encode("go\n"));
    await writer.close();
    const figures = JSON.parse(await this.#line()) as MembersFigures;
    await this.#lines.cancel();
    await this.#child.status;
    return figures;
  }

  async #line(): Promise<string> {
    while (!this.#text.includes("\n")) {
      const { done, value } = await this.#lines.read();
      if (done) throw new Error("The members have ended too early");
      this.#text += value;
    }
    const [line, ...rest] = this.#text.split("\n");
    this.#text = rest.join("\n");
    return line!;
  }
}
