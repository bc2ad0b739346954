import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { messagesDuring } from './dialogs';
import { activeComparison, answer, createGenerationContext, inserted } from './generation-test-context';
import { withSettings } from './with-settings';

describe('Generate at Cursor', () => {
  const shared = createGenerationContext();
  const { context, open, text, uri, generate, duringPause, messages } = shared;

  it('inserts the first code block of the answer with the indentation of its place, in one undo step', async () => {
    const before = 'class A:\n    x = 1\n    \n    y = 2\n';
    await open(before, 2, 4);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    assert.equal(text(), before);
    await shared.generator.accept();
    assert.equal(text(), `class A:\n    x = 1\n${inserted('    ')}\n    y = 2\n`);
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), before);
    await shared.generator.accept();
    assert.equal(text(), before);
  });

  it('replaces the selection, not an equal text before it in the same line', async () => {
    await open('total = total + 1\n', 0, 8, 0, 13);
    context.api.script({ kind: 'answer', text: '```python\nsum\n```\n' });
    await generate();
    await shared.generator.accept();
    assert.equal(text(), 'total = sum + 1\n');
  });

  it('inserts the code in the language of the file, although a command comes before it', async () => {
    await open('a = 1\n', 1, 0);
    context.api.script({ kind: 'answer', text: '```bash\npip install x\n```\n```py\nimport x\n```\n' });
    await generate();
    await shared.generator.accept();
    assert.equal(text(), 'a = 1\nimport x');
  });

  it('leaves a document with CRLF, emoji and no last line break as it was when it is stopped or discarded', async () => {
    const before = 'a = "👩‍👩‍👧 e\u0301"\r\n\r\nb = 2';
    await open(before, 1, 0);
    await duringPause(() => {
      assert.equal(text(), before);
      shared.generator.discard();
    });
    assert.equal(text(), before);
    assert.equal(shared.editor.document.isDirty, false);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    shared.generator.discard(uri());
    await shared.generator.accept();
    assert.equal(text(), before);
    assert.equal(shared.editor.document.isDirty, false);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    await shared.generator.accept();
    assert.match(text(), /👩‍👩‍👧 e\u0301"\r\ndef f\(\):\r\n {4}return 1\r\n/);
  });

  it('sends the wish with the prompt of the settings and the code around the cursor, of any file within limits', async () => {
    await open(`import os\n${'x = 1\n'.repeat(100_000)}`, 50_000, 0);
    context.api.script({ kind: 'answer', text: answer });
    await withSettings({ prompts: [{ name: 'generate', prompt: 'Only at <CURSOR>.' }] }, () => generate());
    const sent = String(context.sentBodies()[0]?.messages.at(-1)?.content);
    assert.match(
      sent,
      /^Only at <CURSOR>\.\n\nWrite f\n\ngenerated-\d+\.py:\d+-\d+ \(around <CURSOR>\)\n```python\nx = 1\n/,
    );
    assert.match(sent, /x = 1\n<CURSOR>x = 1\n/);
    assert.match(sent, /imports and enclosing code\)\n```python\nimport os\n/);
    assert.ok(sent.length < 12_000, `${sent.length} characters`);
  });

  it('uses another mark where the code contains the usual one', async () => {
    await open('s = "<CURSOR>"\n', 1, 0);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    const sent = String(context.sentBodies()[0]?.messages.at(-1)?.content);
    assert.match(sent, /belongs at <CURSOR_2>/);
    assert.match(sent, /s = "<CURSOR>"\n<CURSOR_2>/);
  });

  it('works in an empty file', async () => {
    await open('', 0, 0);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    await shared.generator.accept();
    assert.equal(text(), inserted(''));
  });

  it('asks to decide about the code in a file before more is written there', async () => {
    await open('one\n', 1, 0);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    assert.match(
      (await messages(() => generate())).join(),
      /Accept or discard the generated code in generated-\d+\.py first/,
    );
    assert.equal(context.api.requests.length, 1);
  });

  describe('S6 Hidden characters', () => {
    it('are named before they are inserted, and the code is kept if the user cancels', async () => {
      await open('a = 1\n', 1, 0);
      context.api.script({ kind: 'answer', text: '```python\nb = 2 # \u202e hidden\n```\n' });
      await generate();
      const asked = await messagesDuring(() => shared.generator.accept());
      assert.match(asked[0]?.detail ?? '', /U\+202E/);
      assert.equal(text(), 'a = 1\n');
      await messages(() => shared.generator.accept(), 'Clean Up and Insert');
      assert.equal(text(), 'a = 1\nb = 2 #  hidden');
    });
  });

  it('is accepted again although the notification about a read-only file is still open', async () => {
    await open('a = 1\n', 1, 0);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    const { window } = vscode;
    const original = window.showWarningMessage;
    try {
      const shown = new Promise<void>((resolve) => {
        const show = (): Promise<undefined> => {
          resolve();
          return new Promise(() => undefined);
        };
        Object.assign(window, { showWarningMessage: show });
      });
      void shared.generator.accept();
      await shown;
      assert.equal(text(), 'a = 1\n');
      await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
      await shared.generator.accept();
      assert.equal(text(), `a = 1\n${inserted('')}`);
    } finally {
      Object.assign(window, { showWarningMessage: original });
    }
  });

  it('shows the code in a comparison without changing the document', async () => {
    await open('a = 1\n', 1, 0);
    context.api.script({ kind: 'answer', text: answer });
    await generate();
    await shared.generator.compare();
    const { modified } = await activeComparison();
    const shown = await vscode.workspace.openTextDocument(modified);
    assert.equal(shown.getText(), `a = 1\n${inserted('')}`);
    assert.equal(text(), 'a = 1\n');
  });

  it('sends nothing without an editor, without a wish, and for a file system that is read-only', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    while (vscode.window.activeTextEditor) await new Promise(setImmediate);
    assert.deepEqual(await messages(() => generate()), ['No text editor is open to read code from.']);
    await open('a = 1\n', 1, 0);
    await generate(' ');
    const bytes = new TextEncoder().encode('a = 1\n');
    const registration = vscode.workspace.registerFileSystemProvider('frozen', frozenFile(bytes), {
      isReadonly: true,
    });
    await vscode.window.showTextDocument(vscode.Uri.parse('frozen:/code.py'));
    assert.match((await messages(() => generate())).join(), /because code\.py is read-only/);
    registration.dispose();
    assert.deepEqual(context.api.requests, []);
  });

  it('says why there is no code: none in the answer, a failure, or an answer that was cut off', async () => {
    await open('a = 1\n', 1, 0);
    context.api.script({ kind: 'answer', text: 'I would rather not.' });
    assert.match((await messages(() => generate())).join(), /does not contain any code/);
    context.api.script({ kind: 'status', status: 401, body: '{"error":{"message":"bad key"}}' });
    assert.notDeepEqual(await messages(() => generate()), []);
    context.api.script({
      kind: 'stream',
      chunks: [
        'data: {"choices":[{"index":0,"delta":{"content":"```\\nb = 2\\n"},"finish_reason":null}]}\n\n',
      ],
      end: 'destroy',
    });
    assert.notDeepEqual(await messages(() => generate()), []);
    await shared.generator.accept();
    assert.equal(text(), 'a = 1\nb = 2');
  });
});

/** A file system with this content in every file. */
function frozenFile(bytes: Uint8Array): vscode.FileSystemProvider {
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length }),
    readDirectory: () => [],
    readFile: () => bytes,
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
