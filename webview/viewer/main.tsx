import "./viewer.css";
import { openVscodePort } from "../vscode-port.ts";
import { openViewer } from "./open-viewer.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element #root to show the value in.");
openViewer(root, openVscodePort());
