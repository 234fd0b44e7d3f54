import type { ModelFault } from "#protocol";

/** What tells one model from another. */
export interface ModelNames {
  readonly vendor: string;
  readonly id: string;
  readonly family: string;
  readonly name: string;
}

/** The model that is meant, or why there is none. */
export type ChosenModel<Model> =
  | { readonly ok: true; readonly model: Model }
  | { readonly ok: false; readonly fault: ModelFault };

/**
 * The model that `asked` names: by id, else by `vendor/id`, else by family, else by the name that people see; of several
 * the first that VS Code lists, as for null.
 */
export function chooseModel<Model extends ModelNames>(
  models: readonly Model[],
  asked: string | null,
): ChosenModel<Model> {
  const [first] = models;
  if (first === undefined) return { ok: false, fault: { kind: "no-models" } };
  const model =
    asked === null
      ? first
      : (models.find(({ id }) => id === asked) ??
        models.find((each) => modelName(each) === asked) ??
        models.find(({ family }) => family === asked) ??
        models.find(({ name }) => name === asked));
  if (model !== undefined) return { ok: true, model };
  return { ok: false, fault: { kind: "unknown-model", available: models.map(modelName) } };
}

/** What a model is called in journals and messages. */
export function modelName({ vendor, id }: ModelNames): string {
  return `${vendor}/${id}`;
}
