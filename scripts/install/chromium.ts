import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { runLogged } from "../setup/processes.mjs";
import { StepFailure, step } from "../setup/steps.mjs";

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const fixedPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The browser for the tests: `CHROME_PATH`, else a Chromium or Chrome that is installed, else Debian's `chromium`,
 * which is installed when this user may. Throws a `StepFailure` that says what to do otherwise.
 */
export async function installChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  const prefix = packageManagerPrefix();
  if (prefix === undefined) {
    throw new StepFailure("No Chromium or Chrome was found.").advise(
      "Install Chromium or Chrome, or set CHROME_PATH to the program, and run the same command again.",
    );
  }
  await step("Install Chromium with apt-get", async () => {
    const [command, leading] = prefix === "" ? ["apt-get", []] : [prefix, ["-n", "apt-get"]];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    try {
      await runLogged("apt-update", command, [...leading, "update"], { env });
      await runLogged(
        "apt-chromium",
        command,
        [...leading, "install", "--yes", "--no-install-recommends", "chromium"],
        { env },
      );
    } catch (error) {
      throw StepFailure.from(error).advise(
        "Install Chromium by hand, or set CHROME_PATH, and run the same command again.",
      );
    }
  });
  const installed = findChromium();
  if (installed === undefined) throw new StepFailure("apt-get installed chromium, but it is not on PATH.");
  return installed;
}

/** A browser that is already here. */
export function findChromium(): string | undefined {
  const chosen = process.env["CHROME_PATH"];
  if (chosen !== undefined && chosen !== "") {
    if (existsSync(chosen)) return chosen;
    throw new StepFailure(`CHROME_PATH names ${chosen}, which does not exist.`);
  }
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => commands.map((command) => path.join(folder, command)));
  return [...onPath, ...fixedPlaces].find((file) => existsSync(file));
}

/** What apt-get is called through on Debian and its kin: nothing for root, sudo where it asks no password. */
function packageManagerPrefix(): "" | "sudo" | undefined {
  if (process.platform !== "linux" || spawnSync("apt-get", ["--version"]).status !== 0) return undefined;
  if (execFileSync("id", ["-u"], { encoding: "utf8" }).trim() === "0") return "";
  return spawnSync("sudo", ["-n", "true"]).status === 0 ? "sudo" : undefined;
}
