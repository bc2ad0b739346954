import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AttachedItemView, ToWebviewMessage } from '../../src/protocol/messages';
import { clock, createAttachmentTestContext } from './attachment-test-context';

describe('The current file', () => {
  const context = createAttachmentTestContext();
  const { ask, next, file, sent } = context;

  const refresh = (): void => context.attachments.refresh();
  const open = (name: string, content?: string): Promise<vscode.TextEditor> =>
    Promise.resolve(vscode.window.showTextDocument(vscode.Uri.file(file(name, content))));

  /** Acts, and resolves with the file that is offered then. */
  function offered(action: () => void): Promise<AttachedItemView> {
    return next((message) => offerOf(message), action);
  }

  /** Acts, and resolves when no file is offered any more. */
  function withdrawn(action: () => void): Promise<boolean> {
    return next(
      (message) => (message.type === 'attachments' && !message.currentFile ? true : undefined),
      action,
    );
  }

  it('is offered with its tokens, and nothing of it is read from the disk or sent', async () => {
    await open('offered.py', 'a = 1\n');
    const offer = await offered(refresh);
    assert.equal(offer.label, 'offered.py');
    assert.match(offer.tokens, /^\d+ tokens$/);
    assert.deepEqual([await sent(), context.reads, context.draft.state.references], [[], [], []]);
  });

  it('is attached when it is chosen, as any other file, and kept with the draft', async () => {
    await open('chosen.py', 'a = 1\n');
    const { id } = await offered(refresh);
    await withdrawn(() => ask({ type: 'attachCurrentFile', id }));
    context.reopen();
    assert.deepEqual(
      (await sent()).map(({ kind, label, content }) => [kind, label, content]),
      [['file', 'chosen.py', 'a = 1\n']],
    );
    await offered(() => context.attachments.remove([id]));
  });

  it('follows the editor, and a choice that comes too late attaches no other file', async () => {
    await open('first.py');
    const { id } = await offered(refresh);
    await open('second.py');
    const second = await offered(() => {
      context.attachments.editorChanged();
      clock.advance(1000);
    });
    assert.equal(second.label, 'second.py');
    ask({ type: 'attachCurrentFile', id });
    await withdrawn(() => ask({ type: 'attachCurrentFile', id: second.id }));
    assert.deepEqual(
      (await sent()).map(({ label }) => label),
      ['second.py'],
    );
  });

  it('is counted again after an edit that is not saved', async () => {
    const editor = await open('edited.py', '');
    const before = await offered(refresh);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'value = 1 + 2 + 3\n'));
    const after = await offered(() => clock.advance(1000));
    assert.equal(after.id, before.id);
    assert.ok(Number.parseInt(after.tokens, 10) > Number.parseInt(before.tokens, 10));
  });

  it('is not offered while code is selected, in binary data, or without an editor', async () => {
    const editor = await open('selected.py', 'a = 1\n');
    await offered(refresh);
    editor.selection = new vscode.Selection(0, 0, 0, 3);
    await withdrawn(refresh);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await offered(refresh);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\0'));
    await withdrawn(() => clock.advance(1000));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await open('other.py');
    await offered(refresh);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await withdrawn(refresh);
  });

  it('is not counted while the user can see no question box', async () => {
    context.isVisible = false;
    await open('hidden.py');
    const posted: ToWebviewMessage[] = [];
    const visible = next((message) => {
      posted.push(message);
      return offerOf(message);
    }, refresh);
    await sent();
    assert.ok(posted.every((message) => offerOf(message) === undefined));
    context.isVisible = true;
    refresh();
    assert.equal((await visible).label, 'hidden.py');
  });
});

function offerOf(message: ToWebviewMessage): AttachedItemView | undefined {
  return message.type === 'attachments' ? message.currentFile : undefined;
}
