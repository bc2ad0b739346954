import assert from 'node:assert/strict';
import { bytes, collectAnswer, requestTo, transportOf } from '../../../../support/wire';

function chunk(content: string, reason: string | null = null): string {
  return JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: reason }] });
}

const [hi, you] = [chunk('Hi'), chunk(' you', 'stop')];

/** The same answer as servers and proxies send it. */
const forms: Readonly<Record<string, string>> = {
  'events without a blank line between them': `data: ${hi}\ndata: ${you}\ndata: [DONE]\n`,
  'two chunks in one event': `data: ${hi}\ndata: ${you}\n\ndata: [DONE]\n\n`,
  'events in events': `data: data: ${hi}\ndata: \n\ndata: data: ${you}\ndata: \n\ndata: data: [DONE]\n\n`,
  'a field that is written twice': `data: data: ${hi}\n\ndata: data: ${you}\n\n`,
  'an end without brackets': `data: ${hi}\n\ndata: ${you}\n\ndata: DONE\n\n`,
  'an end in lower case': `data: ${hi}\n\ndata: ${you}\n\ndata: [done]\n\n`,
  'carriage returns, and a byte order mark': `\ufeffdata: ${hi}\r\rdata: ${you}\r\r`,
  'a chunk on each line': `${hi}\n${you}\n`,
  'a list of chunks': `[${hi},${you}]`,
  'the texts of the older Completions API':
    'data: {"choices":[{"index":0,"text":"Hi you","finish_reason":"stop"}]}\n\n',
  'a code of success beside a chunk': `data: {"code":"0","msg":"success"}\n\ndata: ${hi}\n\ndata: ${you}\n\n`,
};

/** What servers write into a stream in place of JSON, and the message that is shown. */
const errorTexts: readonly (readonly [text: string, message: string])[] = [
  ['data: Internal Server Error\n\n', 'Internal Server Error'],
  ['data: Error: the model has crashed\n\n', 'Error: the model has crashed'],
  ['data: upstream request timeout\n\n', 'upstream request timeout'],
  ['{"error":"the runner has stopped"}\n', 'the runner has stopped'],
  ['data: {"detail":{"message":"no memory left"}}\n\n', 'no memory left'],
  ['data: {"code":503,"msg":"busy"}\n\n', 'busy'],
];

describe('An answer', () => {
  for (const [form, body] of Object.entries(forms)) {
    it(`is read in the form of ${form}, whatever its packets are`, async () => {
      const whole = bytes(body);
      for (const chunks of [[whole], Array.from(whole, (_, index) => whole.subarray(index, index + 1))]) {
        const { texts, outcome } = await collectAnswer(
          requestTo('http://127.0.0.1'),
          transportOf({ chunks }),
        );
        assert.deepEqual([texts, outcome], [['Hi you'], { kind: 'complete' }]);
      }
    });
  }

  for (const [text, message] of errorTexts) {
    it(`is interrupted by a text that reports an error: ${text.trim()}`, async () => {
      const chunks = [bytes(`data: ${hi}\n\n`), bytes(text)];
      const { texts, outcome } = await collectAnswer(requestTo('http://127.0.0.1'), transportOf({ chunks }));
      assert.deepEqual(texts, ['Hi']);
      assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'broken-off', message } });
    });
  }

  it('is incomplete if the last of its lines is cut off', async () => {
    const chunks = [bytes(`${hi}\n${you.slice(0, 20)}`)];
    const { texts, outcome } = await collectAnswer(requestTo('http://127.0.0.1'), transportOf({ chunks }));
    assert.deepEqual([texts, outcome], [['Hi'], { kind: 'failed', error: { kind: 'truncated' } }]);
  });

  for (const repeated of ['data:', 'data: \n', 'error ', '[DONE] ', '{\n', '"', '\n']) {
    it(`cannot slow down the client with an event that repeats ${JSON.stringify(repeated)}`, async () => {
      const chunks = [bytes(`data: x${repeated.repeat(100_000)}\n\n`)];
      const { outcome } = await collectAnswer(requestTo('http://127.0.0.1'), transportOf({ chunks }));
      assert.equal(outcome.kind, 'failed');
    });
  }
});

describe('A web page in place of an answer', () => {
  for (const page of [
    '<!doctype html><html><head><title>Sign in</title></head>',
    '<!-- built --><html><title>Sign in</title>',
    '\ufeff<HTML><TITLE>Sign in</TITLE>',
  ]) {
    it(`offers the other reading of the address, and nothing is counted: ${page}`, async () => {
      const transport = transportOf({ chunks: [bytes(page)], status: 200, contentType: 'text/html' });
      const { events, outcome } = await collectAnswer(requestTo('http://127.0.0.1:5/v1'), transport);
      assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'wrong-address');
      const { status, message, alternative } = outcome.error;
      assert.deepEqual(
        [status, message, alternative],
        [200, 'Sign in', 'http://127.0.0.1:5/chat/completions'],
      );
      assert.ok(events.some(({ type }) => type === 'rejected'));
    });
  }
});
