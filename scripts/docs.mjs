// `npm run docs`: writes docs/reference/ anew from the definitions of components and fields.
import { runCommand } from "./setup/bootstrap.mjs";

await runCommand("docs");
