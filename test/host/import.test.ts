import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { withoutLocalData } from '../../src/core/chat/export';
import { currentAnswer, type Conversation, type Turn } from '../../src/core/chat/conversation';
import { listEntryOf } from '../../src/core/chat/chat-list-entry';
import { exportChat } from '../../src/host/history/export';
import { chatOfBytes, importChats, ImportError } from '../../src/host/history/import';
import { serializeChat } from '../../src/host/storage/chats/chat-format';
import { scratchFolder } from '../support/scratch-folder';
import { arbitraryChat } from './arbitrary-chats';
import { withDialogs } from './dialogs';
import { recordingLog } from './recording-log';
import { asked, chatAfter, sent, text, turn } from './builders';

function onlyTurn({ turns }: Conversation): Turn {
  const [only] = turns;
  assert.ok(only && turns.length === 1);
  return only;
}

/** Adds imported chats to a list. */
function addTo(list: Conversation[]): Parameters<typeof importChats>[0] {
  return (chat) => {
    list.push(chat);
    return Promise.resolve(listEntryOf(chat));
  };
}

let ids = 0;
const newId = (): string => `id-${++ids}`;

function chatOfText(text: string, makeId: () => string): Promise<Conversation> {
  return chatOfBytes(new TextEncoder().encode(text), makeId);
}

describe('Import and export', () => {
  it('preserve every chat except its ID and its local paths', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryChat, async (chat) => {
        const exported = withoutLocalData(chat);
        const { id, ...imported } = await chatOfText(serializeChat(exported), newId);
        const { id: before, ...rest } = exported;
        assert.notEqual(id, before);
        assert.deepEqual(imported, rest);
        assert.doesNotMatch(
          JSON.stringify(exported.turns.map(({ question, versions }) => [question, versions])),
          /"source":/,
        );
      }),
      { numRuns: 200 },
    );
  });

  const invalid: Readonly<Record<string, readonly [string, RegExp]>> = {
    nothing: ['', /^The file is not JSON/],
    HTML: ['<!DOCTYPE html><title>Chat</title>', /^The file is not valid JSON: line 1$/],
    bytes: ['\u0000\ufffd\u0001', /^The file is not valid JSON: line 1$/],
    null: ['null', /^The file is neither/],
    'other JSON': ['{"name":"x","requests":[]}', /^The file is neither/],
    'an export without questions': [
      '{"responderUsername":"x","requests":[]}',
      /^The file does not contain any questions/,
    ],
    'a damaged export': [
      '{"responderUsername":"x","requests":[{"message":5}]}',
      /^The file is a damaged VS Code chat: requests\[0\]\.message$/,
    ],
    'a chat of a later version': [
      '{"version":9,"conversation":{}}',
      /^The file was created by a newer version/,
    ],
    'a damaged chat': ['{"version":3,"conversation":{"id":"a"}}', /^The file is a damaged o1-mini Chat file/],
    'lines of JSON of another program': [
      '{"type":"user","text":"Why?"}\r\n{"type":"assistant","text":"So."}\r\n',
      /^The file is neither/,
    ],
    'a chat of versions without end': [
      `{"version":3,"conversation":{"id":"a","turns":${'[{"id":"t","versions":{"before":['.repeat(20_000)}`,
      /^The file is not valid JSON/,
    ],
  };
  for (const [what, [text, message]] of Object.entries(invalid)) {
    it(`refuse ${what} with a message`, () =>
      assert.rejects(
        chatOfText(text, newId),
        (error) => error instanceof ImportError && message.test(error.message),
      ));
  }

  it('survive any file content', async () => {
    const almost = fc.record({
      version: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.jsonValue()),
      conversation: fc.jsonValue(),
      responderUsername: fc.string(),
      requests: fc.array(fc.record({ message: fc.jsonValue(), response: fc.array(fc.jsonValue()) })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          almost.map((json) => JSON.stringify(json)),
        ),
        async (text) => {
          const result = await chatOfText(text, newId).catch((error: unknown) => error);
          assert.ok(
            result instanceof ImportError ||
              (typeof result === 'object' && result !== null && 'turns' in result),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  describe('with their dialogs', () => {
    const { window } = vscode;
    const originals = { showOpenDialog: window.showOpenDialog, showSaveDialog: window.showSaveDialog };
    afterEach(() => Object.assign(window, originals));

    it('import the files that can be read, and say for each other file why it cannot', async () => {
      const from = scratchFolder();
      const paths = ['big.json', 'bad.json', 'good.json'].map((name) => join(from, name));
      const [big = '', bad = '', good = ''] = paths;
      writeFileSync(big, Buffer.alloc(100 * 1024 * 1024, ' '));
      writeFileSync(bad, '<html>');
      writeFileSync(good, serializeChat({ id: 'a', turns: [turn('Why?', 'So.')] }));
      let extensions: readonly string[] = [];
      Object.assign(window, {
        showOpenDialog: ({ filters = {} }: vscode.OpenDialogOptions) => {
          extensions = Object.values(filters).flat();
          return Promise.resolve(paths.map((path) => vscode.Uri.file(path)));
        },
      });
      await withDialogs(
        () => undefined,
        async (shown) => {
          const added: Conversation[] = [];
          const chat = (await importChats(addTo(added), newId, recordingLog().log)).at(-1)?.chat;
          assert.ok(chat);
          assert.deepEqual(added, [chat]);
          assert.match(JSON.stringify(chat), /Why\?/);
          assert.deepEqual(
            shown.map(({ message }) => message),
            [
              'big.json was not imported. The file is larger than 64 MB.',
              'bad.json was not imported. The file is not valid JSON: line 1',
            ],
          );
          assert.deepEqual(extensions, ['json', 'jsonl']);
        },
      );
    });

    it('treat a running answer as broken off, because it is billed where it was asked', async () => {
      const from = scratchFolder();
      const path = join(from, 'running.json');
      const running = chatAfter([asked('Why?'), sent(), text('So far')]);
      assert.equal(currentAnswer(onlyTurn(running)).status.kind, 'answering');
      writeFileSync(path, serializeChat(running));
      Object.assign(window, { showOpenDialog: () => Promise.resolve([vscode.Uri.file(path)]) });
      const chat = (await importChats(addTo([]), newId, recordingLog().log)).at(-1)?.chat;
      assert.ok(chat);
      const { status, choices } = currentAnswer(onlyTurn(chat));
      assert.deepEqual([status.kind, choices[0]?.text], ['incomplete', 'So far']);
    });

    /** Exports a chat of one turn to a file of this name; returns its text and the name that was suggested. */
    async function exportTurn(name: string, only: Turn): Promise<{ text: string; suggested: string }> {
      const path = join(scratchFolder(), name);
      let suggested = '';
      Object.assign(window, {
        showSaveDialog: ({ defaultUri }: vscode.SaveDialogOptions) => {
          suggested = defaultUri?.path.split('/').at(-1) ?? '';
          return Promise.resolve(vscode.Uri.file(path));
        },
      });
      await withDialogs(
        () => undefined,
        () => exportChat({ id: 'a', turns: [only] }, undefined),
      );
      return { text: readFileSync(path, 'utf8'), suggested };
    }

    for (const [name, pattern] of [
      ['chat.md', /^# Why\?\n\n## You\n\n[^]*Why\?\n\n## o1-mini\n\nSo\.\n$/],
      ['chat.JSON', /^\{"version":4,/],
    ] as const) {
      it(`write ${name} in the format of its extension`, async () => {
        const { text, suggested } = await exportTurn(name, turn('Why?', 'So.'));
        assert.match(text, pattern);
        assert.equal(suggested, 'Why.md');
      });
    }

    const names: readonly (readonly [string, string])[] = [
      ['Why: a/b\\c?', 'Why a b c.md'],
      ['...', 'chat.md'],
      ['CON', 'chat CON.md'],
      ['aux.h', 'chat aux.h.md'],
      ['Com1', 'chat Com1.md'],
      ['lpt9 .x', 'chat lpt9 .x.md'],
      ['Console', 'Console.md'],
      ['com', 'com.md'],
      ['null', 'null.md'],
      ['.gitignore', 'gitignore.md'],
      ['质数有哪些？', '质数有哪些？.md'],
    ];
    for (const [question, name] of names) {
      it(`suggest a file name that every system allows: ${name}`, async () => {
        assert.equal((await exportTurn('chat.md', turn(question, 'So.'))).suggested, name);
      });
    }

    it('write no date if the date of a chat is invalid', async () => {
      const { text } = await exportTurn('chat.md', { ...turn('Why?', 'So.'), askedAt: 1e300 });
      assert.match(text, /^# Why\?\n\n## You\n\nWhy\?\n/);
    });
  });
});
