// `npm run build`: bundles into dist/. Any Node from 20 on can start it.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("build");
