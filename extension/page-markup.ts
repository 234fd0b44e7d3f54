/** Where a page's files are, who may load what, and the nonce that its own script and styles have. */
export interface PageSources {
  readonly title: string;
  /** What it says while it loads. */
  readonly opening: string;
  readonly script: string;
  readonly styles: string;
  readonly policy: string;
  readonly nonce: string;
}

/**
 * A page as it is before anything of it is loaded: it says so itself, since on a slow machine style sheet and script
 * take seconds. The style sheet stands behind that, as nothing behind one is drawn before it is there; the script, which runs last, is asked for first.
 */
export function pageMarkup({ title, opening, script, styles, policy, nonce }: PageSources): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <script nonce="${nonce}" type="module" src="${script}"></script>
    <style nonce="${nonce}">${openingStyles}</style>
  </head>
  <body>
    <p id="opening" role="status">${opening}</p>
    <div id="root"></div>
    <link rel="stylesheet" href="${styles}">
  </body>
</html>`;
}

/** As the canvas and others say it later, at the same place; not at once, since most of the time the graph is there by then. */
const openingStyles = `
      html, body, #root { height: 100%; margin: 0; }
      #opening {
        position: absolute;
        inset: 0;
        display: flex;
        align-items: center;
        justify-content: center;
        margin: 0;
        color: var(--vscode-descriptionForeground);
        font: var(--vscode-font-size, 13px) var(--vscode-font-family, sans-serif);
        pointer-events: none;
        animation: opening 0.2s 0.2s backwards;
      }
      @keyframes opening { from { opacity: 0; } }
      @media (prefers-reduced-motion: reduce) { #opening { animation: none; } }
    `;
