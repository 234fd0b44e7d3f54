// What a project's components import as "zod": the one that "flowmason" has as `z`.
export * from "zod";
export { default } from "zod";
