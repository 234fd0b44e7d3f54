import type { Json } from "#core/ports";
import { evaluateField } from "../deferred-fields.ts";
import { implement } from "../implementation.ts";
import { router } from "./definition.ts";

/** Finds the branch that belongs to the value. */
export const routerImplementation = implement(router, (call) => {
  const { value, routes, default_route, value_expression, case_insensitive, pass_data } = call.inputs;
  const decisive =
    value_expression === undefined
      ? { ok: true as const, value }
      : evaluateField(call, "value_expression", value_expression, { value });
  if (!decisive.ok) return decisive;
  const route = routeFor(decisive.value, Object.keys(routes), case_insensitive ? "any" : "exact");
  const stages = route === undefined ? default_route : (routes[route] ?? []);
  const others = [...Object.values(routes).flat(), ...default_route].filter(
    (stage) => !stages.includes(stage),
  );
  return {
    ok: true,
    output: {
      route_taken: route ?? "default",
      original_value: value,
      matched_value: decisive.value,
      stages_to_execute: stages,
      stages_to_skip: others,
      data: pass_data ?? null,
    },
    directive: { kind: "branch", taken: `route:${route ?? "default"}`, enable: stages, skip: others },
  };
});

/** Routes are texts, so a number or a boolean takes the route that is written like it. */
function routeFor(value: Json, routes: readonly string[], capitals: "exact" | "any"): string | undefined {
  const wanted = typeof value === "string" ? value : JSON.stringify(value);
  if (capitals === "exact" || routes.includes(wanted)) return routes.find((route) => route === wanted);
  return routes.find((route) => route.toLowerCase() === wanted.toLowerCase());
}
