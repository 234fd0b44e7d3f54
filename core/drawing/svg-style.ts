/**
 * Colours and fonts of a drawn graph, on a light page. What it has of colour is said in words too. A test
 * holds texts to a contrast of 4.5 and lines to 3, as deep as six containers in each other.
 */
export const lightStyle = `
text { font: 12px system-ui, sans-serif; fill: #57606a; }
text.name { font-weight: 600; fill: #1f2328; }
text.label { text-anchor: middle; stroke: #ffffff; stroke-width: 4; stroke-linejoin: round; paint-order: stroke; }
.page { fill: #ffffff; }
.stage > rect { fill: #f6f8fa; stroke: #6e7781; }
.container > rect { fill: #8c959f; fill-opacity: 0.05; stroke: #6e7781; }
.group > rect { fill: none; stroke: #6e7781; stroke-dasharray: 4 4; }
.note > rect { fill: #fff8c5; stroke: #9a6700; }
.note > text { fill: #1f2328; }
.edge { fill: none; stroke: #6e7781; stroke-width: 1.3; }
.branch { stroke-dasharray: 5 4; }
.head { fill: #6e7781; }
.succeeded > rect { stroke: #1a7f37; stroke-width: 2; }
.failed > rect { stroke: #cf222e; stroke-width: 3; }
.running > rect { stroke: #0969da; stroke-width: 2; }
.cancelled > rect { stroke: #9a6700; stroke-width: 2; }
.skipped > rect { stroke-dasharray: 5 4; }
.waiting > rect { stroke-dasharray: 1 3; }
`;

/** The same, for a light and a dark page. */
export const svgStyle = `${lightStyle}@media (prefers-color-scheme: dark) {
text { fill: #9da7b3; }
text.name { fill: #e6edf3; }
text.label { stroke: #0d1117; }
.page { fill: #0d1117; }
.stage > rect { fill: #161b22; stroke: #8b949e; }
.container > rect { stroke: #8b949e; }
.group > rect { stroke: #8b949e; }
.note > rect { fill: #3b2f0b; stroke: #d29922; }
.note > text { fill: #e6edf3; }
.edge { stroke: #8b949e; }
.head { fill: #8b949e; }
.succeeded > rect { stroke: #3fb950; }
.failed > rect { stroke: #f85149; }
.running > rect { stroke: #58a6ff; }
.cancelled > rect { stroke: #d29922; }
}
`;
