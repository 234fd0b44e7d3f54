import "./sweep.css";
import { openVscodePort } from "../vscode-port.ts";
import { openSweep } from "./open-sweep.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element #root to draw the table of values in.");
openSweep(root, openVscodePort());
