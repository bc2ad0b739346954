import * as vscode from 'vscode';
import { isOwnDocument } from '../editor/active-editor';

/** More than anybody goes through; VS Code's own search stops looking there. */
const most = 20_000;

/** What is generated or fetched is seldom asked about, and drowns everything else. */
const generated = '**/{node_modules,.git,dist,out,build,target,.venv,__pycache__}/**';

export async function workspaceFiles(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles('**/*', generated, most);
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The files in the tabs of editors, in their order. */
export function openFiles(): readonly vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const uris = inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const byName = new Map(
    uris.filter((uri) => !isOwnDocument(uri)).map((uri) => [uri.toString(), uri] as const),
  );
  return [...byName.values()];
}

export function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a file, as it is named in the workspace. */
export function folderName(uri: vscode.Uri): string {
  const path = vscode.workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
