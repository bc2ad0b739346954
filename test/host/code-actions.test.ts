import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerCodeActions } from '../../src/host/commands/code-action-provider';

describe('A code action', () => {
  const word = new vscode.Range(0, 0, 0, 6);
  const inWord = new vscode.Range(0, 1, 0, 1);
  const problems = vscode.languages.createDiagnosticCollection('code-actions');
  let document: vscode.TextDocument;
  let actions: vscode.Disposable;

  before(async () => {
    actions = registerCodeActions();
    document = await vscode.workspace.openTextDocument({ content: 'return 1\n\n', language: 'plaintext' });
    await vscode.window.showTextDocument(document);
  });
  after(() => void vscode.Disposable.from(actions, problems).dispose());
  afterEach(() => problems.clear());

  /** The titles of the actions, also those of the installed extension. */
  async function allTitlesAt(range: vscode.Range): Promise<readonly string[]> {
    const found = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    return found.map(({ title }) => title).filter((title) => title.includes('o1-mini'));
  }

  const titlesAt = async (range: vscode.Range): Promise<readonly string[]> =>
    [...new Set(await allTitlesAt(range))].sort();

  it('is offered only for a selection or a problem', async () => {
    assert.deepEqual(await titlesAt(word), ['Explain with o1-mini', 'Refactor with o1-mini']);
    assert.deepEqual(await titlesAt(new vscode.Range(1, 0, 1, 0)), []);
    problems.set(document.uri, [new vscode.Diagnostic(word, 'wrong')]);
    assert.deepEqual(await titlesAt(inWord), ['Explain with o1-mini', 'Fix with o1-mini']);
  });

  it('is offered once for all problems at a place', async () => {
    const problem = (message: string): vscode.Diagnostic => new vscode.Diagnostic(word, message);
    problems.set(document.uri, [problem('wrong')]);
    const forOne = await allTitlesAt(inWord);
    problems.set(document.uri, [problem('wrong'), problem('unused'), problem('deprecated')]);
    assert.deepEqual(await allTitlesAt(inWord), forOne);
  });
});
