import assert from 'node:assert/strict';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer, type ScriptedReply } from '../../server/server';
import { recordFigure } from '../../support/promises';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../support/wire';

const key = 'sk-Sentinel/7f+3a"9b-Qz41xWm8';
const base64 = Buffer.from(`user:${key}`).toString('base64');
const spellings: Readonly<Record<string, string>> = {
  raw: key,
  base64: Buffer.from(key).toString('base64'),
  'base64 of user:KEY': base64,
  hex: Buffer.from(key).toString('hex'),
  'JSON escapes': Array.from(key, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  address: encodeURIComponent(key),
  HTML: Array.from(key, (c) => `&#${c.charCodeAt(0)};`).join(''),
  tags: key.replace(/.{4}/g, '$&<b>'),
};
/** Parts of eight characters of the key, in the alphabets that it may be written in. */
const parts = [key, spellings.base64 ?? '', base64.slice(8, -4), spellings.hex ?? ''].flatMap((text) =>
  Array.from({ length: text.length - 8 }, (_, at) => text.slice(at, at + 8)),
);

function assertNoKey(shown: unknown, what: string): void {
  const text = JSON.stringify(shown).replaceAll('\\"', '"');
  const found = parts.find((part) => text.includes(part));
  assert.equal(found, undefined, `${what}: ${found} in ${text}`);
}

function event(choice: object): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
}

const finish = `${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`;

function deltasOf(field: string, text: string, size: number): readonly string[] {
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return [...pieces.map((piece) => event({ delta: { [field]: piece } })), finish];
}

describe('S5 Nothing that a server quotes of the key comes out of the client', () => {
  let api: ApiServer;
  let tried = 0;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  beforeEach(() => api.clear());
  after(async () => {
    recordFigure('S5', `${tried} answers and errors that quote the key, 0 with 8 characters of it`);
    await api.close();
  });

  function meet(reply: ScriptedReply, n = 1): Promise<CollectedAnswer> {
    tried++;
    api.script(reply);
    return collectAnswer(requestTo(api.origin, { apiKey: key, parameters: { n } }), nodeTransport);
  }

  for (const [how, spelling] of Object.entries(spellings)) {
    for (const field of ['content', 'reasoning_content', 'reasoning', 'refusal']) {
      it(`${how}, in ${field}, in deltas of any size`, async () => {
        for (const size of [1, 7]) {
          const text = `Your key ${spelling} is safe.`;
          const { events, outcome } = await meet({
            kind: 'stream',
            chunks: [deltasOf(field, text, size).join('')],
            end: 'close',
          });
          assert.deepEqual(outcome, { kind: 'complete' });
          assertNoKey(events, `deltas of ${size}`);
          const shown = events.flatMap((heard) => ('text' in heard ? heard.text : [])).join('');
          assert.match(shown, /^Your key .{0,8}\[key\].{0,12} is safe\.$/s);
        }
      });
    }

    it(`${how}, in an answer that is not streamed`, async () => {
      const message = {
        content: `Key: ${spelling}`,
        reasoning: spelling,
        annotations: [{ [spelling]: spelling }],
      };
      const body = JSON.stringify({
        id: spelling,
        model: spelling,
        system_fingerprint: spelling,
        choices: [{ index: 0, message, finish_reason: spelling }],
        usage: { prompt_tokens: 1, [spelling]: 3 },
      });
      const headers = { 'content-type': 'application/json', 'x-request-id': spelling };
      assertNoKey((await meet({ kind: 'status', status: 200, headers, body })).events, 'a whole answer');
    });

    it(`${how}, in errors of every kind`, async () => {
      for (const status of [400, 401, 403, 503]) {
        for (const body of [
          JSON.stringify({ error: { message: `Wrong: ${spelling}`, code: spelling, param: spelling } }),
          `<html><title>Denied ${spelling}</title>`,
          `<p>Denied <a href="/?k=${spelling}">${spelling}</a></p>`,
          spelling,
        ]) {
          assertNoKey((await meet({ kind: 'status', status, body })).events, `${status} ${body}`);
        }
      }
    });

    it(`${how}, cut where we stop reading an error`, async () => {
      for (let cut = 0; cut < spelling.length; cut += 11) {
        const filler = '<i></i>'.repeat(2000).slice(0, 8192 - 14 - cut);
        assertNoKey(
          (await meet({ kind: 'status', status: 502, body: `${filler}You sent me: ${spelling}` })).events,
          `cut ${cut}`,
        );
      }
    });

    it(`${how}, in the middle of a stream`, async () => {
      const begun = event({ delta: { content: 'So far' } });
      for (const broken of [
        `data: ${JSON.stringify({ error: { message: spelling } })}\n\n`,
        `event: error\ndata: ${spelling}\n\n`,
        `data: ${spelling}\n\n`,
      ]) {
        for (const chunks of [[begun, broken], [broken]]) {
          assertNoKey((await meet({ kind: 'stream', chunks, end: 'close' })).events, broken);
        }
      }
    });
  }

  it('cut by the end of the answer, by a break or by Stop', async () => {
    for (let length = 8; length < key.length; length += 3) {
      for (const end of ['close', 'destroy'] as const) {
        const { events } = await meet({
          kind: 'stream',
          chunks: [event({ delta: { content: `Key ${key.slice(0, length)}` } })],
          end,
        });
        assertNoKey(events, `${length} characters, ${end}`);
      }
    }
  });

  it('cut by deltas of other choices and of other texts', async () => {
    const chunks = Array.from(key).flatMap((character, at) => [
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: character } }] })}\n\n`,
      `data: ${JSON.stringify({ choices: [{ index: 1, delta: { content: String(at % 10) } }] })}\n\n`,
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning: 'hm ' } }] })}\n\n`,
    ]);
    const { events, texts } = await meet(
      { kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' },
      2,
    );
    assert.equal(texts[0], '[key]');
    assertNoKey(events, 'interleaved');
  });

  it('as the address of a redirect, or as a way to encode', async () => {
    for (const spelling of [encodeURIComponent(key), encodeURIComponent(base64)]) {
      const location = `http://elsewhere.invalid/${spelling}`;
      assertNoKey((await meet({ kind: 'redirect', status: 307, location })).events, location);
      const headers = { 'content-encoding': spelling };
      assertNoKey((await meet({ kind: 'status', status: 200, headers, body: '{}' })).events, 'encoding');
    }
  });
});
