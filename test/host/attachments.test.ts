import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { withDialogs } from './dialogs';
import type { Draft } from '../../src/host/storage/drafts/draft-store';
import { unkeptDraft } from './builders';
import { clock, shelfBench } from './shelf-bench';

describe('A file that goes with a question', () => {
  const bench = shelfBench();
  const { root, ask, next, settled, drop, file, sent, refused } = bench;

  it('is a file: its chip has its tokens and its path, and what is sent its text', async () => {
    const [chip] = await drop(file('attached.py'));
    assert.match(chip?.tokens ?? '', /^\d+ tokens$/);
    assert.deepEqual([chip?.label, chip?.title], ['attached.py', join(root(), 'attached.py')]);
    const [attachment] = await sent();
    assert.deepEqual(
      [attachment?.kind, attachment?.label, attachment?.language, attachment?.content],
      ['file', 'attached.py', 'python', 'x = 1\n'],
    );
  });

  it('is what the file has when the question is sent, not when it was attached', async () => {
    const path = file('later.py');
    await drop(path);
    writeFileSync(path, 'y = 2\n');
    assert.equal((await sent())[0]?.content, 'y = 2\n');
  });

  it('is what an editor shows where that is not saved', async () => {
    const path = file('unsaved.py');
    await drop(path);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(path));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'unsaved = True\n'));
    assert.equal((await sent())[0]?.content, 'unsaved = True\nx = 1\n');
  });

  it('is refused in words where it was deleted since, and the question waits until it is removed', async () => {
    const path = file('deleted.py');
    await drop(path, file('kept.py'));
    rmSync(path);
    const { explanation, buttons } = await refused();
    assert.equal(explanation, 'deleted.py: no longer exists.');
    assert.deepEqual(buttons, [{ action: 'removeUnusableAttachments', label: 'Remove Attachment' }]);
    await settled(() => void bench.shelf.removeUnusable());
    assert.equal(bench.notices.at(-1), undefined);
    assert.deepEqual(
      (await sent()).map(({ label }) => label),
      ['kept.py'],
    );
  });

  it('is not read again while the caret moves, nor when another file changes', async () => {
    // What the watcher tells of a file that was just made comes late.
    const [one, other] = [join(root(), 'orbits.py'), join(root(), 'graph.ts')];
    await drop(one, other);
    bench.draft.update({ withSelection: true });
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(one));
    bench.reads.length = 0;
    for (let move = 0; move < 50; move++) {
      editor.selection = new vscode.Selection(0, 0, 0, move % 2);
      bench.shelf.selectionChanged();
      clock.advance(1000);
    }
    assert.deepEqual(bench.reads, []);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# '));
    await next(
      // The selection may be counted late, and is told in a message of its own.
      ({ type }) => (type === 'attachments' && bench.reads.length > 0 ? true : undefined),
      () => void editor.document.save().then(() => clock.advance(1000)),
    );
    assert.deepEqual([...new Set(bench.reads)], [one]);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 0, 2)));
    await editor.document.save();
  });

  it('is not read again when its document is closed, unless changes go with that', async () => {
    // A file that was just made would be reported late, read again by the extension, and kept open by that.
    const path = join(root(), 'ring.c');
    const uri = vscode.Uri.file(path);
    // Opened by VS Code: a document that an extension has opened is closed some minutes later.
    await openEditor(uri);
    await drop(path);
    bench.reads.length = 0;
    const closed = closing(uri);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await closed;
    clock.advance(1000);
    assert.deepEqual(bench.reads, []);

    const editor = await openEditor(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '#'));
    const closedUnsaved = closing(uri);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closedUnsaved;
    await next(
      ({ type }) => (type === 'attachments' && bench.reads.length > 0 ? true : undefined),
      () => clock.advance(1000),
    );
  });

  /** Opens a file as the user does, and waits until extensions know of its editor. */
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

  function closing(uri: vscode.Uri): Promise<void> {
    return new Promise((resolve) => {
      const listener = vscode.workspace.onDidCloseTextDocument((document) => {
        if (document.uri.toString() !== uri.toString()) return;
        listener.dispose();
        resolve();
      });
    });
  }

  it('is told to be gone when its chip is looked at again', async () => {
    const path = file('watched.py');
    await drop(path);
    rmSync(path);
    const [gone] = await next(
      (message) =>
        message.type === 'attachments' && message.attachments[0]?.reason ? message.attachments : undefined,
      () => bench.shelf.refresh(),
    );
    assert.equal(gone?.reason, 'no longer exists');
  });

  const bad: readonly (readonly [string, () => string, string])[] = [
    [
      'a binary file',
      () => file('picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13)),
      'binary file',
    ],
    ['a binary file that begins like text', () => file('a.txt', `text\n${'\0'.repeat(9)}`), 'binary file'],
    ['a file of 50 MB', () => sparse('huge.log', 50), '50 MB is too large. The limit is 1 MB'],
    ['a file that never was', () => join(root(), 'never.py'), 'no longer exists'],
    ['a pipe, which would never end', () => pipe('pipe.log'), 'not a regular file'],
    ['a folder', () => root(), 'folders cannot be attached, but their files can'],
  ];
  for (const [what, make, reason] of bad) {
    it(`is never ${what}: its chip says why, and nothing is sent`, async () => {
      const [chip] = await drop(make());
      assert.deepEqual([chip?.reason, chip?.tokens], [reason, '']);
      assert.match((await refused()).explanation, new RegExp(`: ${reason}\\.$`));
      assert.deepEqual(await bench.shelf.read(), []);
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

  it('is named by its name alone where it is outside the workspace', async () => {
    await withDialogs(
      () => 'Attach',
      async (shown) => {
        const [chip] = await drop(file('elsewhere.py', 'z = 3\n', bench.outside));
        assert.equal(chip?.title, join(bench.outside, 'elsewhere.py'));
        assert.deepEqual(
          shown.map(({ modal, detail }) => [modal, detail]),
          [[true, join(bench.outside, 'elsewhere.py')]],
        );
      },
    );
    const [attachment] = await sent();
    assert.deepEqual([attachment?.label, attachment?.content], ['elsewhere.py', 'z = 3\n']);
  });

  it('is a file of this machine also by the name that a window has for it that is elsewhere', async () => {
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
        assert.equal(shown[0]?.message, 'The dropped content does not contain files.');
      },
    );
    assert.equal((await sent()).length, 1);
  });

  it('is not one outside the workspace that is named by steps up from within it', async () => {
    const path = file('secret.py', 'key', bench.outside);
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

  it('is not one outside the workspace that the user did not agree to, whatever the page says', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        const chips = await drop(file('inside.py'), file('secret.py', 'key', bench.outside));
        assert.deepEqual(
          chips.map(({ label }) => label),
          ['inside.py'],
        );
        assert.equal(shown.length, 1);
      },
    );
  });

  it('is not what is no file, and goes once', async () => {
    const path = file('once.py');
    await withDialogs(
      () => undefined,
      async (shown) => {
        ask({ type: 'drop', uris: ['https://example.org/a.py', 'javascript:alert(1)', 'no address', ''] });
        while (shown.length < 1) await setImmediate();
        assert.deepEqual(
          shown.map(({ message }) => message),
          ['The dropped content does not contain files.'],
        );
        assert.equal((await drop(path, path)).length, 1);
        assert.equal((await drop(path)).length, 1);
        const many = Array.from({ length: 100 }, (_, index) => join(root(), 'none', `${index}.py`));
        ask({ type: 'drop', uris: many.map((each) => vscode.Uri.file(each).toString()) });
        while (shown.length < 2) await setImmediate();
        assert.match(shown.at(-1)?.message ?? '', /at most 100 items/);
      },
    );
  });

  it('is there again after a reload, with the text of the question', async () => {
    bench.draft.update({ text: 'Why?' });
    await drop(file('reloaded.py'));
    await settled(() => ask({ type: 'paste', id: 'p', text: 'no such text\nanywhere', language: 'python' }));
    // As the draft has it after it was read again.
    const kept = JSON.parse(JSON.stringify(bench.draft.state)) as Draft['state'];
    bench.draft = unkeptDraft();
    bench.draft.update(kept);
    bench.reopen();
    const chips = await settled(() => bench.shelf.refresh());
    assert.deepEqual(
      chips.map(({ label }) => label),
      ['reloaded.py', 'Pasted code · python'],
    );
    assert.deepEqual(
      (await sent()).map(({ content }) => content),
      ['x = 1\n', 'no such text\nanywhere'],
    );
  });

  it('is left out where what was kept of it is broken', async () => {
    const references = [{ kind: 'file' }, 'rubbish', { kind: 'file', id: 'a', uri: 'file:///a.py' }];
    bench.draft.update({ references });
    bench.reopen();
    assert.deepEqual(
      (await settled(() => bench.shelf.refresh())).map(({ id }) => id),
      ['a'],
    );
  });
});
