// `node scripts/tool.mjs PROGRAM …`: a program of the packages, or a TypeScript file, under the project's Node.
// npm does not always put that Node on the PATH of its scripts.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("tool");
