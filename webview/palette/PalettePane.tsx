import { type KeyboardEvent, type ReactNode, useMemo, useRef } from "react";
import { componentChoices } from "../add/component-choice.ts";
import { backToGraph, toggleInspector } from "../inspector/inspector-commands.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { useModel, useSession } from "../session/session-context.tsx";
import { DragGhostCard } from "./DragGhostCard.tsx";
import { PaletteSearch } from "./PaletteSearch.tsx";
import { PaletteTree } from "./PaletteTree.tsx";
import { togglePalette, updatePalette } from "./palette-commands.ts";
import { paletteRows } from "./palette-rows.ts";
import { usePaletteDrag } from "./use-palette-drag.ts";
import { usePaletteShape } from "./use-palette-shape.ts";

/** All components beside the graph, to be dragged into it. */
export function PalettePane(): ReactNode {
  const open = useModel((model) => model.palette.open);
  return open ? <OpenPalette /> : null;
}

function OpenPalette(): ReactNode {
  const session = useSession();
  const pane = useRef<HTMLElement>(null);
  const view = useModel((model) => model.palette);
  const own = useModel(({ components }) => components);
  const blocked = useModel(editRefusal);
  const { shape, shapeAlone } = usePaletteShape(pane);
  const { ghost, grab } = usePaletteDrag();
  const choices = useMemo(() => componentChoices(own.values()), [own]);
  const rows = useMemo(() => paletteRows(choices, view, shape), [choices, view, shape]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    backToGraph();
  };
  return (
    <aside
      ref={pane}
      className="palette"
      aria-label="Components"
      data-side={view.side}
      data-shape={shape}
      onKeyDown={onKeyDown}
    >
      <header className="palette-heading">
        {shape === "whole" && <h2>Components</h2>}
        {shape === "icons" && shapeAlone === "whole" && (
          <PaneButton
            icon={view.side === "left" ? "chevron-right" : "chevron-left"}
            label="Show Names: closes the inspector"
            act={() => toggleInspector(session)}
          />
        )}
        {shape === "whole" && (
          <PaneButton
            icon={view.side === "left" ? "layout-sidebar-right" : "layout-sidebar-left"}
            label={view.side === "left" ? "Move to the Right of the Graph" : "Move to the Left of the Graph"}
            act={() => updatePalette(session, { side: view.side === "left" ? "right" : "left" })}
          />
        )}
        <PaneButton
          icon="close"
          label="Close Components"
          act={() => {
            togglePalette(session);
            backToGraph();
          }}
        />
      </header>
      {shape === "whole" && <PaletteSearch rows={rows} />}
      {blocked !== null && shape === "whole" && <p className="palette-note">{blocked}</p>}
      <PaletteTree rows={rows} shape={shape} blocked={blocked} grab={grab} />
      {ghost !== null && <DragGhostCard ghost={ghost} />}
    </aside>
  );
}

function PaneButton({ icon, label, act }: { icon: string; label: string; act: () => void }): ReactNode {
  return (
    <button type="button" className="tool" aria-label={label} title={label} onClick={act}>
      <Codicon name={icon} />
    </button>
  );
}
