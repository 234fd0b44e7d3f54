import { Component, type ErrorInfo, type ReactNode } from "react";

interface Props {
  readonly report: (error: unknown) => void;
  readonly children: ReactNode;
}

/** The one catch of this page: a mistake of ours shows as such, with a way on, instead of an empty page. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, _info: ErrorInfo): void {
    this.props.report(error);
  }

  override render(): ReactNode {
    const { error }: { readonly error: Error | null } = this.state;
    if (error === null) return this.props.children;
    return <DefectPage error={error} retry={() => this.setState({ error: null })} />;
  }
}

function DefectPage({ error, retry }: { error: Error; retry: () => void }): ReactNode {
  return (
    <div className="placeholder" role="alert">
      <span className="codicon codicon-bug" aria-hidden="true" />
      <h1>The canvas has failed</h1>
      <p>
        This is a mistake in FlowMason, not in your file, and your text is untouched. The whole report is in
        the output channel “FlowMason”: please send it to us.
      </p>
      <pre>{error.message}</pre>
      <button type="button" className="action" onClick={retry}>
        Draw It Again
      </button>
    </div>
  );
}
