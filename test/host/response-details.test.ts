import assert from 'node:assert/strict';
import type { Answer } from '../../src/core/chat/answer';
import { viewResponseDetails } from '../../src/host/views/view-model/response-details';
import {
  accepted,
  answerAfter,
  billed,
  complete,
  failed,
  finished,
  sent,
  defaultTerms,
  stopped,
  text,
  used,
} from './builders';

function details(answer: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(viewResponseDetails(answer).rows.map(({ label, value }) => [label, value]));
}

const identified = {
  type: 'identified',
  requestIndex: 0,
  identity: { id: 'chatcmpl-1', model: 'o1-mini-2024-09-12', fingerprint: 'fp_1' },
} as const;

const tokens = { promptTokens: 1100, completionTokens: 2200, reasoningTokens: 1500 };

describe('The details of a response', () => {
  it('are empty before anything was sent', () => {
    assert.deepEqual(viewResponseDetails(answerAfter([])), { summary: '', rows: [] });
    const failure = failed({ kind: 'bad-address', problem: 'no-url' });
    assert.deepEqual(viewResponseDetails(answerAfter([failure])), { summary: '', rows: [] });
  });

  const completeAnswer = answerAfter(
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
    { ...defaultTerms, limit: 25_000, omitted: { turns: 2, context: true } },
  );

  it('summarize model, tokens, price, seed and omissions in one line', () => {
    assert.equal(
      viewResponseDetails(completeAnswer).summary,
      'o1-mini-2024-09-12 · 1,100 prompt · 2,200 completion · 1,500 reasoning tokens · $0.0123 · seed 42 · ' +
        'without the 2 oldest questions, without the attached code',
    );
  });

  it('list all values in rows', () => {
    assert.deepEqual(details(completeAnswer), {
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

  it('have no row for a missing value', () => {
    const labels = Object.keys(details(answerAfter([sent(), text('Because'), complete])));
    assert.deepEqual(labels, ['Requested model', 'Token limit', 'Time to first token', 'Total time']);
  });

  it('count the reasoning apart, and estimate it where the service shows it and does not count it', () => {
    const thought = { type: 'reasoning', index: 0, text: 'So, it is b. '.repeat(100) } as const;
    const rows = (reasoningTokens?: number) =>
      details(
        answerAfter([
          sent(),
          accepted(),
          thought,
          text('b'),
          used({
            promptTokens: 9,
            completionTokens: 400,
            ...(reasoningTokens !== undefined && { reasoningTokens }),
          }),
          complete,
        ]),
      );
    assert.equal(rows(350)['Reasoning tokens'], '350');
    for (const reported of [undefined, 0]) assert.equal(rows(reported)['Reasoning tokens'], 'about 330');
  });

  it('show that the limit was lowered or ignored', () => {
    const lowered = { from: 100_000, by: { maxOutput: 1000 } };
    const limited = answerAfter([sent(), accepted(), complete], { ...defaultTerms, lowered });
    assert.equal(details(limited)['Token limit'], '1,000 (lowered from 100,000)');
    const ignored = { type: 'limitIgnored', requestIndex: 0, parameter: 'max_completion_tokens' } as const;
    const answer = answerAfter([sent(), accepted(), used(tokens), ignored, complete]);
    assert.equal(details(answer)['Token limit'], '1,000 (ignored by the service)');
  });

  describe('with a price', () => {
    it('show what the service billed, whatever the tokens would cost', () => {
      assert.match(
        details(answerAfter([sent(), used(tokens), billed(0.5), complete])).Price ?? '',
        /^\$0\.50 /,
      );
    });

    it('estimate it from the tokens and say so', () => {
      const answer = answerAfter([sent(), accepted(), used(tokens), complete]);
      assert.equal(details(answer).Price, 'about $0.0099 (estimated from tokens)');
      assert.match(viewResponseDetails(answer).summary, / · about \$0\.0099$/);
    });

    it('show the prices used for the calculation, those of the cache separately', () => {
      const price = { input: 1, output: 4, cachedInput: 0.1, cacheWrite: 1.25 };
      const cached = { ...tokens, cachedTokens: 500, cacheWriteTokens: 100 };
      const answer = answerAfter([sent(), accepted(), used(cached), complete], { ...defaultTerms, price });
      const rows = details(answer);
      assert.equal(rows.Price, 'about $0.0095 (estimated from tokens)');
      assert.equal(
        rows['Price per million tokens'],
        '$1.00 prompt · $0.10 cached prompt · $1.25 written to the cache · $4.00 completion',
      );
      assert.equal(rows['Prompt tokens written to the cache'], '100');
    });

    it('show the greatest possible price if token counts are missing, even for a stopped answer', () => {
      const greatestPrice = 'at most $0.0041 (the service did not report token counts)';
      assert.equal(details(answerAfter([sent(), accepted(), text('So'), complete])).Price, greatestPrice);
      assert.equal(details(answerAfter([sent(), stopped])).Price, greatestPrice);
    });

    it('show none if the service refused the request, and “not known” if no price is known', () => {
      const refused = failed({ kind: 'rate-limited', status: 429, message: 'slow' });
      assert.equal(details(answerAfter([sent(), refused])).Price, undefined);
      const { price, ...unknown } = defaultTerms;
      assert.ok(price);
      const answer = answerAfter([sent(), accepted(), used(tokens), complete], unknown);
      assert.equal(details(answer).Price, 'not known');
      assert.match(viewResponseDetails(answer).summary, / · price not known$/);
      assert.equal(details(answer)['Prompt tokens'], '1,100');
    });
  });

  describe('of a continued answer', () => {
    const firstRun = [
      sent(5),
      accepted(['req-1']),
      text('Be'),
      used(tokens),
      finished('length'),
      billed(0.25),
      complete,
    ];
    const continuation = [
      { type: 'continued', terms: { ...defaultTerms, limit: 2000 } } as const,
      sent(6),
      accepted(['req-2']),
      text('cause'),
      used({ promptTokens: 900, completionTokens: 100, reasoningTokens: 0 }),
      finished('stop'),
    ];

    it('add up tokens and prices and list every request', () => {
      const answer = answerAfter([...firstRun, ...continuation, billed(0.5), complete]);
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

    it('are as certain about the price as about its least certain part', () => {
      const answer = answerAfter([...firstRun, ...continuation, complete]);
      assert.equal(details(answer).Price, 'about $0.2513 (estimated from tokens)');
      const uncertain = answerAfter([
        ...firstRun,
        ...continuation.filter(({ type }) => type !== 'usage'),
        complete,
      ]);
      assert.match(details(uncertain).Price ?? '', /^at most /);
    });
  });
});
