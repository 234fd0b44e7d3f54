import "./comparison.css";
import { openVscodePort } from "../vscode-port.ts";
import { openComparison } from "./open-comparison.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element #root to draw the comparison in.");
openComparison(root, openVscodePort());
