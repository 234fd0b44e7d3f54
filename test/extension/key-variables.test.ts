import { expect, test } from "vitest";
import { keyVariables } from "#core/providers";
import { KEPT_SECRETS_VARIABLE, KEY_VARIABLES } from "#extension";
import { KEPT_SECRETS_VARIABLE as inProtocol } from "#protocol";

test("keys can be set for every provider that is known and needs one", () => {
  expect(new Set(KEY_VARIABLES.map(({ variable }) => variable))).toEqual(keyVariables({}));
});

test("an adapter is told what is a secret by the name that it looks for", () => {
  expect(KEPT_SECRETS_VARIABLE).toBe(inProtocol);
});
