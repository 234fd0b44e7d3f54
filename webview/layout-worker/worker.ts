import { type LayoutPlan, layOut } from "../graph/place.ts";
import { packPlaces } from "./packed-places.ts";

// The whole of a script of its own: a plan comes in, places go out. What is thrown reaches whoever started it as an
// error event.
self.addEventListener("message", ({ data: plan }: MessageEvent<LayoutPlan>) => {
  const places = packPlaces(plan, layOut(plan));
  self.postMessage(places, { transfer: [places.buffer] });
});
