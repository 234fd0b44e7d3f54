import "./styles/index.css";
import { openCanvas } from "./open-canvas.tsx";
import { openVscodePort } from "./vscode-port.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element #root to draw the canvas in.");
openCanvas(root, openVscodePort());
