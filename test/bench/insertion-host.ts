import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { insertAtCursor } from '../../src/host/editor/insert';
import type { InsertionFigures } from './insertion';
import { cursors, lines } from './insertion-size';

/** The first round warms up the host and is not counted. */
const rounds = 8;

/** Called by VS Code in its extension host: inserts code in an editor, in turn as the extension and as VS Code alone. */
export async function run(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: 'if a:\n    \n'.repeat(cursors) });
  const editor = await vscode.window.showTextDocument(document);
  editor.options = { insertSpaces: true, tabSize: 4 };
  const places = Array.from({ length: cursors }, (_, index) => new vscode.Position(2 * index + 1, 4));
  const code = 'x = call(1)\n'.repeat(lines / cursors);
  const indented = code.trimEnd().replaceAll('\n', '\n    ');
  const figures: InsertionFigures[] = [];
  for (let round = 0; round < rounds; round++) {
    const own = await timeOf(editor, places, () => insertAtCursor(editor, { code, language: 'python' }));
    const plain = await timeOf(editor, places, () =>
      editor.edit((edit) => {
        for (const place of places) edit.insert(place, indented);
      }),
    );
    if (round > 0) figures.push({ own, plain });
  }
  writeFileSync(process.env['O1MINI_FIGURES'] ?? '', JSON.stringify(figures));
}

/** The time until the extension knows that the code is in the document, in ms; it is undone then. */
async function timeOf(
  editor: vscode.TextEditor,
  places: readonly vscode.Position[],
  insert: () => Thenable<boolean>,
): Promise<number> {
  const before = editor.document.getText();
  editor.selections = places.map((place) => new vscode.Selection(place, place));
  const start = performance.now();
  const isInserted = await insert();
  const time = performance.now() - start;
  const added = editor.document.lineCount - before.split('\n').length;
  if (!isInserted || added !== lines - cursors) throw new Error(`${added} lines were inserted.`);
  await vscode.commands.executeCommand('undo');
  if (editor.document.getText() !== before) throw new Error('One undo has not removed the code.');
  return time;
}
