// VS Code knows a new extension's editors only after it has opened the files of its command line, as text. Hence this
// extension of the profile that `npm start` uses: it opens the workspace's main pipeline once everything is registered.
const vscode = require("vscode");

exports.activate = async () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined || vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) return;
  const manifest = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, "flowmason.json"));
  const { main } = JSON.parse(new TextDecoder().decode(manifest));
  // Named, since VS Code takes the text editor where it does not yet know whose files these are.
  await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.joinPath(folder, main), "flowmason.canvas");
};
