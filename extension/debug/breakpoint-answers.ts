import * as vscode from "vscode";
import * as z from "zod";
import { DEBUG_TYPE } from "#protocol";

/** Whether the running adapter can stop at a breakpoint. */
export interface BreakpointAnswer {
  readonly verified: boolean;
  readonly message?: string;
}

/**
 * What adapters answered when VS Code gave them its breakpoints. VS Code keeps this to itself and tells of no change,
 * so it is read from the conversation.
 */
export interface BreakpointAnswers extends vscode.Disposable {
  /** Undefined while no session is on, or none has answered for this line. */
  of(uri: vscode.Uri, line0: number): BreakpointAnswer | undefined;
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

const setBreakpointsRequest = z.object({
  type: z.literal("request"),
  command: z.literal("setBreakpoints"),
  seq: z.int(),
  arguments: z.object({
    source: z.object({ path: z.string() }),
    breakpoints: z.array(z.object({ line: z.int() })).default([]),
  }),
});

const setBreakpointsResponse = z.object({
  type: z.literal("response"),
  command: z.literal("setBreakpoints"),
  request_seq: z.int(),
  success: z.literal(true),
  body: z.object({
    breakpoints: z.array(z.object({ verified: z.boolean(), message: z.string().exactOptional() })),
  }),
});

type Answers = ReadonlyMap<number, BreakpointAnswer>;

/** Listens to the debug sessions until it is disposed of. */
export function createBreakpointAnswers(): BreakpointAnswers {
  // By file, then by 1-based line as VS Code asked for it; of the session that answered last.
  const answers = new Map<string, { readonly session: string; readonly byLine1: Answers }>();
  const changed = new vscode.EventEmitter<vscode.Uri>();

  function tracker({ id: session }: vscode.DebugSession): vscode.DebugAdapterTracker {
    const asked = new Map<number, { readonly uri: vscode.Uri; readonly lines1: readonly number[] }>();
    return {
      onWillReceiveMessage(message: unknown) {
        const request = setBreakpointsRequest.safeParse(message);
        if (!request.success) return;
        const { source, breakpoints } = request.data.arguments;
        const lines1 = breakpoints.map(({ line }) => line);
        asked.set(request.data.seq, { uri: vscode.Uri.file(source.path), lines1 });
      },
      onDidSendMessage(message: unknown) {
        const response = setBreakpointsResponse.safeParse(message);
        if (!response.success) return;
        const question = asked.get(response.data.request_seq);
        asked.delete(response.data.request_seq);
        if (question === undefined) return;
        const { uri, lines1 } = question;
        const { breakpoints } = response.data.body;
        const byLine = lines1.flatMap((line1, index): [number, BreakpointAnswer][] => {
          const answer = breakpoints[index];
          return answer === undefined ? [] : [[line1, answer]];
        });
        answers.set(uri.toString(), { session, byLine1: new Map(byLine) });
        changed.fire(uri);
      },
      onWillStopSession() {
        for (const [uri, answer] of answers) {
          if (answer.session !== session) continue;
          answers.delete(uri);
          changed.fire(vscode.Uri.parse(uri));
        }
      },
    };
  }

  const registration = vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
    createDebugAdapterTracker: tracker,
  });

  return {
    of: (uri, line0) => answers.get(uri.toString())?.byLine1.get(line0 + 1),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(registration, changed).dispose(),
  };
}
