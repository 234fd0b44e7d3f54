// `npm test`. Any Node from 20 on can start it; the work itself runs on the Node of the project.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("test");
