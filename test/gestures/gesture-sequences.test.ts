import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSoak } from "../support/soak.ts";
import { arbitraryFile } from "./arbitrary-file.ts";
import { followGestures, type Tally } from "./follow-gestures.ts";
import { arbitraryPicks } from "./gesture-picks.ts";
import { surroundings } from "./surroundings.ts";

/** 10,000 sequences in ten parts; a share of one in npm test. */
const [PARTS, SEQUENCES] = isSoak ? [10, 1000] : [1, 80];

describe("CE-02 CE-03 whatever gestures are made in whatever file, each is right and all are undone and redone", () => {
  test.each(Array.from({ length: PARTS }, (_, part) => part))(
    "part %i",
    (part) => {
      const tally: Tally = new Map();
      const around = surroundings();
      fc.assert(
        fc.property(arbitraryFile, arbitraryPicks, (file, picks) =>
          followGestures(file, picks, around, tally),
        ),
        { seed: 1000 + part, numRuns: SEQUENCES },
      );
      const missing = [...tally].filter(([kind, { done }]) => kind !== "revert-stages" && done === 0);
      expect(missing.length, "kinds of gestures that were never done").toBeLessThanOrEqual(isSoak ? 0 : 3);
    },
    isSoak ? 900_000 : 120_000,
  );
});
