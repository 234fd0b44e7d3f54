import { createContext, type ReactNode, use } from "react";
import type { CanvasModel } from "../model/canvas-model.ts";
import { useStoreValue } from "../store/store.ts";
import type { CanvasSession } from "./canvas-session.ts";

const SessionContext = createContext<CanvasSession | null>(null);

/** Gives `session` to everything inside. */
export function SessionProvider({
  session,
  children,
}: {
  session: CanvasSession;
  children: ReactNode;
}): ReactNode {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session of the canvas that the component is part of. */
export function useSession(): CanvasSession {
  const session = use(SessionContext);
  if (session === null) throw new Error("This component stands outside a canvas.");
  return session;
}

/** A part of the model; the component is drawn again when that part is another object. */
export function useModel<Part>(select: (model: CanvasModel) => Part): Part {
  return useStoreValue(useSession().store, select);
}
