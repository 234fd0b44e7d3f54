// `npm run package`: bundles, then packs the .vsix into .cache/. Any Node from 20 on can start it.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("package");
