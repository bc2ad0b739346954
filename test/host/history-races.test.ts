import assert from 'node:assert/strict';
import { createSessions } from '../../src/core/chat/sessions';
import type { StoredListEntry } from '../../src/core/chat/stored-chat';
import { createChatList } from '../../src/host/history/chat-list';
import type { ChatStore } from '../../src/host/storage/chats/chat-store';
import { nodeTransport } from '../../src/platform/node/transport';
import type { HistoryUpdate } from '../../src/protocol/history';
import { clientServicesOver } from '../support/wire';
import {
  createHistoryTestContext,
  historyWebview,
  singleTurnChat,
  type HistoryTestContext,
} from './history-test-context';
import { recordingLog } from './recording-log';

describe('The chat history, where something changes while it reads,', () => {
  let context: HistoryTestContext;

  beforeEach(() => {
    context = createHistoryTestContext();
  });

  /** Lets this chat be read only when the returned function is called. */
  function delayReading(slow: string): () => void {
    const { store } = context;
    const read = store.read.bind(store);
    const delay = Promise.withResolvers<undefined>();
    const delayed: ChatStore['read'] = async (id) => {
      if (id === slow) await delay.promise;
      return read(id);
    };
    Object.assign(store, { read: delayed });
    return () => delay.resolve(undefined);
  }

  it('shows the chat that was opened last, also if an earlier one takes longer to read', async () => {
    context.put(singleTurnChat('a', 'Why?'), singleTurnChat('b', 'How?'));
    const finish = delayReading('a');
    const first = context.handle({ kind: 'open', chat: 'a' });
    await context.handle({ kind: 'open', chat: 'b' });
    finish();
    await first;
    assert.equal(context.sessions.shown.conversation.id, 'b');
  });

  it('opens a chat once on a double-click, and leaves it in its workspace', async () => {
    context.putElsewhere(singleTurnChat('a', 'Why?'));
    const open = (): Promise<unknown> => context.handle({ kind: 'open', chat: 'a' });
    assert.deepEqual(await Promise.all([open(), open()]), [{ kind: 'opened' }, { kind: 'opened' }]);
    assert.equal(context.sessions.shown.conversation.id, 'a');
    context.sessions.shown.change({ type: 'renamed', title: 'Reasons' });
    await context.store.flush();
    const [chat] = await context.list(context.otherWindow());
    assert.deepEqual([chat?.title, chat?.workspace], ['Reasons', 'elsewhere']);
  });

  it('stays with a new chat that was begun while another one was read', async () => {
    context.put(singleTurnChat('a', 'Why?'));
    const finish = delayReading('a');
    const opening = context.handle({ kind: 'open', chat: 'a' });
    context.sessions.show();
    const { shown } = context.sessions;
    finish();
    await opening;
    assert.equal(context.sessions.shown, shown);
  });

  it('lists a chat as it is when the list is posted, not as it was before the drafts were read', async () => {
    let entries: readonly StoredListEntry[] = [
      { id: 'a', title: 'Old', pinned: false, date: 1, questions: 1 },
    ];
    const reading = Promise.withResolvers<[]>();
    const index = {
      known: () => Promise.resolve(entries),
      verify: () => Promise.resolve({ damaged: 0, laterVersion: 0, unreadable: 0 }),
      onDidChange: () => () => undefined,
    };
    const updates: HistoryUpdate[] = [];
    const list = createChatList({
      chats: { index, unsaved: { chats: [], failure: undefined } } as unknown as ChatStore,
      drafts: { orphans: () => reading.promise },
      workspace: undefined,
      sessions: createSessions({ ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() }),
      postAll: historyWebview(() => undefined),
      log: recordingLog().log,
    });
    const listing = list.list((update) => updates.push(update));
    await new Promise(setImmediate);
    entries = entries.map((entry) => ({ ...entry, title: 'New' }));
    reading.resolve([]);
    await listing;
    const [posted] = updates;
    assert.deepEqual(posted?.kind === 'list' && posted.chats.map(({ title }) => title), ['New']);
  });

  it('dates a chat whose questions have no date by its file, also while it is open', async () => {
    const undated = singleTurnChat('a', 'Why?');
    const turns = undated.turns.map((turn) => ({ ...turn, askedAt: 0 }));
    const before = Date.now() - 60_000;
    await context.store.add({ conversation: { ...undated, turns } });
    const isDated = async (): Promise<boolean> => ((await context.list())[0]?.date ?? 0) > before;
    assert.equal(await isDated(), true);
    await context.handle({ kind: 'open', chat: 'a' });
    assert.equal(await isDated(), true);
  });
});
