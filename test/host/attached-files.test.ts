import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { withDialogs } from './dialogs';
import type { Draft } from '../../src/host/storage/drafts/draft';
import { inMemoryDraft } from './builders';
import { clock, createAttachmentTestContext } from './attachment-test-context';

describe('An attached file', () => {
  const context = createAttachmentTestContext();
  const { root, ask, next, settled, drop, file, sent, refused } = context;

  it('has a chip with its token count and path, and is sent with its text', async () => {
    const [chip] = await drop(file('attached.py'));
    assert.match(chip?.tokens ?? '', /^\d+ tokens$/);
    assert.deepEqual([chip?.label, chip?.title], ['attached.py', join(root(), 'attached.py')]);
    const [attachment] = await sent();
    assert.deepEqual(
      [attachment?.kind, attachment?.label, attachment?.language, attachment?.content],
      ['file', 'attached.py', 'python', 'x = 1\n'],
    );
  });

  it('is sent as it is when the question is sent, not when it was attached', async () => {
    const path = file('later.py');
    await drop(path);
    writeFileSync(path, 'y = 2\n');
    assert.equal((await sent())[0]?.content, 'y = 2\n');
  });

  it('is sent as the editor shows it if it has unsaved changes', async () => {
    const path = file('unsaved.py');
    await drop(path);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(path));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'unsaved = True\n'));
    assert.equal((await sent())[0]?.content, 'unsaved = True\nx = 1\n');
  });

  it('is rejected with a message if it was deleted, and the question waits until it is removed', async () => {
    const path = file('deleted.py');
    await drop(path, file('kept.py'));
    rmSync(path);
    const { explanation, buttons } = await refused();
    assert.equal(explanation, 'deleted.py: no longer exists.');
    assert.deepEqual(buttons, [{ action: 'removeUnusableAttachments', label: 'Remove Attachment' }]);
    await settled(() => void context.attachments.removeUnusable());
    assert.equal(context.notices.at(-1), undefined);
    assert.deepEqual(
      (await sent()).map(({ label }) => label),
      ['kept.py'],
    );
  });

  it('is not read again when the cursor moves or another file changes', async () => {
    // The watcher reports a new file with a delay, so these exist already.
    const [one, other] = [join(root(), 'orbits.py'), join(root(), 'graph.ts')];
    await drop(one, other);
    context.draft.update({ withSelection: true });
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(one));
    context.reads.length = 0;
    for (let move = 0; move < 50; move++) {
      editor.selection = new vscode.Selection(0, 0, 0, move % 2);
      context.attachments.editorChanged();
      clock.advance(1000);
    }
    assert.deepEqual(context.reads, []);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# '));
    await next(
      // The selection may be counted late and is posted in a message of its own.
      ({ type }) => (type === 'attachments' && context.reads.length > 0 ? true : undefined),
      () => void editor.document.save().then(() => clock.advance(1000)),
    );
    assert.deepEqual([...new Set(context.reads)], [one]);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 0, 2)));
    await editor.document.save();
  });

  it('is not read again when its document is closed, unless that discards changes', async () => {
    // A new file would be reported with a delay, read again by the extension, and thereby kept open.
    const path = join(root(), 'ring.c');
    const uri = vscode.Uri.file(path);
    // Opened by VS Code, because a document that an extension has opened is closed only after minutes.
    await openEditor(uri);
    await drop(path);
    context.reads.length = 0;
    const closed = whenClosed(uri);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await closed;
    clock.advance(1000);
    assert.deepEqual(context.reads, []);

    const editor = await openEditor(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '#'));
    const closedUnsaved = whenClosed(uri);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closedUnsaved;
    await next(
      ({ type }) => (type === 'attachments' && context.reads.length > 0 ? true : undefined),
      () => clock.advance(1000),
    );
  });

  /** Opens a file as the user does, and waits until its editor is reported to extensions. */
  async function openEditor(uri: vscode.Uri): Promise<vscode.TextEditor> {
    const active = (): vscode.TextEditor | undefined => {
      const { activeTextEditor: editor } = vscode.window;
      return editor?.document.uri.toString() === uri.toString() ? editor : undefined;
    };
    await vscode.commands.executeCommand('vscode.open', uri);
    const known = active();
    if (known) return known;
    return new Promise((resolve) => {
      const listener = vscode.window.onDidChangeActiveTextEditor(() => {
        const editor = active();
        if (!editor) return;
        listener.dispose();
        resolve(editor);
      });
    });
  }

  function whenClosed(uri: vscode.Uri): Promise<void> {
    return new Promise((resolve) => {
      const listener = vscode.workspace.onDidCloseTextDocument((document) => {
        if (document.uri.toString() !== uri.toString()) return;
        listener.dispose();
        resolve();
      });
    });
  }

  it('is marked as deleted when its chip is refreshed', async () => {
    const path = file('watched.py');
    await drop(path);
    rmSync(path);
    const [gone] = await next(
      (message) =>
        message.type === 'attachments' && message.attachments[0]?.reason ? message.attachments : undefined,
      () => context.attachments.refresh(),
    );
    assert.equal(gone?.reason, 'no longer exists');
  });

  const unusable: readonly (readonly [string, () => string, string])[] = [
    [
      'a binary file',
      () => file('picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13)),
      'binary file',
    ],
    ['a binary file that starts with text', () => file('a.txt', `text\n${'\0'.repeat(9)}`), 'binary file'],
    ['a file of 50 MB', () => sparse('huge.log', 50), '50 MB is too large. The limit is 1 MB'],
    ['a file that does not exist', () => join(root(), 'never.py'), 'no longer exists'],
    ['a pipe, which never ends', () => pipe('pipe.log'), 'not a regular file'],
    ['a folder', () => root(), 'folders cannot be attached, but their files can'],
  ];
  for (const [what, create, reason] of unusable) {
    it(`cannot be ${what}: its chip says why, and nothing is sent`, async () => {
      const [chip] = await drop(create());
      assert.deepEqual([chip?.reason, chip?.tokens], [reason, '']);
      assert.match((await refused()).explanation, new RegExp(`: ${reason}\\.$`));
      assert.deepEqual(await context.attachments.read(), []);
    });
  }

  function sparse(name: string, megabytes: number): string {
    const path = file(name, '');
    const handle = openSync(path, 'r+');
    ftruncateSync(handle, megabytes * 1024 * 1024);
    closeSync(handle);
    return path;
  }

  function pipe(name: string): string {
    const path = file(name);
    rmSync(path);
    execFileSync('mkfifo', [path]);
    return path;
  }

  it('is labeled with its file name alone if it is outside the workspace', async () => {
    await withDialogs(
      () => 'Attach',
      async (shown) => {
        const [chip] = await drop(file('elsewhere.py', 'z = 3\n', context.outside));
        assert.equal(chip?.title, join(context.outside, 'elsewhere.py'));
        assert.deepEqual(
          shown.map(({ modal, detail }) => [modal, detail]),
          [[true, join(context.outside, 'elsewhere.py')]],
        );
      },
    );
    const [attachment] = await sent();
    assert.deepEqual([attachment?.label, attachment?.content], ['elsewhere.py', 'z = 3\n']);
  });

  it('may be named by the URI that a remote window uses for this machine', async () => {
    const path = file('remote.py');
    const uri = (authority = ''): string =>
      vscode.Uri.from({ scheme: 'vscode-remote', authority, path }).toString();
    const [chip] = await settled(() => ask({ type: 'drop', uris: [uri(vscode.env.remoteName)] }));
    assert.equal(chip?.title, path);
    assert.equal((await sent())[0]?.content, 'x = 1\n');
    await withDialogs(
      () => undefined,
      async (shown) => {
        ask({ type: 'drop', uris: [uri('elsewhere+host')] });
        while (shown.length < 1) await setImmediate();
        assert.equal(shown[0]?.message, 'Nothing was attached. Only text and text files can be attached.');
      },
    );
    assert.equal((await sent()).length, 1);
  });

  it('needs consent if parent folders in its path lead out of the workspace', async () => {
    const path = file('secret.py', 'key', context.outside);
    await withDialogs(
      () => undefined,
      async (shown) => {
        for (const up of ['..', '%2e%2e', '.%2E']) {
          const steps = Array.from(root().split('/').slice(1), () => up).join('/');
          ask({ type: 'drop', uris: [`file://${root()}/${steps}${path}`] });
        }
        while (shown.length < 3) await setImmediate();
        assert.deepEqual(
          shown.map(({ detail }) => detail),
          [path, path, path],
        );
      },
    );
    assert.deepEqual(await sent(), []);
  });

  it('needs consent if it is outside the workspace, whatever the webview sends', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        const chips = await drop(file('inside.py'), file('secret.py', 'key', context.outside));
        assert.deepEqual(
          chips.map(({ label }) => label),
          ['inside.py'],
        );
        assert.equal(shown.length, 1);
      },
    );
  });

  it('is attached once, and dropped content that is not a file is refused', async () => {
    const path = file('once.py');
    await withDialogs(
      () => undefined,
      async (shown) => {
        ask({ type: 'drop', uris: ['https://example.org/a.py', 'javascript:alert(1)', 'no address', ''] });
        while (shown.length < 1) await setImmediate();
        assert.deepEqual(
          shown.map(({ message }) => message),
          ['Nothing was attached. Only text and text files can be attached.'],
        );
        assert.equal((await drop(path, path)).length, 1);
        assert.equal((await drop(path)).length, 1);
        const tooMany = Array.from({ length: 100 }, (_, index) => join(root(), 'none', `${index}.py`));
        ask({ type: 'drop', uris: tooMany.map((each) => vscode.Uri.file(each).toString()) });
        while (shown.length < 2) await setImmediate();
        assert.match(shown.at(-1)?.message ?? '', /at most 100 items/);
      },
    );
  });

  it('is restored after a reload, together with the text of the question', async () => {
    context.draft.update({ text: 'Why?' });
    await drop(file('reloaded.py'));
    await settled(() => ask({ type: 'paste', id: 'p', text: 'no such text\nanywhere', language: 'python' }));
    // As the draft contains it after it was read again.
    const stored = JSON.parse(JSON.stringify(context.draft.state)) as Draft['state'];
    context.draft = inMemoryDraft();
    context.draft.update(stored);
    context.reopen();
    const chips = await settled(() => context.attachments.refresh());
    assert.deepEqual(
      chips.map(({ label }) => label),
      ['reloaded.py', 'Pasted code · python'],
    );
    assert.deepEqual(
      (await sent()).map(({ content }) => content),
      ['x = 1\n', 'no such text\nanywhere'],
    );
  });

  it('is left out if its stored entry is damaged', async () => {
    const references = [{ kind: 'file' }, 'rubbish', { kind: 'file', id: 'a', uri: 'file:///a.py' }];
    context.draft.update({ references });
    context.reopen();
    assert.deepEqual(
      (await settled(() => context.attachments.refresh())).map(({ id }) => id),
      ['a'],
    );
  });
});
