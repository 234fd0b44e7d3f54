import type { ReactNode } from "react";
import type { DiffPiece } from "#protocol";

/** A value as it was and as it is, in one text. */
export function Pieces({ pieces }: { readonly pieces: readonly DiffPiece[] }): ReactNode {
  if (pieces.length === 0) return null;
  return (
    <p className="pieces">
      {pieces.map(({ kind, text }, index) => {
        const key = `${index} ${kind}`;
        switch (kind) {
          case "same":
            return <span key={key}>{text}</span>;
          case "removed":
            return <del key={key}>{text}</del>;
          case "added":
            return <ins key={key}>{text}</ins>;
        }
      })}
    </p>
  );
}
