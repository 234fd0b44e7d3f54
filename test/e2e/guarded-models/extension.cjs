const vscode = require("vscode");

// Not loaded before VS Code wants its models. `requiresAuthorization` is what makes VS Code ask the user.
exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider("guarded", {
      provideLanguageModelChatInformation: () => [
        {
          id: "safe",
          name: "Safe",
          family: "safe",
          version: "1",
          maxInputTokens: 1000,
          maxOutputTokens: 1000,
          capabilities: {},
          requiresAuthorization: { label: "someone" },
        },
      ],
      async provideLanguageModelChatResponse(_model, _messages, _options, progress) {
        progress.report(new vscode.LanguageModelTextPart("Good "));
        progress.report(new vscode.LanguageModelTextPart("day."));
      },
      provideTokenCount: async () => 1,
    }),
  );
};
