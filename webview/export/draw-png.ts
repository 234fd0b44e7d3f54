import type { DrawnPng } from "#protocol";

/** Pixels of the picture for one of the drawing, so that it stays sharp on dense screens. */
const SCALE = 2;
/** What it may shrink to where the graph is large. */
const LEAST_SCALE = 0.5;
/** What browsers draw with certainty: pixels of a side, and of all (four bytes each while it is drawn). */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 64 * 1024 * 1024;

/** Draws an SVG that names no address into a PNG. Says so where it is too large for one. */
export async function drawPng(svg: string): Promise<DrawnPng> {
  // The policy of the page lets in pictures that it has made itself, and no others.
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = scaleFor(width, height);
    if (scale < LEAST_SCALE) {
      const message = `The graph is too large for a PNG that can be read: ${width} × ${height}. Export SVG.`;
      return { ok: false, message };
    }
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(width * scale);
    canvas.height = Math.floor(height * scale);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("The browser gives no canvas to draw a PNG on.");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return { ok: true, base64: await base64Of(await pngOf(canvas)) };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Pixels of the picture for one of the drawing. */
function scaleFor(width: number, height: number): number {
  return Math.min(SCALE, MOST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The browser could not make a PNG of the graph. Export SVG."));
      else resolve(blob);
    }, "image/png");
  });
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const { result } = reader;
      if (typeof result === "string") resolve(result.slice(result.indexOf(",") + 1));
      else reject(new Error("The PNG was read as something else than an address."));
    });
    reader.addEventListener("error", () => reject(reader.error ?? new Error("The PNG cannot be read.")));
    reader.readAsDataURL(blob);
  });
}
