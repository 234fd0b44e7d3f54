/** The centres of all stages, in pixels. */
export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Something that lays a pipeline out. */
export interface LayoutContender {
  readonly name: string;
  readonly place: () => Places | Promise<Places>;
}

/** Places made of what `of` tells of each stage. */
export function placesOf(
  stages: number,
  of: (stage: number) => { readonly x: number; readonly y: number },
): Places {
  const places = { x: new Float64Array(stages), y: new Float64Array(stages) };
  for (let stage = 0; stage < stages; stage++) {
    const { x, y } = of(stage);
    places.x[stage] = x;
    places.y[stage] = y;
  }
  return places;
}
