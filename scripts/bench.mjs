// `npm run bench`. Any Node from 20 on can start it.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("bench");
