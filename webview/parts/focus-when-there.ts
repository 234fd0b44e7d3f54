/**
 * Puts the keyboard to what the selector finds, at once or, where that is still to be drawn or even loaded, as soon as
 * it is there, before the next key. Who goes elsewhere meanwhile stays there.
 */
export function focusWhenThere(selector: string): void {
  const focus = (): boolean => {
    const found = document.querySelector<HTMLElement>(selector);
    found?.focus();
    return found !== null;
  };
  if (focus()) return;
  const from = document.activeElement;
  const observer = new MutationObserver(() => {
    const { activeElement } = document;
    if ((activeElement !== from && activeElement !== document.body) || focus()) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
