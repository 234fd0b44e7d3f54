/**
 * The codes of what resolving finds, after the validator of FlowMason (facts, section 7.3), whose names docs/checks.md
 * tells, and where it has none after what can be wrong besides.
 */
export const inheritanceCode = {
  parentNotFound: "FM1301",
  circularInheritance: "FM1303",
  brokenParent: "FM1304",
  invalidOverrideTarget: "FM1305",
  invalidOverrideConfig: "FM1306",
  orphanOverrides: "FM1307",
  replacedOverride: "FM1308",
  missingCompositionPipeline: "FM1311",
  invalidCompositionDependency: "FM1312",
  composedPipelineNotFound: "FM1313",
  cannotComposeAbstract: "FM1314",
  invalidComposition: "FM1315",
  noProject: "FM1316",
} as const;
