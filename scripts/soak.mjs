// `npm run soak`. Any Node from 20 on can start it.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("soak");
