import assert from 'node:assert/strict';
import type { HistoryUpdate } from '../../src/protocol/history';
import { made, openHistoryBench, page, type HistoryBench } from './history-bench';
import { turn } from './builders';

type Found = Extract<HistoryUpdate, { kind: 'searchResults' }>;

describe('A search in the texts of chats', () => {
  let bench: HistoryBench;

  beforeEach(() => {
    bench = openHistoryBench();
  });

  it('finds words in questions, answers and versions that are not shown, in whatever case', async () => {
    const plain = turn('x', 'y');
    const versions = { before: [[turn('An OLD version', 'z')] as const], after: [] };
    bench.put(
      made('question', 'Where is the Needle?'),
      made('answer', 'Where?', `${'hay '.repeat(100)}"needle"\nin ${'hay '.repeat(100)}`),
      made('none', 'Hay?'),
      { id: 'version', turns: [{ ...plain, versions }] },
    );
    await bench.list();
    await bench.ask({ kind: 'search', search: 1, query: 'needle' });
    assert.deepEqual(bench.hits().toSorted(), ['answer', 'question']);
    const snippets = bench.said.flatMap((update) => (update.kind === 'searchResults' ? update.hits : []));
    const inAnswer = snippets.find(({ id }) => id === 'answer')?.snippet;
    assert.match(
      `${inAnswer?.before}[${inAnswer?.found}]${inAnswer?.after}`,
      /^…[hay ]+"\[needle\]" in hay[hay ]+…$/,
    );
    assert.deepEqual((bench.said.at(-1) as Found).done, true);
    bench.said.splice(0);
    await bench.ask({ kind: 'search', search: 2, query: '"needle"\nin' });
    assert.deepEqual(bench.hits(), ['answer']);
    bench.said.splice(0);
    await bench.ask({ kind: 'search', search: 3, query: 'old version' });
    assert.deepEqual(bench.hits(), ['version']);
  });

  it('stops a search at the next, and says nothing of it any more', async () => {
    bench.put(...Array.from({ length: 200 }, (_, index) => made(`c${index}`, 'Needle')));
    await bench.list();
    bench.said.splice(0);
    const first = bench.ask({ kind: 'search', search: 1, query: 'needle' });
    const second = bench.ask({ kind: 'search', search: 2, query: '' });
    await Promise.all([first, second]);
    assert.deepEqual(bench.said, []);
  });

  it('leaves the search of a page alone when another page searches, or stops', async () => {
    bench.put(made('a', 'Needle'), made('b', 'Pin'));
    await bench.list();
    const others: HistoryUpdate[] = [];
    const other = page((update) => others.push(update));
    const first = bench.ask({ kind: 'search', search: 1, query: 'needle' });
    await Promise.all([
      first,
      bench.ask({ kind: 'search', search: 1, query: 'pin' }, other),
      bench.ask({ kind: 'search', search: 2, query: '' }, other),
    ]);
    assert.deepEqual(bench.hits(), ['a']);
    assert.deepEqual(others, []);
  });

  it('finds what was asked since the list was made, and what the list has not read yet', async () => {
    bench.put(made('a', 'Needle'));
    const listing = bench.ask({ kind: 'list' });
    await bench.ask({ kind: 'search', search: 1, query: 'needle' });
    assert.deepEqual(bench.hits(), ['a']);
    await listing;
    bench.sessions.show(made('b', 'A needle, too'));
    bench.sessions.shown.change({ type: 'renamed', title: 'Points' });
    bench.said.splice(0);
    await bench.ask({ kind: 'search', search: 2, query: 'needle' });
    assert.deepEqual(bench.hits().toSorted(), ['a', 'b']);
  });
});
