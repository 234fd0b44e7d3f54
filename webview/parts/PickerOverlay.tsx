import type { ReactNode } from "react";
import { ComponentPicker } from "../add/ComponentPicker.tsx";
import { useModel } from "../session/session-context.tsx";
import { ConnectPicker, SearchPicker } from "./StagePicker.tsx";

/** The list that lies over the canvas while something is chosen from it. */
export function PickerOverlay(): ReactNode {
  const overlay = useModel((model) => model.overlay);
  switch (overlay.kind) {
    case "search":
      return <SearchPicker />;
    case "connect":
      return <ConnectPicker from={overlay.from} />;
    case "add":
      return <ComponentPicker spot={overlay.spot} />;
    case "none":
    case "rename":
    case "note-text":
    case "new-note":
    case "menu":
      return null;
  }
}
