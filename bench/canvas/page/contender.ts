import type { DrawnStage, View } from "../graph.ts";

/** What a page is asked to draw. */
export interface Drawing {
  readonly stages: readonly DrawnStage[];
  /** The same as a pipeline's text. */
  readonly text: string;
  /** Null: what the contender shows by itself. */
  readonly view: View | null;
}

/** A page that draws a graph, as the driver sees it. */
export interface ContenderPage {
  /** Draws, and resolves when it is on the screen: milliseconds since the call. */
  draw(drawing: Drawing): Promise<number>;
}

declare global {
  interface Window {
    contender: ContenderPage;
    /** What it is to draw. */
    drawing: Drawing;
  }
}

/** Resolves when something that is no longer hidden matches each selector and the frame that shows it is done. */
export async function onScreen(selectors: readonly string[]): Promise<void> {
  const isShown = (selector: string): boolean => {
    const element = document.querySelector(selector);
    return element?.checkVisibility({ visibilityProperty: true }) === true;
  };
  while (!selectors.every(isShown)) await nextFrame();
  await nextFrame();
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      // After this frame is painted, not before.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => resolve());
      port1.start();
      port2.postMessage(null);
    });
  });
}
