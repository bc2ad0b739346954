import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findSymbolNames, openSymbol } from '../../src/host/editor/workspace-symbol-links';

describe('A symbol named in an answer', () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const root = folder?.uri.fsPath ?? '';
  const file = join(root, 'named-symbols.txt');
  const asked: string[] = [];
  let provider: vscode.Disposable;

  const symbol = (name: string, container: string, line: number, path = file): vscode.SymbolInformation => {
    const range = new vscode.Range(line, 0, line, 3);
    const location = new vscode.Location(vscode.Uri.file(path), range);
    return new vscode.SymbolInformation(name, vscode.SymbolKind.Method, container, location);
  };
  /** As extensions in JavaScript provide it. */
  const withoutContainer = (each: vscode.SymbolInformation): vscode.SymbolInformation =>
    Object.assign(each, { containerName: undefined });
  const symbols = [
    symbol('advanceOrbit', '', 2),
    symbol('stepOnce()', 'space.Orbit', 1),
    symbol('twiceThere', '', 0),
    symbol('twiceThere', 'Other', 1),
    symbol('advanceOrbits', '', 0),
    symbol('elsewhereOnly', '', 0, '/usr/lib/elsewhere.txt'),
    withoutContainer(symbol('stepOnce', '', 0)),
  ];

  before(() => {
    writeFileSync(file, 'one\ntwo\nthree\n');
    provider = vscode.languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols(query) {
        asked.push(query);
        return symbols.filter(({ name }) => name.startsWith(query));
      },
    });
  });
  after(async () => {
    provider.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is found in the workspace by its whole name, and in its class', async () => {
    const names = [
      'advanceOrbit',
      'advanceOrbit()',
      'this.advanceOrbit',
      'Orbit.stepOnce',
      'advance',
      'Ring.stepOnce',
      'elsewhereOnly',
      'missing',
    ];
    assert.deepEqual(await findSymbolNames(names), names.slice(0, 4));
    assert.deepEqual(asked.slice(-2), ['elsewhereOnly', 'missing']);
  });

  it('is opened at its line', async () => {
    await openSymbol('advanceOrbit()');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, file);
    assert.equal(editor.selection.active.line, 2);
  });

  it('opens nothing if it is no longer there', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openSymbol('missing');
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
