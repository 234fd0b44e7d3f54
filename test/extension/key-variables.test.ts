import { expect, test } from "vitest";
import { keyVariables } from "#core/providers";
import { KEY_VARIABLES } from "#extension";

test("keys can be set for every provider that is known and needs one", () => {
  expect(new Set(KEY_VARIABLES.map(({ variable }) => variable))).toEqual(keyVariables({}));
});
