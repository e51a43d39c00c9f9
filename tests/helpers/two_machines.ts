/**
 * Two machines on one: network namespaces with a cable between them, made by the test and gone with
 * it. Nothing leaves them, and no process outlives the script: it is the first one of a namespace of
 * processes, which end with it.
 *
 * @module
 */

import { CACHE } from "../e2e/workspace.ts";

/** The address of the first machine in {@linkcode runOnTwoMachines}. */
export const NEAR = "10.77.0.1";
/** The address of the second one. */
export const FAR = "10.77.0.2";

/**
 * Makes the second namespace, and `far COMMAND...`, which runs a command there. The script itself
 * runs in the first one.
 */
const SETUP = `
set -eu
ip link set lo up
unshare -n sleep infinity &
far_pid=$!
trap 'kill $far_pid' EXIT
until [ "$(readlink /proc/$far_pid/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
far() { nsenter -t $far_pid -n "$@"; }
ip link add near0 type veth peer name far0
ip link set far0 netns $far_pid
ip address add ${NEAR}/24 dev near0
ip link set near0 up
far ip address add ${FAR}/24 dev far0
far ip link set lo up
far ip link set far0 up
`;

/** Why there can be no such machines here; `undefined` when there can. */
export async function whyNoMachines(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "network namespaces are Linux's";
  try {
    const { success, stderr } = await run("far true", ".");
    if (success) return undefined;
    return `no network namespace can be made: ${stderr.trim().split("\n").at(-1)}; run as root`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return "there is no unshare: apt-get install util-linux";
    }
    throw error;
  }
}

/** Runs a shell script on the first machine, in a folder; gives what it has printed. */
export async function runOnTwoMachines(script: string, folder: string): Promise<string> {
  const { success, stdout, stderr } = await run(script, folder);
  if (!success) throw new Error(`The script has failed: ${stdout}\n${stderr}`);
  return stdout;
}

async function run(
  script: string,
  folder: string,
): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const { success, stdout, stderr } = await new Deno.Command("unshare", {
    args: ["-n", "-p", "--fork", "--kill-child", "--mount-proc", "sh", "-c", `${SETUP}\n${script}`],
    cwd: folder,
    clearEnv: true,
    env: {
      PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      HOME: folder,
      WAGONS_CACHE_DIR: CACHE,
    },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
