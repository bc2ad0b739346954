import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { serializeChat } from '../../src/host/storage/chats/chat-format';
import { scratchFolder } from '../support/scratch-folder';
import { messagesDuring } from './dialogs';
import { createHistoryTestContext, singleTurnChat, type HistoryTestContext } from './history-test-context';

const FULL = 'The disk is full. Free some space, then try again.';

describe('An action in the chat history that cannot write', () => {
  const { window } = vscode;
  const { showOpenDialog } = window;
  let context: HistoryTestContext;

  beforeEach(() => {
    context = createHistoryTestContext();
    context.put(singleTurnChat('a', 'Why?'));
  });
  afterEach(() => Object.assign(window, { showOpenDialog }));

  async function messageOf(act: () => Promise<unknown>): Promise<string> {
    const [shown, ...more] = await messagesDuring(act);
    assert.ok(shown && more.length === 0);
    return shown.message;
  }

  function failWrites(code: string): void {
    const fail = (): Promise<never> =>
      Promise.reject(Object.assign(new Error(`${code}: write 'x'`), { code }));
    Object.assign(context.store, { add: fail, change: fail, setDeleted: fail });
  }

  /** Lets the user choose a file with this content; without it, there is no such file. */
  function choose(name: string, content?: string): void {
    const path = join(scratchFolder(), name);
    if (content !== undefined) writeFileSync(path, content);
    Object.assign(window, { showOpenDialog: () => Promise.resolve([vscode.Uri.file(path)]) });
  }

  const cases: readonly (readonly [string, (folder: string) => string])[] = [
    ['ENOSPC', () => FULL],
    ['EDQUOT', () => FULL],
    ['EROFS', (folder) => `VS Code has no permission to write to ${folder}.`],
    ['EACCES', (folder) => `VS Code has no permission to write to ${folder}.`],
    ['EIO', () => "EIO: write 'x'"],
  ];
  for (const [code, reason] of cases) {
    it(`says in the words of the user why: ${code}`, async () => {
      failWrites(code);
      choose('chat.json', serializeChat(singleTurnChat('b', 'Why?')));
      const expected = reason(context.folder);
      const imported = await messageOf(() => context.handle({ kind: 'import' }));
      assert.equal(imported, `chat.json was not imported. ${expected}`);
      const renamed = await messageOf(() => context.handle({ kind: 'rename', chat: 'a', title: 'x' }));
      assert.equal(renamed, `The action failed: ${expected}`);
      const deleted = await messageOf(() => context.handle({ kind: 'delete', chat: 'a' }));
      assert.equal(deleted, `The action failed: ${expected}`);
    });
  }

  it('says so if the file to import is not there any more', async () => {
    choose('gone.json');
    assert.equal(
      await messageOf(() => context.handle({ kind: 'import' })),
      'gone.json was not imported. The file no longer exists, or VS Code has no permission to read it.',
    );
  });
});
