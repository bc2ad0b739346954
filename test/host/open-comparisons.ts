import * as vscode from 'vscode';

/** The comparisons that are open in tabs. */
export const openDiffs = (): readonly vscode.TabInputTextDiff[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []));

/** Resolves with the comparisons once this many are open: the name of each document and its proposed text. */
export async function comparisons(
  count = 1,
): Promise<ReadonlyMap<string, { text: string; uri: vscode.Uri }>> {
  const open = new Map<string, { text: string; uri: vscode.Uri }>();
  while (openDiffs().length !== count) await new Promise(setImmediate);
  for (const input of openDiffs()) {
    const { original, modified } = input;
    const document = await vscode.workspace.openTextDocument(modified);
    open.set(original.path.split('/').pop() ?? '', { text: document.getText(), uri: modified });
  }
  return open;
}
