import * as vscode from 'vscode';
import { isOwnDocument } from '../editor/active-editor';
import { documentSymbols } from '../editor/document-symbols';

/** The limit of VS Code's own search for files. */
const MAX_FILES = 20_000;

/** Generated and downloaded files, which would hide all others in a list. */
const EXCLUDED_FILES = '**/{node_modules,.git,dist,out,build,target,.venv,__pycache__}/**';

export async function workspaceFiles(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles('**/*', EXCLUDED_FILES, MAX_FILES);
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

/** Symbols that a search returns. */
const MAX_FOUND_SYMBOLS = 200;

/** Symbols of the workspace whose names contain this text, as far as extensions provide symbols. */
export async function workspaceSymbols(typed: string): Promise<readonly vscode.SymbolInformation[]> {
  const found = await vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    typed,
  );
  return (found ?? []).slice(0, MAX_FOUND_SYMBOLS);
}

/** The current range of the symbol with this name; of several, the one nearest to a line. */
export async function findSymbol(
  uri: vscode.Uri,
  name: string,
  line: number,
): Promise<vscode.Range | undefined> {
  const distance = ({ start }: vscode.Range): number => Math.abs(start.line - line);
  return (await documentSymbols(uri))
    .filter((symbol) => symbol.name === name)
    .map(({ range }) => range)
    .sort((one, other) => distance(one) - distance(other))[0];
}
