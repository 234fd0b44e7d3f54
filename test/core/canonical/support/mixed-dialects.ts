import fc from "fast-check";
import { arbitraryStyle, type WritingStyle, writeInStyle } from "../../../support/arbitrary-pipeline.ts";

/** A pipeline that mixes the spellings of all dialects, as JSON and as text. */
export interface MixedPipeline {
  readonly json: PlainObject;
  readonly style: WritingStyle;
  readonly text: string;
  /** Names of keys that nobody knows, as often as they are written. */
  readonly foreign: readonly string[];
}

type PlainObject = Readonly<Record<string, unknown>>;

/** A stage before it is spelled: what it does, and the stages inside it. */
type Part =
  | { readonly kind: "log" | "shape" | "set" | "fail" }
  | { readonly kind: "loop"; readonly body: readonly Part[] }
  | { readonly kind: "branch"; readonly yes: readonly Part[]; readonly no: readonly Part[] }
  | { readonly kind: "try"; readonly body: readonly Part[]; readonly rescue: readonly Part[] };

const parts: fc.Arbitrary<readonly Part[]> = fc.letrec<{ part: Part; list: readonly Part[] }>((tie) => ({
  list: fc.array(tie("part"), { minLength: 1, maxLength: 3 }),
  part: fc.oneof(
    { maxDepth: 3, depthIdentifier: "inside" },
    { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("log", "shape", "shape", "set", "fail") }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("loop" as const), body: tie("list") }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("branch" as const), yes: tie("list"), no: tie("list") }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("try" as const), body: tie("list"), rescue: tie("list") }),
    },
  ),
})).list;

/** Pipelines that can be planned and run, in any mixture of spellings. */
export const mixedPipeline: fc.Arbitrary<MixedPipeline> = fc
  .record({
    list: parts,
    container: fc.constantFrom("list" as const, "map" as const),
    choices: fc.array(fc.nat(999), { minLength: 97, maxLength: 97 }),
    style: arbitraryStyle,
  })
  .map(({ list, container, choices, style }) => {
    const speller = createSpeller(choices, container);
    const stages = speller.stages(list, []);
    const json = {
      name: "mixed",
      input_schema: { properties: { flag: { type: "boolean" }, word: { type: "string" } } },
      stages:
        container === "map"
          ? Object.fromEntries(stages.map(([id, stage]) => [id, stage]))
          : [...stages.map(([id, stage]) => ({ id, ...stage })), ...speller.elsewhere],
      ...speller.around(stages.map(([id]) => id)),
    };
    return { json, style, text: writeInStyle(json, style), foreign: speller.foreign };
  });

type Named = readonly [string, PlainObject];

interface Speller {
  stages(list: readonly Part[], sight: readonly Sight[]): readonly Named[];
  around(ids: readonly string[]): PlainObject;
  /** Stages of bodies that are written as lists of ids. */
  readonly elsewhere: readonly PlainObject[];
  readonly foreign: readonly string[];
}

/** A stage that can be read, and a field of its output. */
interface Sight {
  readonly id: string;
  readonly field: string;
}

function createSpeller(choices: readonly number[], container: "list" | "map"): Speller {
  let used = 0;
  const pick = <T>(...options: readonly T[]): T => {
    const choice = choices[used++ % choices.length] ?? 0;
    return options[(choice + used) % options.length] as T; // there is at least one
  };
  const foreign: string[] = [];
  const elsewhere: PlainObject[] = [];
  let count = 0;

  const unknownKey = (): PlainObject => {
    if (pick<boolean>(true, false, false)) return {};
    const key = `x_${foreign.length}`;
    foreign.push(key);
    return { [key]: pick<unknown>(1, null, { deep: [] }, "{{ kept }}") };
  };

  const reference = (sight: readonly Sight[]): string => {
    const names = pick("{{ input.word }}", "none", "{{input.flag}}");
    const seen = sight[pick(0, 1, 2)];
    if (seen === undefined) return names;
    const { id, field } = seen;
    return pick(
      `{{ upstream.${id}.${field} }}`,
      `{{stages.${id}.${field}}}`,
      `{{stages.${id}.output.${field}}}`,
      `{{ ${id}.output.${field} }}`,
      `it is {{${id}.${field}}}-1`,
      `{{ upstream['${id}'].output['${field}'] }}`,
      `{{ stages.${id}?.${field} ?? stages.${id}.output }}`,
      `{{#if ${id}.${field}}}yes {{stages.${id}.${field}}}{{/if}}`,
    );
  };

  const condition = (sight: readonly Sight[]): PlainObject => {
    const seen = sight[0];
    const path =
      seen === undefined
        ? "input.flag"
        : pick(`stages.${seen.id}.${seen.field}`, "input.flag", `${seen.id}.output.gone`);
    const text = pick(
      `{{${path}}}`,
      `{{not ${path}}}`,
      path,
      `not (${path})`,
      `{{ ${path} and input.flag }}`,
      `!${path}`,
    );
    return pick<PlainObject>(
      {},
      {},
      {},
      { when: text },
      { skip_if: text },
      { skip_if: text },
      { skip_if: pick<unknown>(true, false, 0) },
    );
  };

  /** Policies that every stage can have. */
  const calmPolicies = (): readonly PlainObject[] => [
    {},
    {},
    { timeout_ms: pick(30_000, 1500, 0.5) },
    { timeout: pick<unknown>(2, "3s", 1.5) },
    { error_handling: { on_error: pick("continue", "propagate"), ...unknownKey() } },
    { on_error: "continue" },
    { enabled: pick(true, false) },
  ];

  /** And those that a loop or a try cannot: a run with one is refused. */
  const retries = (): readonly PlainObject[] => [
    { retry_config: { max_retries: 1, initial_delay_ms: 5, ...unknownKey() } },
    { error_handling: { on_error: "retry", ...unknownKey() } },
    { error_handling: { max_retries: 2, retry_delay: pick(1, 40) } },
    { retry: 1, error_handling: { max_retries: 5, on_error: "continue" } },
  ];

  const policies = (own: PlainObject): PlainObject => {
    const isOwner = Object.values(own).some((value) => value === "foreach" || value === "trycatch");
    return pick(...calmPolicies(), ...(isOwner ? [] : retries()));
  };

  const position = (): PlainObject => pick({}, { position: { x: pick(10, 20.5), y: 3, ...unknownKey() } });

  /** Bodies are written inside the stage, or as lists of ids. */
  const body = (list: readonly Part[], sight: readonly Sight[], taken = new Set<string>()): unknown => {
    const stages = spelled(list, sight, taken);
    if (container === "map") return Object.fromEntries(stages);
    elsewhere.push(...stages.map(([id, stage]) => ({ id, ...stage })));
    return stages.map(([id]) => id);
  };

  const arms = (
    names: readonly (readonly [readonly string[], unknown])[],
    config: PlainObject,
  ): PlainObject => {
    const inside = pick<boolean>(true, false) && container === "list";
    const written = Object.fromEntries(names.map(([keys, value]) => [pick(...keys), value]));
    return inside ? { config: { ...config, ...written } } : { config, ...written };
  };

  const component = (type: string): PlainObject => {
    const written = pick(type, type.replaceAll("_", "-"));
    return { [pick("component_type", "component", "type", "uses")]: written };
  };

  const inputs = (values: PlainObject): PlainObject =>
    pick(
      { config: { ...values, ...unknownKey() } },
      { inputs: { ...values, own: "{{input.word}}" } },
      { input_mapping: values },
    );

  const stageOf = (id: string, part: Part, sight: readonly Sight[]): readonly [PlainObject, Sight] => {
    switch (part.kind) {
      case "log": {
        const values = { message: reference(sight), level: pick("INFO", "info", "Warning") };
        return [
          { ...component("logger"), ...inputs(values) },
          { id, field: "logged" },
        ];
      }
      case "shape": {
        const values = pick<PlainObject>(
          { data: { a: [reference(sight)] }, expression: "a" },
          { data: '{"b": 1}', mapping: { c: "b" }, flatten: "no" },
          { data: { text: reference(sight) }, exclude_fields: "text" },
        );
        return [
          { ...component("json_transform"), ...inputs(values) },
          { id, field: "fields_mapped" },
        ];
      }
      case "set":
        return [
          { ...component("variable_set"), ...inputs({ name: "v", value: reference(sight) }) },
          { id, field: "was_set" },
        ];
      case "fail":
        return [
          {
            ...component("logger"),
            config: { message: pick("{{ input.word.none.such }}", "{{ upstream }}", "fine") },
          },
          { id, field: "logged" },
        ];
      case "loop": {
        const inner = body(part.body, sight);
        const config = {
          items: pick<unknown>([1, 2], "[1]", "{{ [1, 2] }}"),
          ...pick<PlainObject>(
            {},
            { execution_mode: "sequential" },
            { execution_mode: pick("parallel", "sequential") },
          ),
          ...pick<PlainObject>({}, { item_variable: "each" }),
        };
        return [
          { ...component("foreach"), ...arms([[["loop_stages"], inner]], config) },
          { id, field: "results" },
        ];
      }
      case "branch": {
        const taken = new Set<string>();
        const named = [
          [["true_stages", "true_branch_stages"], body(part.yes, sight, taken)],
          [["false_stages", "false_branch_stages"], body(part.no, sight, taken)],
        ] as const;
        const config = { condition: pick<unknown>("{{input.flag}}", "input.flag", false) };
        const field = pick("branch_taken", "condition_result");
        return [
          { ...component("conditional"), ...arms(named, config) },
          { id, field },
        ];
      }
      case "try": {
        const taken = new Set<string>();
        const named = [
          [["try_stages"], body(part.body, sight, taken)],
          [["catch_stages"], body(part.rescue, [], taken)],
        ] as const;
        return [
          {
            ...component("trycatch"),
            ...arms(named, { error_scope: pick("continue", "CONTINUE", "propagate") }),
          },
          { id, field: "status" },
        ];
      }
    }
  };

  const spelled = (
    list: readonly Part[],
    outer: readonly Sight[],
    taken = new Set<string>(),
  ): readonly Named[] => {
    const before: Sight[] = [];
    return list.map((part): Named => {
      // In the map dialect names may repeat those of stages around and elsewhere.
      const wanted = container === "map" ? pick("a", "b", "item-1", "c") : `s${count++}`;
      const id = taken.has(wanted) ? `${wanted}_${count++}` : wanted;
      taken.add(id);
      const visible = [...before.toReversed(), ...outer.filter((each) => !taken.has(each.id))];
      const [own, seen] = stageOf(id, part, visible);
      const last = before.at(-1);
      const dependsOn = last === undefined ? {} : pick<PlainObject>({}, { depends_on: [last.id] });
      before.push(seen);
      const stage = {
        ...own,
        ...condition(visible),
        ...policies(own),
        ...dependsOn,
        ...position(),
        ...unknownKey(),
      };
      return [id, stage];
    });
  };

  return {
    stages: spelled,
    elsewhere,
    foreign,
    around: (ids) => {
      const [first = ""] = ids;
      return {
        ...pick<PlainObject>({}, { layout: { zz: { x: 1, y: 1 }, [first]: { x: 0, y: 0, color: "red" } } }),
        ...pick<PlainObject>({}, { output_stage: first }, { output_stage_id: first }),
        ...pick<PlainObject>({}, { example_input: { word: "w" } }),
        ...unknownKey(),
      };
    },
  };
}
