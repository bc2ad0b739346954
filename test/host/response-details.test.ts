import assert from 'node:assert/strict';
import type { Answer } from '../../src/core/chat/answer';
import { viewResponseDetails } from '../../src/host/views/response-details';
import {
  accepted,
  answerAfter,
  billed,
  complete,
  failed,
  finished,
  sent,
  someTerms,
  stopped,
  text,
  used,
} from './builders';

function details(answer: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(viewResponseDetails(answer).rows.map(({ label, value }) => [label, value]));
}

const identified = {
  type: 'identified',
  call: 0,
  identity: { id: 'chatcmpl-1', model: 'o1-mini-2024-09-12', fingerprint: 'fp_1' },
} as const;

const tokens = { promptTokens: 1100, completionTokens: 2200, reasoningTokens: 1500 };

describe('The notes on an answer', () => {
  it('are none before anything was sent', () => {
    assert.deepEqual(viewResponseDetails(answerAfter([])), { summary: '', rows: [] });
    const failure = failed({ kind: 'bad-address', problem: 'no-url' });
    assert.deepEqual(viewResponseDetails(answerAfter([failure])), { summary: '', rows: [] });
  });

  const whole = answerAfter(
    [
      sent(42),
      accepted(['req-1', 'inf-1']),
      identified,
      text('Because'),
      used({ ...tokens, totalTokens: 3300, cachedTokens: 50, others: [{ name: 'audio_tokens', tokens: 7 }] }),
      { type: 'annotated', index: 0, annotations: [{ url: 'https://a.example' }] },
      finished('stop'),
      billed(0.0123),
      complete,
    ],
    { ...someTerms, limit: 25_000, omitted: { turns: 2, context: true } },
  );

  it('say in a line which model, how many tokens, what price, which seed, and what was left out', () => {
    assert.equal(
      viewResponseDetails(whole).summary,
      'o1-mini-2024-09-12 · 1,100 prompt · 2,200 completion · 1,500 reasoning tokens · $0.0123 · seed 42 · ' +
        'without the 2 oldest questions, without the attached code',
    );
  });

  it('say all of it in rows', () => {
    assert.deepEqual(details(whole), {
      'Requested model': 'o1-mini, https://api.example',
      Model: 'o1-mini-2024-09-12',
      'Finish reason': 'stop',
      'Prompt tokens': '1,100',
      'Cached prompt tokens': '50',
      'Completion tokens': '2,200',
      'Reasoning tokens': '1,500',
      'Total tokens': '3,300',
      'audio tokens': '7',
      'Token limit': '25,000',
      Price: '$0.0123 (as billed by the service)',
      Seed: '42',
      Omitted: 'without the 2 oldest questions, without the attached code',
      'Time to first token': '3.0 s',
      'Total time': '9.0 s',
      Annotations: '[{"url":"https://a.example"}]',
      'Answer ID': 'chatcmpl-1',
      'Request ID': 'req-1, inf-1',
      'System fingerprint': 'fp_1',
      'HTTP status': '201',
    });
  });

  it('have no row for what nobody said', () => {
    const labels = Object.keys(details(answerAfter([sent(), text('Because'), complete])));
    assert.deepEqual(labels, ['Requested model', 'Token limit', 'Time to first token', 'Total time']);
  });

  describe('on its price', () => {
    it('give what the service billed, whatever the tokens would cost', () => {
      assert.match(
        details(answerAfter([sent(), used(tokens), billed(0.5), complete])).Price ?? '',
        /^\$0\.50 /,
      );
    });

    it('compute it from the tokens, and call it about that', () => {
      const answer = answerAfter([sent(), accepted(), used(tokens), complete]);
      assert.equal(details(answer).Price, 'about $0.0099 (estimated from tokens)');
      assert.match(viewResponseDetails(answer).summary, / · about \$0\.0099$/);
    });

    it('give the most that it can have been where no tokens were told, also for one that was stopped', () => {
      const most = 'at most $0.0041 (the service did not report token counts)';
      assert.equal(details(answerAfter([sent(), accepted(), text('So'), complete])).Price, most);
      assert.equal(details(answerAfter([sent(), stopped])).Price, most);
    });

    it('give none where the service refused it, or nobody knows a price', () => {
      const refused = failed({ kind: 'rate-limited', status: 429, message: 'slow' });
      assert.equal(details(answerAfter([sent(), refused])).Price, undefined);
      const { price, ...unknown } = someTerms;
      assert.ok(price);
      const answer = answerAfter([sent(), accepted(), used(tokens), complete], unknown);
      assert.equal(details(answer).Price, undefined);
      assert.equal(details(answer)['Prompt tokens'], '1,100');
    });
  });

  describe('on an answer that was continued', () => {
    const cut = [
      sent(5),
      accepted(['req-1']),
      text('Be'),
      used(tokens),
      finished('length'),
      billed(0.25),
      complete,
    ];
    const more = [
      { type: 'continued', terms: { ...someTerms, limit: 2000 } } as const,
      sent(6),
      accepted(['req-2']),
      text('cause'),
      used({ promptTokens: 900, completionTokens: 100, reasoningTokens: 0 }),
      finished('stop'),
    ];

    it('add up tokens and price, and name every request', () => {
      const answer = answerAfter([...cut, ...more, billed(0.5), complete]);
      const rows = details(answer);
      assert.match(
        viewResponseDetails(answer).summary,
        /2,000 prompt · 2,300 completion · 1,500 reasoning tokens · \$0\.75/,
      );
      assert.deepEqual(
        [rows.Price, rows['Request ID'], rows['Token limit'], rows['Finish reason']],
        ['$0.75 (as billed by the service)', 'req-1, req-2', '2,000', 'stop'],
      );
      assert.match(rows.Continued ?? '', /^(once|1 time)$/);
    });

    it('are as sure of the price as of its least certain part', () => {
      const answer = answerAfter([...cut, ...more, complete]);
      assert.equal(details(answer).Price, 'about $0.2513 (estimated from tokens)');
      const unsure = answerAfter([...cut, ...more.filter(({ type }) => type !== 'usage'), complete]);
      assert.match(details(unsure).Price ?? '', /^at most /);
    });
  });
});
