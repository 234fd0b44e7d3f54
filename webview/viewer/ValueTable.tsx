import type { ReactNode } from "react";
import type { ValuePage } from "#protocol";
import { number } from "./Pager.tsx";

/** Objects of a list, a row each. */
export function ValueTable({ page }: { readonly page: Extract<ValuePage, { as: "table" }> }): ReactNode {
  const { columns, moreColumns, rows, start } = page;
  return (
    <>
      <table className="viewer-table">
        <thead>
          <tr>
            <th scope="col">#</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a table is where it is, and nothing else.
            <tr key={start + index}>
              <th scope="row">{start + index}</th>
              {columns.map((column, at) => (
                <td
                  key={column}
                  className={cells[at] === null ? "viewer-missing" : undefined}
                  title={cells[at] ?? "not there"}
                >
                  {cells[at] ?? "–"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {moreColumns > 0 && (
        <p className="viewer-note">
          {number(moreColumns)} more keys have no column here. Look at it as JSON to see them.
        </p>
      )}
    </>
  );
}
