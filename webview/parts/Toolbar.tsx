import type { KeyboardEvent, ReactNode } from "react";
import { beginAdd, spotOfSelection } from "../add/add-stage.ts";
import { toggleInspector } from "../inspector/inspector-commands.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { togglePalette } from "../palette/palette-commands.ts";
import { openOverlay } from "../session/overlay-commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { useIsForeign } from "../session/use-is-foreign.ts";
import { Codicon } from "./Codicon.tsx";

interface Tool {
  readonly icon: string;
  readonly label: string;
  readonly act: () => void;
  /** Why it cannot be used now. */
  readonly blocked?: string | null;
  readonly startsGroup?: true;
  /** Of what it shows and hides: whether that is shown. */
  readonly pressed?: boolean;
}

/** The canvas's buttons; one tab stop, arrow keys go from one to the next. */
export function Toolbar(): ReactNode {
  const session = useSession();
  const untrusted = useModel((model) => model.runBlocked);
  const runBlocked = useIsForeign() ? "This file is no pipeline." : untrusted;
  const editBlocked = useModel(editRefusal);
  const choosing = useModel((model) => model.palette.open);
  const inspecting = useModel((model) => model.inspector.open);
  const tools: readonly Tool[] = [
    { icon: "play", label: "Run Pipeline", act: session.run, blocked: runBlocked },
    { icon: "debug-alt", label: "Debug Pipeline (F5)", act: session.debug, blocked: runBlocked },
    {
      icon: "add",
      label: "Add Stage (A)",
      act: () => beginAdd(session, spotOfSelection(session)),
      blocked: editBlocked,
      startsGroup: true,
    },
    {
      icon: "extensions",
      label: "Components (P)",
      act: () => togglePalette(session),
      pressed: choosing,
    },
    {
      icon: "search",
      label: "Search Stage (Ctrl+F)",
      act: () => openOverlay(session, { kind: "search" }),
    },
    { icon: "zoom-out", label: "Zoom Out (−)", act: () => session.order({ kind: "zoom", factor: 0.8 }) },
    { icon: "zoom-in", label: "Zoom In (+)", act: () => session.order({ kind: "zoom", factor: 1.25 }) },
    { icon: "screen-full", label: "Show Whole Graph (F)", act: () => session.order({ kind: "fit" }) },
    { icon: "go-to-file", label: "Open as Text", act: session.openAsText, startsGroup: true },
    {
      icon: inspecting ? "layout-sidebar-right" : "layout-sidebar-right-off",
      label: "Inspector (I)",
      act: () => toggleInspector(session),
      pressed: inspecting,
    },
  ];
  return (
    <div className="toolbar" role="toolbar" aria-label="Canvas" onKeyDown={moveFocus}>
      {tools.map((tool, index) => (
        <ToolButton key={tool.label} tool={tool} tabIndex={index === 0 ? 0 : -1} />
      ))}
    </div>
  );
}

function ToolButton({ tool, tabIndex }: { tool: Tool; tabIndex: 0 | -1 }): ReactNode {
  const { icon, label, act, blocked = null, startsGroup, pressed } = tool;
  return (
    <button
      type="button"
      className={startsGroup === true ? "tool starts-group" : "tool"}
      tabIndex={tabIndex}
      aria-label={blocked === null ? label : `${label}: ${blocked}`}
      title={blocked === null ? label : `${label}\n${blocked}`}
      aria-disabled={blocked !== null}
      aria-pressed={pressed}
      onClick={() => {
        if (blocked === null) act();
      }}
    >
      <Codicon name={icon} />
    </button>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[(at + step + buttons.length) % buttons.length];
  if (next === undefined) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}
