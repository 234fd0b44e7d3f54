/** What the extension, or another stage of the page, wants the view to do. */
export type ViewOrder =
  | { readonly kind: "fit" }
  | { readonly kind: "zoom"; readonly factor: number }
  /** Look further that way, by so many pixels of the screen. */
  | { readonly kind: "pan"; readonly x: number; readonly y: number }
  /** Bring the box into view if it is not. */
  | { readonly kind: "show"; readonly key: string };
