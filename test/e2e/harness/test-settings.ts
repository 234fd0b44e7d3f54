import { quietSettings } from "../../../scripts/launch/settings.ts";

/** The quiet profile, made steady: nothing animates, and the palette stays when a webview takes the focus. */
export const testSettings = {
  ...quietSettings,
  "workbench.reduceMotion": "on",
  "workbench.layoutControl.enabled": false,
  "workbench.quickOpen.closeOnFocusLost": false,
  "files.autoSave": "off",
  "files.simpleDialog.enable": true,
  "window.confirmBeforeClose": "never",
  "editor.cursorBlinking": "solid",
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  "debug.toolBarLocation": "docked",
  // Not with the first session of a window only.
  "debug.internalConsoleOptions": "openOnSessionStart",
  "debug.onTaskErrors": "debugAnyway",
} as const;
