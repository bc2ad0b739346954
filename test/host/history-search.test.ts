import assert from 'node:assert/strict';
import type { HistoryUpdate } from '../../src/protocol/history';
import {
  singleTurnChat,
  createHistoryTestContext,
  historyWebview,
  type HistoryTestContext,
} from './history-test-context';
import { turn } from './builders';

type SearchResults = Extract<HistoryUpdate, { kind: 'searchResults' }>;

describe('A search in the chat history', () => {
  let context: HistoryTestContext;

  beforeEach(() => {
    context = createHistoryTestContext();
  });

  it('finds text in questions, answers and hidden versions, ignoring case', async () => {
    const plain = turn('x', 'y');
    const versions = { before: [[turn('An OLD version', 'z')] as const], after: [] };
    context.put(
      singleTurnChat('question', 'Where is the Needle?'),
      singleTurnChat('answer', 'Where?', `${'hay '.repeat(100)}"needle"\nin ${'hay '.repeat(100)}`),
      singleTurnChat('none', 'Hay?'),
      { id: 'version', turns: [{ ...plain, versions }] },
    );
    await context.list();
    await context.handle({ kind: 'search', search: 1, query: 'needle' });
    assert.deepEqual(context.hits().toSorted(), ['answer', 'question']);
    const snippets = context.updates.flatMap((update) =>
      update.kind === 'searchResults' ? update.hits : [],
    );
    const inAnswer = snippets.find(({ id }) => id === 'answer')?.snippet;
    assert.match(
      `${inAnswer?.before}[${inAnswer?.found}]${inAnswer?.after}`,
      /^…[hay ]+"\[needle\]" in hay[hay ]+…$/,
    );
    assert.deepEqual((context.updates.at(-1) as SearchResults).done, true);
    context.updates.splice(0);
    await context.handle({ kind: 'search', search: 2, query: '"needle"\nin' });
    assert.deepEqual(context.hits(), ['answer']);
    context.updates.splice(0);
    await context.handle({ kind: 'search', search: 3, query: 'old version' });
    assert.deepEqual(context.hits(), ['version']);
  });

  it('ends when the next search starts, and then posts nothing more', async () => {
    context.put(...Array.from({ length: 200 }, (_, index) => singleTurnChat(`c${index}`, 'Needle')));
    await context.list();
    context.updates.splice(0);
    const first = context.handle({ kind: 'search', search: 1, query: 'needle' });
    const second = context.handle({ kind: 'search', search: 2, query: '' });
    await Promise.all([first, second]);
    assert.deepEqual(context.updates, []);
  });

  it('continues when another webview searches or stops', async () => {
    context.put(singleTurnChat('a', 'Needle'), singleTurnChat('b', 'Pin'));
    await context.list();
    const otherUpdates: HistoryUpdate[] = [];
    const other = historyWebview((update) => otherUpdates.push(update));
    const first = context.handle({ kind: 'search', search: 1, query: 'needle' });
    await Promise.all([
      first,
      context.handle({ kind: 'search', search: 1, query: 'pin' }, other),
      context.handle({ kind: 'search', search: 2, query: '' }, other),
    ]);
    assert.deepEqual(context.hits(), ['a']);
    assert.deepEqual(otherUpdates, []);
  });

  it('finds questions asked after the list was read, and chats that are not listed yet', async () => {
    context.put(singleTurnChat('a', 'Needle'));
    const listing = context.handle({ kind: 'list' });
    await context.handle({ kind: 'search', search: 1, query: 'needle' });
    assert.deepEqual(context.hits(), ['a']);
    await listing;
    context.sessions.show(singleTurnChat('b', 'A needle, too'));
    context.sessions.shown.change({ type: 'renamed', title: 'Points' });
    context.updates.splice(0);
    await context.handle({ kind: 'search', search: 2, query: 'needle' });
    assert.deepEqual(context.hits().toSorted(), ['a', 'b']);
  });
});
