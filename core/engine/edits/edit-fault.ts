/** An edit for a fork that cannot be made. The message begins with what is wrong; who asked says which edit it was. */
export class EditFault extends Error {
  override readonly name = "EditFault";
  /** What is to be edited, as it was written. */
  readonly written: string;
  /** `path`: it can be made nowhere, as it is written; `file`: not in this file; `run`: not in this run. */
  readonly kind: "path" | "file" | "run";

  constructor(kind: EditFault["kind"], written: string, message: string) {
    super(message);
    this.kind = kind;
    this.written = written;
  }
}
