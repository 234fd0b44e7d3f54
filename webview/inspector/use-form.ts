import { useMemo } from "react";
import { componentDefinitions, findDefinition } from "#core/component-definitions";
import type { Stage } from "#core/pipeline";
import type { StageItem } from "../graph/outline.ts";
import { useModel } from "../session/session-context.tsx";
import type { Form } from "./form/form.ts";
import { componentOfDefinition, componentOfFace, type FormComponent } from "./form/form-component.ts";
import { pipelineForm, stageForm } from "./form/stage-form.ts";

/** The form of a stage as it is shown now; null while it is not there. */
export function useStageForm(item: StageItem): Form | null {
  const document = useModel((model) => model.document?.drawn ?? null);
  const own = useModel((model) => model.components);
  return useMemo(() => {
    // By its card: of stages with the same id it is this one.
    const stage = document?.pipeline.stages.find((each) => each.id === item.card.id);
    if (document === null || stage === undefined) return null;
    return stageForm(stage, {
      component: componentOf(stage, own),
      componentTypes: [...componentDefinitions.keys(), ...own.keys()],
      stages: document.pipeline.stages
        .filter(({ nestedIn }) => nestedIn === stage.nestedIn)
        .map(({ id }) => id),
    });
  }, [document, own, item.card.id]);
}

/** The form of the pipeline as it is shown now. */
export function usePipelineForm(): Form | null {
  const document = useModel((model) => model.document?.shown ?? null);
  return useMemo(() => (document === null ? null : pipelineForm(document)), [document]);
}

function componentOf(
  { componentType }: Stage,
  own: ReadonlyMap<string, Parameters<typeof componentOfFace>[0]>,
): FormComponent | null {
  if (componentType === null) return null;
  const definition = findDefinition(componentType);
  if (definition !== undefined) return componentOfDefinition(definition);
  const face = own.get(componentType);
  return face === undefined ? null : componentOfFace(face);
}
