import { type ReactNode, useMemo, useState } from "react";
import { useStageFace } from "../canvas/use-stage-face.ts";
import type { StageItem } from "../graph/outline.ts";
import { editRefusal, type Selection } from "../model/canvas-model.ts";
import { selectedStages } from "../model/selection.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { useModel, useSession } from "../session/session-context.tsx";
import { goToStage } from "../session/stage-commands.ts";
import { useIsForeign } from "../session/use-is-foreign.ts";
import { FormView } from "./FormView.tsx";
import { InheritedNote } from "./InheritedNote.tsx";
import { fieldOrigins, ownFields } from "./inherited-fields.ts";
import { toggleInspector } from "./inspector-commands.ts";
import { usePipelineForm, useStageForm } from "./use-form.ts";

/** What is selected, as a form: a stage, or the pipeline where none is. */
export function Inspector(): ReactNode {
  // These alone: a run or a drag changes the model many times a second.
  const selection = useSettledSelection();
  const document = useModel((model) => model.document);
  const selected = useMemo(() => selectedStages({ document, selection }), [document, selection]);
  const [only] = selected;
  if (document === null) return null;
  if (only === undefined) return <PipelineInspector />;
  return selected.length === 1 ? <StageInspector item={only} /> : <SeveralSelected stages={selected} />;
}

/**
 * What is selected, but not before a drag is over: dragging a stage selects it, and drawing its form, with an editor
 * in it, would have the stage stand still meanwhile.
 */
function useSettledSelection(): Selection {
  const selection = useModel((model) => model.selection);
  const dragging = useModel((model) => model.dragging);
  const [settled, setSettled] = useState(selection);
  if (!dragging && settled !== selection) setSettled(selection);
  return dragging ? settled : selection;
}

function StageInspector({ item }: { item: StageItem }): ReactNode {
  const form = useStageForm(item);
  const face = useStageFace(item.card);
  const refusal = useModel(editRefusal);
  const document = useModel((model) => model.document);
  const origins = useMemo(
    () => (document === null ? ownFields : fieldOrigins(document, item)),
    [document, item],
  );
  const repeated = item.repeated
    ? `An earlier stage has the id “${item.card.id}” too. Give one of them another id in the text first.`
    : null;
  return (
    <>
      <Heading
        icon={face.icon}
        color={face.color}
        title={item.card.title}
        detail={`${face.typeTitle} · ${item.card.id}`}
      />
      <InheritedNote item={item} editable={refusal === null} />
      {form === null ? null : (
        <FormView
          key={item.key}
          form={form}
          origins={origins}
          editable={refusal === null && repeated === null}
          note={repeated}
        />
      )}
    </>
  );
}

function PipelineInspector(): ReactNode {
  const form = usePipelineForm();
  const fileName = useModel((model) => model.fileName);
  const refusal = useModel(editRefusal);
  if (useIsForeign()) {
    return (
      <>
        <Heading icon="question" color="foreground" title="No pipeline" detail={fileName} />
        <p className="inspector-note">There is nothing of a pipeline to edit in this file.</p>
      </>
    );
  }
  return (
    <>
      <Heading icon="type-hierarchy" color="foreground" title="Pipeline" detail={fileName} />
      {form === null ? null : <FormView form={form} editable={refusal === null} note={null} />}
    </>
  );
}

function SeveralSelected({ stages }: { stages: readonly StageItem[] }): ReactNode {
  const session = useSession();
  return (
    <>
      <Heading
        icon="layers"
        color="foreground"
        title={`${stages.length} stages`}
        detail="Select one to edit it."
      />
      <ul className="inspector-list">
        {stages.map((stage) => (
          <li key={stage.key}>
            <button type="button" className="link" onClick={() => goToStage(session, stage.key)}>
              {stage.card.title}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Heading({
  icon,
  color,
  title,
  detail,
}: {
  icon: string;
  color: string;
  title: string;
  detail: string;
}): ReactNode {
  const session = useSession();
  return (
    <header className="inspector-heading">
      <span className="stage-icon" data-color={color}>
        <Codicon name={icon} />
      </span>
      <div className="inspector-titles">
        <h1 title={title}>{title}</h1>
        <p title={detail}>{detail}</p>
      </div>
      <button
        type="button"
        className="tool"
        aria-label="Close Inspector"
        title="Close Inspector (I in the graph opens it)"
        onClick={() => toggleInspector(session)}
      >
        <Codicon name="close" />
      </button>
    </header>
  );
}
