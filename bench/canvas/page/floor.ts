import { type DrawnStage, pane, stageSize, type View } from "../graph.ts";
import { onScreen } from "./contender.ts";

/**
 * The floor: only the boxes and lines in view, as plain elements, moved and nothing else. It has no selection, keyboard,
 * map or measuring.
 */
window.contender = {
  async draw({ stages, view }) {
    const root = document.getElementById("root");
    if (root === null) throw new Error("The page has no element #root.");
    const begin = performance.now();
    openFloor(root, stages, view ?? { x: 0, y: 0, zoom: 1 });
    await onScreen([".box", ".line"]);
    return performance.now() - begin;
  },
};

/** Drawn around the pane, in pixels at zoom 1. */
const margin = 256;
const SVG = "http://www.w3.org/2000/svg";

function openFloor(root: HTMLElement, stages: readonly DrawnStage[], first: View): void {
  let view = first;
  const places = new Map(stages.map(({ id, x, y }) => [id, { x, y }]));
  const lines = stages.flatMap(({ id, after }) =>
    after.map((from) => ({ key: `${from} ${id}`, from, to: id })),
  );
  const linesOf = Map.groupBy(
    lines.flatMap((line) => [
      { end: line.from, line },
      { end: line.to, line },
    ]),
    ({ end }) => end,
  );
  const layer = root.appendChild(document.createElement("div"));
  const svg = layer.appendChild(document.createElementNS(SVG, "svg"));
  const boxes = new Map<string, HTMLElement>();
  const paths = new Map<string, SVGPathElement>();
  layer.className = "layer";

  const drawLine = (path: SVGPathElement, { from, to }: (typeof lines)[number]): void => {
    const start = places.get(from);
    const end = places.get(to);
    if (start === undefined || end === undefined) return;
    const x1 = start.x + stageSize.width;
    const y1 = start.y + stageSize.height / 2;
    const y2 = end.y + stageSize.height / 2;
    const half = (x1 + end.x) / 2;
    path.setAttribute("d", `M${x1},${y1} C${half},${y1} ${half},${y2} ${end.x},${y2}`);
  };

  const cull = (): void => {
    const left = -view.x / view.zoom - margin;
    const top = -view.y / view.zoom - margin;
    const right = left + pane.width / view.zoom + 2 * margin;
    const bottom = top + pane.height / view.zoom + 2 * margin;
    const isIn = (id: string): boolean => {
      const place = places.get(id);
      return (
        place !== undefined &&
        place.x + stageSize.width > left &&
        place.x < right &&
        place.y + stageSize.height > top &&
        place.y < bottom
      );
    };
    for (const { id } of stages) {
      const box = boxes.get(id);
      if (!isIn(id)) {
        box?.remove();
        boxes.delete(id);
      } else if (box === undefined) boxes.set(id, addBox(id));
    }
    for (const line of lines) {
      const path = paths.get(line.key);
      if (!isIn(line.from) && !isIn(line.to)) {
        path?.remove();
        paths.delete(line.key);
      } else if (path === undefined) {
        const added = svg.appendChild(document.createElementNS(SVG, "path"));
        added.setAttribute("class", "line");
        drawLine(added, line);
        paths.set(line.key, added);
      }
    }
  };

  const moveBox = (box: HTMLElement, id: string): void => {
    const place = places.get(id);
    if (place !== undefined) box.style.transform = `translate(${place.x}px, ${place.y}px)`;
  };
  const addBox = (id: string): HTMLElement => {
    const box = layer.appendChild(document.createElement("div"));
    box.className = "box";
    box.dataset["id"] = id;
    box.textContent = `Work of ${id}`;
    moveBox(box, id);
    return box;
  };
  const look = (): void => {
    layer.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
  };

  let held: string | null | undefined;
  root.addEventListener("mousedown", ({ target }) => {
    held = target instanceof HTMLElement ? (target.dataset["id"] ?? null) : null;
  });
  window.addEventListener("mouseup", () => {
    held = undefined;
  });
  let seen = view;
  window.addEventListener("mousemove", ({ movementX, movementY }) => {
    if (held === undefined) return;
    if (held === null) {
      view = { ...view, x: view.x + movementX, y: view.y + movementY };
      look();
      if (Math.hypot(view.x - seen.x, view.y - seen.y) < (margin * view.zoom) / 2) return;
      seen = view;
      cull();
      return;
    }
    const place = places.get(held);
    const box = boxes.get(held);
    if (place === undefined || box === undefined) return;
    places.set(held, { x: place.x + movementX / view.zoom, y: place.y + movementY / view.zoom });
    moveBox(box, held);
    for (const { line } of linesOf.get(held) ?? []) {
      const path = paths.get(line.key);
      if (path !== undefined) drawLine(path, line);
    }
  });
  look();
  cull();
}
