import { dirname, resolve } from "node:path";
import { type Cassette, CassetteError, cassetteHiding, openCassette } from "#host";
import type { LaunchArguments } from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { PreparedLaunch } from "./prepare-launch.ts";

/** Opens the cassette that the launch names, if it does. Throws {@link adapterErrors.unusableCassette}. */
export async function openLaunchedCassette(
  { recordCassette, replayCassette, cwd }: LaunchArguments,
  { path, plan, secrets, workspace }: PreparedLaunch,
): Promise<Cassette> {
  const name = recordCassette ?? replayCassette;
  if (name === undefined) return openCassette({ kind: "none" });
  const hiding = cassetteHiding(plan.secretSources, secrets.port);
  const file = { path: resolve(cwd ?? dirname(path), name), name, hiding };
  const kind = recordCassette === undefined ? "replay" : "record";
  try {
    return await openCassette({ kind, file }, workspace.manifest.prices);
  } catch (error) {
    if (error instanceof CassetteError) throw adapterErrors.unusableCassette(error.message);
    throw error;
  }
}
