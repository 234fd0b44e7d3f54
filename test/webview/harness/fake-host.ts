import { applyTextEdits, editPipeline, parsePipeline, type TextEdit } from "#core/pipeline";
import {
  type CanvasAction,
  type CanvasBreakpoint,
  type CanvasPin,
  type CanvasProblem,
  type CanvasRun,
  type CanvasState,
  type ComponentFace,
  canvasBreakpointsChanged,
  canvasComponentsChanged,
  canvasControlRun,
  canvasDebug,
  canvasDefect,
  canvasDocumentChanged,
  canvasEditRequest,
  canvasExtractSubpipeline,
  canvasFieldCompletions,
  canvasFieldHover,
  canvasGoBack,
  canvasGoToPosition,
  canvasInheritanceChanged,
  canvasInlineSubpipeline,
  canvasOpenAsText,
  canvasOpenCalledPipeline,
  canvasOpenOrigin,
  canvasPerform,
  canvasPinsChanged,
  canvasProblemsChanged,
  canvasReady,
  canvasReveal,
  canvasRevealInText,
  canvasRunChanged,
  canvasRunRequest,
  canvasSave,
  canvasSelectionChanged,
  canvasShowResolved,
  canvasToggleBreakpoint,
  createChannel,
  type FieldCompletions,
  type FieldHover,
  type Inheritance,
  type Port,
  type TrailStep,
} from "#protocol";

/** What a page is opened with. */
export interface HostOptions {
  readonly text: string;
  readonly readOnly?: string;
  readonly runBlocked?: string;
  readonly components?: readonly ComponentFace[];
  readonly problems?: readonly CanvasProblem[];
  readonly breakpoints?: readonly CanvasBreakpoint[];
  readonly pins?: readonly CanvasPin[];
  readonly run?: CanvasRun;
  /** The canvases that it was opened from. */
  readonly trail?: readonly TrailStep[];
  /** The pipeline that the text extends, as one text; its stages are in base.pipeline.json. */
  readonly parent?: string;
  /** Why what it extends cannot be used. */
  readonly parentProblem?: string;
  /** What the language server says of any place of a field. */
  readonly completions?: FieldCompletions;
  readonly hover?: FieldHover;
  /** What the user has made of the text while the canvas was told of it for the first time. */
  readonly typedMeanwhile?: string;
  /** The message with which every edit is refused. */
  readonly refuseEdits?: string;
}

/** The extension's side of the conversation in a plain page: a text, the real channel, the real edits. */
export interface FakeHost {
  text(): string;
  /** What the canvas asked for besides edits, a line each; and the defects it reported. */
  readonly log: readonly string[];
  /** The user types in the text editor: the whole text is another. */
  type(text: string): void;
  /** The user types a key: only what changed is told, as the extension does. */
  replace(edit: TextEdit): void;
  /** The parent is another: someone edits it. */
  inherit(parent: string): void;
  run(news: CanvasRun): void;
  pins(pins: readonly CanvasPin[]): void;
  problems(problems: readonly CanvasProblem[]): void;
  components(components: readonly ComponentFace[]): void;
  reveal(stage: string | null): void;
  perform(action: CanvasAction): void;
  /** From now on no edit is made or answered: VS Code goes. */
  hang(): void;
}

type EditAnswer =
  | { readonly ok: true; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string };

const noRun: CanvasRun = { session: null, phase: "idle", stages: [], stoppedAt: null };

export function createFakeHost(port: Port, options: HostOptions): FakeHost {
  const log: string[] = [];
  const channel = createChannel(port, (error) => log.push(`host defect: ${String(error)}`));
  let { text, breakpoints = [], parent } = options;
  let version = 1;
  let hangs = false;

  const change = (after: string, edits: readonly TextEdit[] | null): void => {
    const baseVersion = version;
    version += 1;
    text = after;
    channel.emit(canvasDocumentChanged, {
      baseVersion,
      version,
      change: edits === null ? { kind: "text", text } : { kind: "edits", edits },
    });
  };

  const inheritanceOf = (base: string | undefined): Inheritance => ({
    parent:
      base === undefined
        ? null
        : {
            text: base,
            origins: parsePipeline(base).pipeline.stages.map(({ id }) => ({
              stage: id,
              pipeline: "base",
              path: "base.pipeline.json",
              uri: "file:///base.pipeline.json",
            })),
          },
    problems: options.parentProblem === undefined ? [] : [options.parentProblem],
  });

  let { typedMeanwhile } = options;
  channel.onRequest(canvasReady, () => {
    const state = stateNow();
    if (typedMeanwhile !== undefined) change(typedMeanwhile, null);
    typedMeanwhile = undefined;
    return state;
  });
  const stateNow = (): CanvasState => ({
    version,
    text,
    readOnly: options.readOnly ?? null,
    fileName: "test.pipeline.json",
    runBlocked: options.runBlocked ?? null,
    trail: options.trail ?? [],
    inheritance: inheritanceOf(parent),
    components: options.components ?? [],
    breakpoints,
    problems: options.problems ?? [],
    pins: options.pins ?? [],
    run: options.run ?? noRun,
    reveal: null,
  });
  channel.onRequest(canvasEditRequest, ({ edit }): EditAnswer | Promise<EditAnswer> => {
    if (hangs) return new Promise(() => undefined);
    if (options.refuseEdits !== undefined) return { ok: false, message: options.refuseEdits };
    const result = editPipeline(
      parsePipeline(text),
      edit,
      parent === undefined ? null : parsePipeline(parent),
    );
    if (!result.ok) return result;
    log.push(`edit ${JSON.stringify(edit)}`);
    if (result.edits.length > 0) change(applyTextEdits(text, result.edits), result.edits);
    return { ok: true, notes: result.notes ?? [] };
  });
  channel.onRequest(canvasFieldCompletions, ({ text: typed, offset }) => {
    log.push(`complete ${typed.slice(0, offset)}`);
    // What begins behind the caret completes nothing: the language server offers no such thing.
    const { completions } = options;
    return completions === undefined || completions.from > offset ? { from: 0, items: [] } : completions;
  });
  channel.onRequest(canvasFieldHover, () => options.hover ?? null);
  channel.onRequest(canvasToggleBreakpoint, ({ stage }) => {
    log.push(`breakpoint ${stage}`);
    const others = breakpoints.filter((breakpoint) => breakpoint.stage !== stage);
    breakpoints =
      others.length < breakpoints.length
        ? others
        : [...others, { stage, enabled: true, kind: "plain", verified: true }];
    channel.emit(canvasBreakpointsChanged, breakpoints);
    return null;
  });
  const noted = (line: string): null => {
    log.push(line);
    return null;
  };
  channel.onRequest(canvasRevealInText, ({ stage }) => noted(`reveal ${stage}`));
  channel.onRequest(canvasGoToPosition, ({ line0, character }) => noted(`go to ${line0}:${character}`));
  channel.onRequest(canvasOpenAsText, () => noted("open as text"));
  channel.onRequest(canvasShowResolved, () => noted("show resolved"));
  channel.onRequest(canvasExtractSubpipeline, ({ stages }) => noted(`extract ${stages.join(" ")}`));
  channel.onRequest(canvasInlineSubpipeline, ({ stage }) => noted(`inline ${stage}`));
  channel.onRequest(canvasOpenCalledPipeline, ({ stage }) => noted(`open called ${stage}`));
  channel.onRequest(canvasGoBack, ({ step }) => noted(`back ${step}`));
  channel.onRequest(canvasOpenOrigin, ({ stage }) => noted(`open origin ${stage}`));
  channel.onRequest(canvasControlRun, ({ stage, control }) => noted(`control ${control} ${stage}`));
  channel.onRequest(canvasDebug, () => noted("debug"));
  channel.onRequest(canvasSave, () => noted("save"));
  channel.onRequest(canvasRunRequest, () => noted("run"));
  channel.onEvent(canvasSelectionChanged, ({ stages }) => noted(`selection ${stages.join(" ")}`));
  channel.onEvent(canvasDefect, ({ message }) => noted(`defect ${message}`));

  return {
    text: () => text,
    log,
    type: (after) => change(after, null),
    replace: (edit) => change(applyTextEdits(text, [edit]), [edit]),
    inherit(base) {
      parent = base;
      channel.emit(canvasInheritanceChanged, inheritanceOf(base));
    },
    pins: (pins) => channel.emit(canvasPinsChanged, pins),
    run: (news) => channel.emit(canvasRunChanged, news),
    problems: (problems) => channel.emit(canvasProblemsChanged, problems),
    components: (components) => channel.emit(canvasComponentsChanged, components),
    reveal: (stage) => channel.emit(canvasReveal, { stage }),
    perform: (action) => channel.emit(canvasPerform, { action }),
    hang() {
      hangs = true;
    },
  };
}
