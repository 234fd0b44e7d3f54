import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ValuePage } from "#protocol";
import { number } from "./Pager.tsx";

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
  const [size, setSize] = useState<string | null>(null);
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
  return (
    <figure className="viewer-picture">
      <img
        ref={image}
        alt={name}
        onLoad={({ currentTarget }) =>
          setSize(`, ${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}`)
        }
        onError={() => setSize(", which cannot be drawn: it is damaged, or no picture")}
      />
      <figcaption>
        {type}, {number(bytes)} bytes{size}
      </figcaption>
    </figure>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
