import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { messagesDuring, withDialogs, type ShownMessage } from './dialogs';
import { activeComparison, answer, createGenerationContext, inserted } from './generation-test-context';
import { closeNotebooks, editCell, openNotebook, textsOf } from './notebook-files';

describe('Code that was generated for a place', () => {
  const shared = createGenerationContext();
  const { context, open, text, uri, generate, duringPause, messages } = shared;

  function closed(document: vscode.TextDocument): Promise<void> {
    return new Promise((resolve) => {
      const listener = vscode.workspace.onDidCloseTextDocument((each) => {
        if (each !== document || !document.isClosed) return;
        listener.dispose();
        resolve();
      });
    });
  }

  async function closeEditors(): Promise<void> {
    const gone = closed(shared.editor.document);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await gone;
  }

  it('follows its place through edits, an undo and a replacement of all text while the code arrives', async () => {
    await open('a = 1\n\nb = 2\n', 1, 0);
    await duringPause(async () => {
      await shared.editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '# above\n'));
      await shared.editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '# undone\n'));
      await vscode.commands.executeCommand('undo');
      shared.editor.selection = new vscode.Selection(0, 0, 0, 0);
    });
    await shared.generator.accept(uri());
    assert.equal(text(), `# above\na = 1\n${inserted('')}\nb = 2\n`);
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), '# above\na = 1\n\nb = 2\n');
  });

  it('never replaces text that others have written around its place', async () => {
    await open('a = 1\n\nb = 2\n', 1, 0);
    await duringPause(() =>
      shared.editor.edit((builder) => builder.replace(new vscode.Range(0, 0, 3, 0), 'all = "new"\n')),
    );
    await shared.generator.accept();
    assert.equal(text(), `all = "new"\n${inserted('')}`);
  });

  it('writes in two files at once, and each is accepted by itself', async () => {
    await open('one\n', 1, 0);
    const first = shared.editor;
    let second = first;
    await duringPause(async () => {
      await open('two\n', 1, 0);
      second = shared.editor;
      context.api.script({ kind: 'answer', text: '```\nother()\n```\n' });
      await generate();
    });
    await shared.generator.accept(first.document.uri);
    assert.equal(first.document.getText(), `one\n${inserted('')}`);
    assert.equal(second.document.getText(), 'two\n');
    await shared.generator.accept(second.document.uri);
    assert.equal(second.document.getText(), 'two\nother()');
  });

  it('replaces selected code, or compares the two if that has changed or vanished', async () => {
    await open('a = 1\nb = 2\nc = 3\n', 1, 0, 2, 0);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    await shared.generator.accept();
    assert.equal(text(), `a = 1\n${inserted('')}\nc = 3\n`);
    await open('a = 1\nb = 2\nc = 3\n', 1, 0, 2, 0);
    await duringPause(() => shared.editor.edit((builder) => builder.delete(new vscode.Range(1, 0, 2, 0))));
    assert.match(
      (await messages(() => shared.generator.accept(uri()))).join(),
      /has changed since the question/,
    );
    assert.equal(text(), 'a = 1\nc = 3\n');
    await activeComparison();
  });

  it('offers the code as a new document if its file was closed before or after the code was complete', async () => {
    for (const closeDuring of [true, false]) {
      await open('a = 1\n', 1, 0);
      let shown: readonly ShownMessage[] = [];
      await withDialogs(
        () => 'Open in New File',
        async (all) => {
          shown = all;
          const opened = new Promise<vscode.TextDocument>((resolve) => {
            const listener = vscode.workspace.onDidOpenTextDocument((document) => {
              if (document.uri.scheme !== 'untitled') return;
              listener.dispose();
              resolve(document);
            });
          });
          if (closeDuring) await duringPause(closeEditors);
          else {
            context.api.script({ kind: 'answer', text: answer });
            await generate();
            await closeEditors();
          }
          assert.equal((await opened).getText(), `${inserted('')}\n`);
        },
      );
      assert.match(shown[0]?.message ?? '', /not inserted because generated-\d+\.py was closed/);
    }
  });

  describe('S6 Hidden characters', () => {
    it('are named before the code of a closed file, or an answer without code, is offered', async () => {
      await open('a = 1\n', 1, 0);
      context.api.script({ kind: 'answer', text: '```python\nb = 2 # \u202e\n```\n' });
      await generate();
      let shown: readonly ShownMessage[] = [];
      await withDialogs(
        () => undefined,
        async (all) => {
          await closeEditors();
          while (all.length === 0) await new Promise(setImmediate);
          shown = all;
        },
      );
      assert.deepEqual(
        shown.map(({ detail }) => detail.match(/U\+[0-9A-F]+/)?.[0]),
        ['U+202E'],
      );
      await open('a = 1\n', 1, 0);
      context.api.script({ kind: 'answer', text: 'Use b = 2 # \u202e' });
      const [first, ...others] = await messagesDuring(() => generate());
      assert.match(first?.detail ?? '', /U\+202E/);
      assert.deepEqual(others, []);
    });
  });

  it('writes in the notebook cell in whose toolbar the command was selected', async () => {
    const notebook = await openNotebook(['a = 1', 'b = 2', 'c = 3']);
    await editCell(notebook, 0);
    context.api.script({ kind: 'answer', text: answer });
    // The notebook is outside of the workspace.
    await withDialogs(
      ({ buttons }) => buttons[0],
      () => generate('Write f', notebook.cellAt(2)),
    );
    await shared.generator.accept();
    assert.match(notebook.cellAt(2).document.getText(), /return 1/);
    assert.deepEqual(textsOf(notebook).slice(0, 2), ['a = 1', 'b = 2']);
    await closeNotebooks();
  });

  it('offers the code as a new document if its file was renamed or deleted', async () => {
    await open('a = 1\n', 1, 0);
    const shown = await messages(() =>
      duringPause(async () => {
        const gone = closed(shared.editor.document);
        const edit = new vscode.WorkspaceEdit();
        edit.renameFile(uri(), vscode.Uri.file(join(shared.folder, 'renamed.py')));
        await vscode.workspace.applyEdit(edit);
        await gone;
      }),
    );
    assert.match(shown.join(), /no longer exists under this name/);
  });

  it('keeps the code and says why if the file has become read-only', async () => {
    await open('a = 1\n', 1, 0);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    const readonly = (value: object | undefined): Thenable<void> =>
      vscode.workspace
        .getConfiguration('files')
        .update('readonlyInclude', value, vscode.ConfigurationTarget.Global);
    await readonly({ '**/generated-*.py': true });
    try {
      assert.match(
        (await messages(() => shared.generator.accept())).join(),
        /not inserted because generated-\d+\.py is read-only/,
      );
      assert.equal(text(), 'a = 1\n');
    } finally {
      await readonly(undefined);
    }
    await shared.generator.accept(uri());
    assert.equal(text(), `a = 1\n${inserted('')}`);
  });
});
