import "./merge.css";
import { openVscodePort } from "../vscode-port.ts";
import { openMerge } from "./open-merge.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element #root to draw the merge in.");
openMerge(root, openVscodePort());
