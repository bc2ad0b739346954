import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { emptyConversation, reduce, type Conversation } from '../../src/core/chat/conversation';
import { serializeChat } from '../../src/host/storage/chat-format';
import { createChatStore, type ChatStore } from '../../src/host/storage/chats';
import { manualClock } from '../support/wire';
import { chatFolder } from './chat-folder';

function chat(id: string, answer: string): Conversation {
  const attachment = { kind: 'selection', label: 'a.py:1-2', language: 'python', content: 'x' } as const;
  const question = { text: 'Why?', attachments: [attachment] };
  const asked = reduce(emptyConversation(id), { type: 'asked', turnId: 't', question, at: 1 });
  const text = reduce(asked, { type: 'answer', event: { type: 'text', index: 0, text: answer }, at: 2 });
  const outcome = { kind: 'failed', error: { kind: 'timeout', phase: 'idle', seconds: 5 } } as const;
  return reduce(text, { type: 'answer', event: { type: 'ended', outcome }, at: 3 });
}

describe('The chats on disk', () => {
  const log = vscode.window.createOutputChannel('chats under test', { log: true });
  const clock = manualClock();
  let folder: string;
  let store: ChatStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'o1mini-chats-'));
    store = createChatStore(chatFolder(folder, log), clock);
  });
  after(() => log.dispose());

  it('come back as they were saved', async () => {
    const saved = chat('a', 'Because $x$ \u{1f600}');
    store.save(saved);
    store.setCurrent('a');
    await store.flush();
    assert.deepEqual(await createChatStore(chatFolder(folder, log), clock).load(), saved);
  });

  it('are called by their files, also one that was copied', async () => {
    writeFileSync(join(folder, 'copy.json'), serializeChat(chat('a', 'Because.')));
    assert.equal((await store.read('copy'))?.id, 'copy');
  });

  it('keep the one before a new chat', async () => {
    for (const id of ['a', 'b']) {
      store.save(chat(id, id));
      store.setCurrent(id);
      await store.flush();
    }
    assert.deepEqual(readdirSync(folder).sort(), ['a.json', 'b.json', 'current-chat.txt']);
    assert.equal((await store.load())?.id, 'b');
  });

  it('keep the last words of the one before a new chat, though they are still to be written', async () => {
    store.save(chat('a', 'first'));
    store.save(chat('a', 'last words'));
    store.save(chat('b', 'new'));
    store.setCurrent('b');
    await store.flush();
    assert.match(readFileSync(join(folder, 'a.json'), 'utf8'), /last words/);
    assert.equal((await store.load())?.id, 'b');
  });

  it('are written in the end though they change all the time, the last state last', async () => {
    for (let length = 1; length <= 100; length++) {
      store.save(chat('a', 'x'.repeat(length)));
      clock.advance(10);
    }
    clock.advance(1000);
    await store.flush();
    assert.equal((await store.read('a'))?.turns[0]?.answers[0].choices[0]?.text.length, 100);
  });

  it('keep the last words of two chats that are answered at once, and which of them is shown', async () => {
    store.setCurrent('a');
    for (let length = 1; length <= 100; length++) {
      for (const id of ['a', 'b']) store.save(chat(id, id.repeat(length)));
      clock.advance(10);
    }
    await store.flush();
    for (const id of ['a', 'b']) {
      const written = await createChatStore(chatFolder(folder, log), clock).read(id);
      assert.equal(written?.turns[0]?.answers[0].choices[0]?.text, id.repeat(100));
    }
    assert.equal((await store.load())?.id, 'a');
  });

  it('are read as they were saved last, though that is still to be written', async () => {
    for (const words of ['first', 'last words']) store.save(chat('a', words));
    assert.equal((await store.read('a'))?.turns[0]?.answers[0].choices[0]?.text, 'last words');
  });

  it('have none for a new one in which nothing was asked', async () => {
    store.setCurrent('a');
    await store.flush();
    assert.equal(await store.load(), undefined);
  });

  for (const garbage of [
    '',
    '{',
    '[]',
    '{"version":2}',
    '{"version":1,"conversation":{"id":"a","turns":[{}]}}',
  ]) {
    it(`start anew, and say so in the log, where the file holds ${JSON.stringify(garbage)}`, async () => {
      writeFileSync(join(folder, 'current-chat.txt'), 'a');
      writeFileSync(join(folder, 'a.json'), garbage);
      assert.equal(await store.load(), undefined);
      assert.equal(readFileSync(join(folder, 'a.json'), 'utf8'), garbage);
    });
  }
});
