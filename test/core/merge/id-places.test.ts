import fc from "fast-check";
import { expect, test } from "vitest";
import { idPlaces } from "../../../core/merge/content/id-places.ts";

test("places of ids are those that a Map gives, and two of one id have none", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 400 }), fc.string(), (ids, other) => {
      const items = ids.map((id) => ({ id }));
      const places = idPlaces(items);
      expect(ids.map((id) => places?.of(id))).toEqual(ids.map((_, index) => index));
      expect(places?.of(other)).toBe(ids.indexOf(other));
      if (ids.length > 0) expect(idPlaces([...items, ...items.slice(0, 1)])).toBeNull();
    }),
    { seed: 20_261_128, numRuns: 200 },
  );
});
