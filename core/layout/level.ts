import { acyclic } from "./acyclic.ts";
import { connectedParts } from "./connected-parts.ts";
import { crossCoordinates } from "./coordinates.ts";
import { at, digraph } from "./digraph.ts";
import { assignLayers } from "./layers.ts";
import { orderLayers } from "./order.ts";
import { properGraph } from "./proper-graph.ts";

/** Siblings in one container. `along` runs with the edges, `across` at right angles to them. */
export interface Level {
  readonly along: Float64Array;
  readonly across: Float64Array;
  readonly pairs: readonly (readonly [number, number])[];
}

/** Where the siblings begin, from 0 in both directions. */
export interface LevelPlacement {
  readonly along: Float64Array;
  readonly across: Float64Array;
}

export interface Gaps {
  /** Between layers. */
  readonly layer: number;
  /** Between nodes of a layer. */
  readonly node: number;
}

/** Lays out each connected part by itself, then sets the parts in rows as long as the longest of them. */
export function layoutLevel(level: Level, gaps: Gaps): LevelPlacement {
  const size = level.along.length;
  const placed = { along: new Float64Array(size), across: new Float64Array(size) };
  const parts = connectedParts(size, level.pairs).map((part) => layoutPart(level, part, gaps));
  parts.sort((a, b) => b.members.length - a.members.length || at(a.members, 0) - at(b.members, 0));
  const rowLength = parts.reduce((most, part) => Math.max(most, part.extentAlong), 0);

  let along = 0;
  let across = 0;
  let rowHeight = 0;
  for (const part of parts) {
    if (along > 0 && along + part.extentAlong > rowLength) {
      across += rowHeight + gaps.node;
      along = 0;
      rowHeight = 0;
    }
    for (let i = 0; i < part.members.length; i++) {
      placed.along[at(part.members, i)] = along + at(part.along, i);
      placed.across[at(part.members, i)] = across + at(part.across, i);
    }
    along += part.extentAlong + gaps.layer;
    rowHeight = Math.max(rowHeight, part.extentAcross);
  }
  return placed;
}

interface PlacedPart extends LevelPlacement {
  readonly members: Int32Array;
  readonly extentAlong: number;
  readonly extentAcross: number;
}

function layoutPart(
  level: Level,
  part: { readonly members: Int32Array; readonly pairs: readonly (readonly [number, number])[] },
  gaps: Gaps,
): PlacedPart {
  const { members } = part;
  const alongSizes = Float64Array.from(members, (v) => at(level.along, v));
  const acrossSizes = Float64Array.from(members, (v) => at(level.across, v));
  if (members.length === 1) {
    const zero = new Float64Array(1);
    return {
      members,
      along: zero,
      across: zero,
      extentAlong: at(alongSizes, 0),
      extentAcross: at(acrossSizes, 0),
    };
  }
  const graph = acyclic(digraph(members.length, part.pairs));
  const proper = properGraph(graph, assignLayers(graph));
  const layers = orderLayers(proper);
  const centre = crossCoordinates(proper, layers, acrossSizes, gaps.node);

  const along = new Float64Array(members.length);
  const across = new Float64Array(members.length);
  let layerStart = 0;
  for (const layer of layers) {
    let thickest = 0;
    for (const v of layer) if (v < members.length) thickest = Math.max(thickest, at(alongSizes, v));
    for (const v of layer)
      if (v < members.length) along[v] = Math.round(layerStart + (thickest - at(alongSizes, v)) / 2);
    layerStart += thickest + gaps.layer;
  }
  let first = Number.POSITIVE_INFINITY;
  for (let v = 0; v < members.length; v++) first = Math.min(first, at(centre, v) - at(acrossSizes, v) / 2);
  let extentAcross = 0;
  for (let v = 0; v < members.length; v++) {
    across[v] = Math.round(at(centre, v) - at(acrossSizes, v) / 2 - first);
    extentAcross = Math.max(extentAcross, at(across, v) + at(acrossSizes, v));
  }
  return { members, along, across, extentAlong: layerStart - gaps.layer, extentAcross };
}
