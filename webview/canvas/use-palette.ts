import { useEffect, useState } from "react";

/** Values of the canvas's CSS variables in the theme of now, for what is painted rather than styled. */
export type Palette = (variable: string) => string;

/** The palette; another function after each change of the theme, which VS Code writes into body and html. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const observer = new MutationObserver(() => setPalette(readPalette));
    const attributes = { attributes: true, attributeFilter: ["class", "style", "data-vscode-theme-id"] };
    observer.observe(document.documentElement, attributes);
    observer.observe(document.body, attributes);
    return () => observer.disconnect();
  }, []);
  return palette;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.body);
  const known = new Map<string, string>();
  return (variable) => {
    let color = known.get(variable);
    if (color === undefined) known.set(variable, (color = style.getPropertyValue(variable).trim()));
    return color;
  };
}
