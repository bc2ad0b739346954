import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { withoutSources } from '../../src/core/chat/export';
import { shownChoice } from '../../src/core/chat/answer';
import { currentAnswer, type Conversation, type Turn } from '../../src/core/chat/conversation';
import { exportChat } from '../../src/host/history/export';
import { chatOfText, importChats, NoChat } from '../../src/host/history/import';
import { serializeChat } from '../../src/host/storage/chat-format';
import { anyChat } from './any-chat';
import { withDialogs } from './dialogs';
import { listeningLog } from './listening-log';
import { asked, chatAfter, sent, text, turn } from './made';

function onlyTurn({ turns }: Conversation): Turn {
  const [only] = turns;
  assert.ok(only && turns.length === 1);
  return only;
}

let ids = 0;
const newId = (): string => `id-${++ids}`;

/** As VS Code 1.139 writes it, cut to what a person would have said. */
const vscodeExport = {
  responderUsername: 'GitHub Copilot',
  initialLocation: 'panel',
  requests: [
    {
      requestId: 'request_1',
      message: { text: 'What is `f`?', parts: [{ kind: 'text', text: 'What is `f`?' }] },
      variableData: {
        variables: [
          { kind: 'paste', name: 'Pasted', code: 'f = 1', language: 'python', value: 'f = 1' },
          { kind: 'file', name: 'a.py', value: { $mid: 1, path: '/home/me/a.py', scheme: 'file' } },
        ],
      },
      response: [
        { kind: 'mcpServersStarting', didStartServerIds: [] },
        { kind: 'thinking', value: 'Hm.', id: '1' },
        { value: 'It is in ', supportThemeIcons: false },
        { kind: 'inlineReference', inlineReference: { $mid: 1, path: '/home/me/a.py', scheme: 'file' } },
        { value: ':\n\n```python\nf = 1\n```\n' },
        { kind: 'toolInvocationSerialized', toolId: 'read', isComplete: true },
        { kind: 'textEditGroup', uri: {}, edits: [[]], done: true },
        { kind: 'somethingNew', anything: 1 },
      ],
      result: { timings: {} },
      timestamp: 1_700_000_000_000,
      modelId: 'copilot/gpt-4o',
    },
    { requestId: 'request_2', message: { text: 'And g?', parts: [] }, response: [], isCanceled: true },
    {
      requestId: 'request_3',
      message: 'Old ones were strings',
      response: ['So were ', { value: 'answers' }],
      result: { errorDetails: { message: 'Sorry, your request failed.' } },
    },
    {
      requestId: 'request_4',
      message: { text: 'Undone' },
      response: [],
      shouldBeRemovedOnSend: { requestId: 'x' },
    },
  ],
};

describe('An import', () => {
  it('gives back every chat that was exported, all but its name and its places on this machine', async () => {
    await fc.assert(
      fc.asyncProperty(anyChat, async (chat) => {
        const exported = withoutSources(chat);
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

  it('takes a chat that VS Code has exported, with what there is no place for named', async () => {
    const chat = await chatOfText(`\ufeff${JSON.stringify(vscodeExport)}`, newId);
    assert.deepEqual(
      chat.turns.map(({ question }) => question.text),
      ['What is `f`?', 'And g?', 'Old ones were strings'],
    );
    const [first, second, third] = chat.turns;
    assert.ok(first && second && third);
    assert.deepEqual(first.question.attachments, [
      { kind: 'paste', label: 'Pasted', language: 'python', content: 'f = 1' },
    ]);
    assert.equal(first.askedAt, 1_700_000_000_000);
    const { text, reasoning } = shownChoice(currentAnswer(first));
    assert.equal(reasoning, 'Hm.');
    assert.equal(
      text,
      'It is in `a.py`:\n\n```python\nf = 1\n```\n\n*Left out of the import: edits of files: 1, uses of tools: 1, other things: 1.*',
    );
    const ends = chat.turns.map((each) => currentAnswer(each).status.kind);
    assert.deepEqual(ends, ['done', 'stopped', 'incomplete']);
    assert.equal(shownChoice(currentAnswer(third)).text, 'So were answers');
  });

  const wrong: Readonly<Record<string, readonly [string, RegExp]>> = {
    nothing: ['', /^It is not JSON/],
    HTML: ['<!DOCTYPE html><title>Chat</title>', /^It is not JSON/],
    bytes: ['\u0000\ufffd\u0001', /^It is not JSON/],
    null: ['null', /^It is neither/],
    'other JSON': ['{"name":"x","requests":[]}', /^It is neither/],
    'an export without questions': ['{"responderUsername":"x","requests":[]}', /^There is no question in it/],
    'a damaged export': [
      '{"responderUsername":"x","requests":[{"message":5}]}',
      /^It is an export of VS Code, but damaged: requests\[0\]\.message$/,
    ],
    'a chat of a later version': ['{"version":9,"conversation":{}}', /^It was written by a later version/],
    'a damaged chat': [
      '{"version":3,"conversation":{"id":"a"}}',
      /^It is a chat of o1-mini Chat, but damaged/,
    ],
    'a chat of versions without end': [
      `{"version":3,"conversation":{"id":"a","turns":${'[{"id":"t","versions":{"before":['.repeat(20_000)}`,
      /^It is/,
    ],
  };
  for (const [what, [text, words]] of Object.entries(wrong)) {
    it(`refuses ${what}, in words`, () =>
      assert.rejects(
        chatOfText(text, newId),
        (error) => error instanceof NoChat && words.test(error.message),
      ));
  }

  it('survives whatever a file may hold', async () => {
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
            result instanceof NoChat || (typeof result === 'object' && result !== null && 'turns' in result),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  describe('by its dialogs', () => {
    const { window } = vscode;
    const originals = { showOpenDialog: window.showOpenDialog, showSaveDialog: window.showSaveDialog };
    const folder = (): string => mkdtempSync(join(tmpdir(), 'o1mini-import-'));
    afterEach(() => Object.assign(window, originals));

    it('keeps what could be read, and says of each file why it could not be', async () => {
      const [from, to] = [folder(), folder()];
      const paths = ['big.json', 'bad.json', 'good.json'].map((name) => join(from, name));
      const [big = '', bad = '', good = ''] = paths;
      writeFileSync(big, Buffer.alloc(50 * 1024 * 1024, ' '));
      writeFileSync(bad, '<html>');
      writeFileSync(good, serializeChat({ id: 'a', turns: [turn('Why?', 'So.')] }));
      Object.assign(window, {
        showOpenDialog: () => Promise.resolve(paths.map((path) => vscode.Uri.file(path))),
      });
      await withDialogs(
        () => undefined,
        async (shown) => {
          const { log } = listeningLog();
          const chats = { uri: vscode.Uri.file(to), fs: vscode.workspace.fs, log };
          const chat = (await importChats(chats, newId)).at(-1)?.chat;
          assert.ok(chat);
          assert.match(readFileSync(join(to, `${chat.id}.json`), 'utf8'), /Why\?/);
          assert.deepEqual(
            shown.map(({ message }) => message),
            [
              'big.json was not imported. It is larger than 32 MB.',
              'bad.json was not imported. It is not JSON.',
            ],
          );
        },
      );
    });

    it('takes an answer that was still coming as broken off: it is billed where it was asked', async () => {
      const [from, to] = [folder(), folder()];
      const path = join(from, 'running.json');
      const running = chatAfter([asked('Why?'), sent(), text('So far')]);
      assert.equal(currentAnswer(onlyTurn(running)).status.kind, 'answering');
      writeFileSync(path, serializeChat(running));
      Object.assign(window, { showOpenDialog: () => Promise.resolve([vscode.Uri.file(path)]) });
      const { log } = listeningLog();
      const chats = { uri: vscode.Uri.file(to), fs: vscode.workspace.fs, log };
      const chat = (await importChats(chats, newId)).at(-1)?.chat;
      assert.ok(chat);
      const { status, choices } = currentAnswer(onlyTurn(chat));
      assert.deepEqual([status.kind, choices[0]?.text], ['incomplete', 'So far']);
    });

    /** What a chat of one turn is exported to under this name, and the name that was offered. */
    async function exported(name: string, only: Turn): Promise<{ text: string; offered: string }> {
      const path = join(folder(), name);
      let offered = '';
      Object.assign(window, {
        showSaveDialog: ({ defaultUri }: vscode.SaveDialogOptions) => {
          offered = defaultUri?.path.split('/').at(-1) ?? '';
          return Promise.resolve(vscode.Uri.file(path));
        },
      });
      await withDialogs(
        () => undefined,
        () => exportChat({ id: 'a', turns: [only] }),
      );
      return { text: readFileSync(path, 'utf8'), offered };
    }

    for (const [name, pattern] of [
      ['chat.md', /^# Why\?\n\n## You\n\n[^]*Why\?\n\n## o1-mini\n\nSo\.\n$/],
      ['chat.JSON', /^\{"version":3,"conversation":/],
    ] as const) {
      it(`export as ${name} what its name says`, async () => {
        const { text, offered } = await exported(name, turn('Why?', 'So.'));
        assert.match(text, pattern);
        assert.equal(offered, 'Why.md');
      });
    }

    it('export no date where that of a chat is none', async () => {
      const { text } = await exported('chat.md', { ...turn('Why?', 'So.'), askedAt: 1e300 });
      assert.match(text, /^# Why\?\n\n## You\n\nWhy\?\n/);
    });
  });
});
