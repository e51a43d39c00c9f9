import { UsageError } from "../errors.ts";
import { isUuidV7 } from "../wire/uuid.ts";
import type { Run } from "./command.ts";

/**
 * The `--id` of what a command sends again; none where nothing was said.
 *
 * @throws {UsageError} when it is no UUIDv7.
 */
export function wantedId(command: string, flags: Run["flags"]): string | undefined {
  const text = flags.id as string | undefined;
  const id = text?.toLowerCase();
  if (id === undefined || isUuidV7(id)) return id;
  throw new UsageError(`--id: ${JSON.stringify(text)} is no UUIDv7`, {
    hint: `Use the id that an earlier wagons ${command} has shown.`,
  });
}
