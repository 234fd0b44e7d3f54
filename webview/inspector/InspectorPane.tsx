import {
  type KeyboardEvent,
  lazy,
  type PointerEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useRef,
  useState,
} from "react";
import { isDrawn } from "../model/canvas-model.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { backToGraph, resizeInspector } from "./inspector-commands.ts";

// A bundle of its own: a canvas draws its graph before it has to know any form.
const Inspector = lazy(async () => ({ default: (await import("./Inspector.tsx")).Inspector }));

/** The place of the inspector beside the graph, with the edge that it is resized by. */
export function InspectorPane(): ReactNode {
  const session = useSession();
  const { open, width } = useModel((model) => model.inspector);
  const idle = useIdle();
  if (!open) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    backToGraph();
  };
  return (
    <aside className="inspector" aria-label="Inspector" onKeyDown={onKeyDown}>
      <Sash width={width} setWidth={(wanted) => resizeInspector(session, wanted)} />
      <SizedBox width={width}>
        {idle ? (
          <Suspense fallback={null}>
            <Inspector />
          </Suspense>
        ) : null}
      </SizedBox>
    </aside>
  );
}

/** Milliseconds after which a form is not put off any longer for a graph that takes its time. */
const PATIENCE = 2000;

/** Whether the page has had time for something besides the graph, which is drawn first. */
function useIdle(): boolean {
  const drawn = useModel(isDrawn);
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (idle) return undefined;
    if (drawn) {
      const handle = requestIdleCallback(() => setIdle(true), { timeout: PATIENCE });
      return () => cancelIdleCallback(handle);
    }
    const timer = setTimeout(() => setIdle(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [drawn, idle]);
  return idle;
}

/** A box of that width; React sets it through the object model, which the page's policy allows. */
function SizedBox({ width, children }: { width: number; children: ReactNode }): ReactNode {
  return (
    <div className="inspector-box" style={{ width }}>
      {children}
    </div>
  );
}

function Sash({ width, setWidth }: { width: number; setWidth: (width: number) => void }): ReactNode {
  const grabbed = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    grabbed.current = { x: event.clientX, width };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const from = grabbed.current;
    if (from !== null) setWidth(from.width + from.x - event.clientX);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === "ArrowLeft" ? 16 : event.key === "ArrowRight" ? -16 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    setWidth(width + step);
  };
  return (
    // A separator that can be moved has a value and takes the keyboard.
    <div
      className="inspector-sash"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the inspector"
      aria-valuenow={Math.round(width)}
      aria-valuemin={220}
      aria-valuemax={800}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        grabbed.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
