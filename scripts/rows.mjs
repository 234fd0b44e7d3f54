// `npm run rows`: which feature rows have passing tests, from the last test run.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("rows");
