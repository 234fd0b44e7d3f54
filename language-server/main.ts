import process from "node:process";
import { startLanguageServer } from "./start-language-server.ts";

startLanguageServer(process.argv.includes("--node-ipc") ? "node-ipc" : "stdio");
