import type { ReactNode } from "react";
import type { PastPoint } from "#protocol";

/** That the statuses are not how the run is: nothing else tells the past from the present. */
export function PastWords({ past }: { readonly past: PastPoint }): ReactNode {
  return (
    <>
      <strong>In the past:</strong> the run as it was after event {past.event} of {past.last}. Step forward to
      come back.
    </>
  );
}
