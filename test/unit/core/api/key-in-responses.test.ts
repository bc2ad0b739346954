import assert from 'node:assert/strict';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer, type ScriptedReply } from '../../../server/server';
import { recordFigure } from '../../../support/promises';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../../support/wire';

const key = 'sk-Sentinel/7f+3a"9b-Qz41xWm8';
const base64 = Buffer.from(`user:${key}`).toString('base64');
const encodings: Readonly<Record<string, string>> = {
  raw: key,
  base64: Buffer.from(key).toString('base64'),
  'base64 of user:KEY': base64,
  hex: Buffer.from(key).toString('hex'),
  'JSON escapes': Array.from(key, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  URL: encodeURIComponent(key),
  HTML: Array.from(key, (c) => `&#${c.charCodeAt(0)};`).join(''),
  tags: key.replace(/.{4}/g, '$&<b>'),
};
/** All sequences of eight characters of the key in its raw, base64 and hexadecimal forms. */
const parts = [key, encodings.base64 ?? '', base64.slice(8, -4), encodings.hex ?? ''].flatMap((text) =>
  Array.from({ length: text.length - 8 }, (_, start) => text.slice(start, start + 8)),
);

function assertNoKey(value: unknown, message: string): void {
  const text = JSON.stringify(value).replaceAll('\\"', '"');
  const found = parts.find((part) => text.includes(part));
  assert.equal(found, undefined, `${message}: ${found} in ${text}`);
}

function event(choice: object): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
}

const finish = `${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`;

function deltasOf(field: string, text: string, size: number): readonly string[] {
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return [...pieces.map((piece) => event({ delta: { [field]: piece } })), finish];
}

describe('S5 The key is redacted in every part of a response:', () => {
  let api: ApiServer;
  let responseCount = 0;

  before(async () => {
    api = await startServer({ pace: NO_DELAY });
  });
  beforeEach(() => api.clear());
  after(async () => {
    recordFigure('S5', `${responseCount} answers and errors that quote the key, 0 with 8 characters of it`);
    await api.close();
  });

  function askScripted(reply: ScriptedReply, n = 1): Promise<CollectedAnswer> {
    responseCount++;
    api.script(reply);
    return collectAnswer(requestTo(api.origin, { apiKey: key, parameters: { n } }), nodeTransport);
  }

  for (const [encoding, encoded] of Object.entries(encodings)) {
    for (const field of ['content', 'reasoning_content', 'reasoning', 'refusal']) {
      it(`${encoding}, in ${field}, in deltas of any size`, async () => {
        for (const size of [1, 7]) {
          const text = `Your key ${encoded} is safe.`;
          const { events, outcome } = await askScripted({
            kind: 'stream',
            chunks: [deltasOf(field, text, size).join('')],
            end: 'close',
          });
          assert.deepEqual(outcome, { kind: 'complete' });
          assertNoKey(events, `deltas of ${size}`);
          const receivedText = events
            .flatMap((received) => ('text' in received ? received.text : []))
            .join('');
          assert.match(receivedText, /^Your key .{0,8}\[key\].{0,12} is safe\.$/s);
        }
      });
    }

    it(`${encoding}, in an answer that is not streamed`, async () => {
      const message = {
        content: `Key: ${encoded}`,
        reasoning: encoded,
        annotations: [{ [encoded]: encoded }],
      };
      const body = JSON.stringify({
        id: encoded,
        model: encoded,
        system_fingerprint: encoded,
        choices: [{ index: 0, message, finish_reason: encoded }],
        usage: { prompt_tokens: 1, [encoded]: 3 },
      });
      const headers = { 'content-type': 'application/json', 'x-request-id': encoded };
      assertNoKey(
        (await askScripted({ kind: 'status', status: 200, headers, body })).events,
        'a complete response',
      );
    });

    it(`${encoding}, in errors of every kind`, async () => {
      for (const status of [400, 401, 403, 503]) {
        for (const body of [
          JSON.stringify({ error: { message: `Wrong: ${encoded}`, code: encoded, param: encoded } }),
          `<html><title>Denied ${encoded}</title>`,
          `<p>Denied <a href="/?k=${encoded}">${encoded}</a></p>`,
          encoded,
        ]) {
          assertNoKey((await askScripted({ kind: 'status', status, body })).events, `${status} ${body}`);
        }
      }
    });

    it(`${encoding}, at the place where the reading of an error stops`, async () => {
      for (let cut = 0; cut < encoded.length; cut += 11) {
        const filler = '<i></i>'.repeat(2000).slice(0, 8192 - 14 - cut);
        assertNoKey(
          (await askScripted({ kind: 'status', status: 502, body: `${filler}You sent me: ${encoded}` }))
            .events,
          `cut ${cut}`,
        );
      }
    });

    it(`${encoding}, in the middle of a stream`, async () => {
      const textChunk = event({ delta: { content: 'So far' } });
      for (const errorChunk of [
        `data: ${JSON.stringify({ error: { message: encoded } })}\n\n`,
        `event: error\ndata: ${encoded}\n\n`,
        `data: ${encoded}\n\n`,
      ]) {
        for (const chunks of [[textChunk, errorChunk], [errorChunk]]) {
          assertNoKey((await askScripted({ kind: 'stream', chunks, end: 'close' })).events, errorChunk);
        }
      }
    });
  }

  it('cut off by the end of the answer or a broken connection', async () => {
    for (let length = 8; length < key.length; length += 3) {
      for (const end of ['close', 'destroy'] as const) {
        const { events } = await askScripted({
          kind: 'stream',
          chunks: [event({ delta: { content: `Key ${key.slice(0, length)}` } })],
          end,
        });
        assertNoKey(events, `${length} characters, ${end}`);
      }
    }
  });

  it('interleaved with deltas of other choices and texts', async () => {
    const chunks = Array.from(key).flatMap((character, position) => [
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: character } }] })}\n\n`,
      `data: ${JSON.stringify({ choices: [{ index: 1, delta: { content: String(position % 10) } }] })}\n\n`,
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning: 'hm ' } }] })}\n\n`,
    ]);
    const { events, texts } = await askScripted(
      { kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' },
      2,
    );
    assert.equal(texts[0], '[key]');
    assertNoKey(events, 'interleaved');
  });

  it('as the address of a redirect or as the content encoding', async () => {
    for (const encoded of [encodeURIComponent(key), encodeURIComponent(base64)]) {
      const location = `http://elsewhere.invalid/${encoded}`;
      assertNoKey((await askScripted({ kind: 'redirect', status: 307, location })).events, location);
      const headers = { 'content-encoding': encoded };
      assertNoKey(
        (await askScripted({ kind: 'status', status: 200, headers, body: '{}' })).events,
        'encoding',
      );
    }
  });
});
