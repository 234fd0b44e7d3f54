import { componentsPage } from "./components-page.ts";
import { fieldsPage } from "./fields-page.ts";

/** The pages of docs/reference/, by the names of their files. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ["components.md", componentsPage()],
    ["fields.md", fieldsPage()],
  ]);
}
