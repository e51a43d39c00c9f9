import { assertEquals } from "@std/assert";
import { isDownloading, lacksBaseRuntime } from "../../scripts/build/compile.ts";

// What `deno compile` of Deno 2.9.6 wrote, with the host and the folders replaced.
const FAILURE = (cause: string) =>
  `Compile dist/.build-1/bundle/main.js to dist/.build-1/wagons
Download https://host.invalid/release/v2.9.6/denort-x86_64-unknown-linux-gnu.zip
error: Writing deno compile executable to temporary file 'dist/.build-1/wagons.tmp-1'

Caused by:
${cause}
`;

Deno.test("lacksBaseRuntime tells a failed download from every other failure", () => {
  const cases: [boolean, string][] = [
    [
      true,
      "    0: Setting up base binary.\n    1: error sending request for url (https://host.invalid/" +
      "denort.zip): client error (Connect): dns error\n    2: client error (Connect)",
    ],
    [true, "    0: Setting up base binary.\n    1: Failed downloading 'https://host.invalid/'"],
    [true, "    0: Setting up base binary.\n    1: Bad response: 403 Forbidden"],
    [
      false,
      "    0: Setting up base binary.\n    1: Creating /cache/dl/release\n    2: Read-only file " +
      "system (os error 30)",
    ],
    [
      false,
      "    0: Setting up base binary.\n    1: Writing /cache/dl/release/denort.zip\n    2: No " +
      "space left on device (os error 28)",
    ],
    [false, "    0: Could not find denort at '/none'\n    1: No such file or directory"],
    [false, "    No space left on device (os error 28)"],
  ];
  for (const [expected, cause] of cases) {
    assertEquals(lacksBaseRuntime(FAILURE(cause)), expected, cause);
  }
  assertEquals(lacksBaseRuntime('error: Module not found "file:///main.js".'), false);
  assertEquals(lacksBaseRuntime(""), false);
});

Deno.test("isDownloading looks at the last line", () => {
  const download = "Download https://host.invalid/release/v2.9.6/denort-aarch64-apple-darwin.zip";
  assertEquals(isDownloading(`Compile a to b\n${download}\n`), true);
  assertEquals(isDownloading(download), true);
  assertEquals(isDownloading("Compile a to b\n"), false);
  assertEquals(isDownloading(`${download}\nerror: No space left on device\n`), false);
  assertEquals(isDownloading("Download https://host.invalid/left-pad.tgz\n"), false);
});
