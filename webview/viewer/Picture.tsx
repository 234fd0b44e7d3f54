import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ValuePage } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { number } from "./Pager.tsx";

/** What has become of the picture; its size in its own pixels, and whether the page is too narrow for them. */
type Drawn =
  | { readonly kind: "waiting" }
  | { readonly kind: "damaged" }
  | { readonly kind: "drawn"; readonly size: string; readonly isWide: boolean };

/** A picture, as a file of the page's own: nothing in it runs, and nothing is fetched for it. */
export function Picture({
  name,
  page,
}: {
  readonly name: string;
  readonly page: Extract<ValuePage, { as: "image" }>;
}): ReactNode {
  const { type, bytes, base64 } = page;
  const image = useRef<HTMLImageElement>(null);
  const [drawn, setDrawn] = useState<Drawn>({ kind: "waiting" });
  const [isActualSize, setActualSize] = useState(false);
  useEffect(() => {
    if (image.current === null || base64 === null) return;
    const address = URL.createObjectURL(new Blob([bytesOf(base64)], { type }));
    image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [base64, type]);
  if (base64 === null)
    return (
      <p className="viewer-note">
        This picture has {number(bytes)} bytes, which is more than the viewer shows. Look at it as text, or
        open it as a document.
      </p>
    );
  const about = `${type}, ${number(bytes)} bytes`;
  if (drawn.kind === "damaged")
    return (
      <p className="viewer-refusal" role="alert">
        <Codicon name="warning" />
        <span>
          This picture ({about}) cannot be drawn: it is damaged or cut off
          {type === "image/svg+xml" ? ', or lacks xmlns="http://www.w3.org/2000/svg"' : ""}. Look at it as
          text, or open it as a document.
        </span>
      </p>
    );
  return (
    <figure className="viewer-picture">
      <img
        ref={image}
        alt={name}
        className={isActualSize ? "actual-size" : ""}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight, clientWidth } }) =>
          setDrawn({
            kind: "drawn",
            size: `, ${naturalWidth} × ${naturalHeight}`,
            isWide: naturalWidth > clientWidth,
          })
        }
        onError={() => setDrawn({ kind: "damaged" })}
      />
      <figcaption>
        {about}
        {drawn.kind === "drawn" ? drawn.size : ""}
        {drawn.kind === "drawn" && drawn.isWide && (
          <button
            type="button"
            aria-pressed={isActualSize}
            className="json-more"
            onClick={() => setActualSize(!isActualSize)}
          >
            Actual Size
          </button>
        )}
      </figcaption>
    </figure>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
