import type { ReactNode } from "react";

/** An icon of VS Code. It says nothing to a screen reader: what it stands beside does. */
export function Codicon({ name }: { name: string }): ReactNode {
  return <span className={`codicon codicon-${name}`} aria-hidden="true" />;
}
