import "./timeline.css";
import { openVscodePort } from "../vscode-port.ts";
import { openTimeline } from "./open-timeline.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element #root to draw the timeline in.");
openTimeline(root, openVscodePort());
