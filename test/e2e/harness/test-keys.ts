/** Leaves nothing of what was done in a window; ends the debug session in front, if there is one. */
export const CLEAR_KEY = "Control+Alt+Shift+F9";

/** What stands in the input that opens when all is cleared. */
export const CLEARED = "cleared";

/** Key bindings of the test profile. */
export const testKeys = [
  {
    key: "ctrl+alt+shift+f9",
    command: "runCommands",
    args: {
      commands: [
        "workbench.action.debug.stop",
        // Nobody is asked whether to keep what is closed: it goes with its folder.
        "workbench.action.files.saveAll",
        "workbench.action.closeAllEditors",
        "workbench.debug.viewlet.action.removeAllBreakpoints",
        "notifications.clearAll",
        "workbench.action.closePanel",
        "workbench.view.explorer",
        { command: "workbench.action.quickOpen", args: CLEARED },
      ],
    },
  },
] as const;
