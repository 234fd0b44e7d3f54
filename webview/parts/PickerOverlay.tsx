import type { ReactNode } from "react";
import { ComponentPicker } from "../add/ComponentPicker.tsx";
import { KeyHelp } from "../help/KeyHelp.tsx";
import { useModel } from "../session/session-context.tsx";
import { BodyPicker } from "./BodyPicker.tsx";
import { ConnectPicker, ReconnectPicker, SearchPicker } from "./StagePicker.tsx";

/** The list that lies over the canvas while something is chosen from it. */
export function PickerOverlay(): ReactNode {
  const overlay = useModel((model) => model.overlay);
  switch (overlay.kind) {
    case "search":
      return <SearchPicker />;
    case "connect":
      return <ConnectPicker from={overlay.from} />;
    case "reconnect":
      return <ReconnectPicker wire={overlay.wire} end={overlay.end} />;
    case "move-into":
      return <BodyPicker keys={overlay.stages} />;
    case "keys":
      return <KeyHelp />;
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
