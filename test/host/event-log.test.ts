import assert from 'node:assert/strict';
import type { ChatError, ChatEvent } from '../../src/core/api';
import { logEvent } from '../../src/host/chat/event-log';
import { nodeTransport } from '../../src/platform/node/transport';
import { faults } from '../server/faults/menu';
import { startServer } from '../server/server';
import { startFaultServer } from '../support/fault-server';
import { collectAnswer, requestTo } from '../support/wire';
import { lines, listeningLog } from './listening-log';
import { accepted, billed, complete, failed, finished, sent, stopped, text, used } from './builders';

const key = 'sk-Sentinel7f3a9b';
const question = 'How do I hide the treasure?';
const words = 'Under the old oak';

function logged(...events: readonly ChatEvent[]): readonly string[] {
  const { log, written } = listeningLog();
  for (const event of events) logEvent(log, event);
  return lines(written);
}

describe('The log', () => {
  const answering: readonly ChatEvent[] = [
    sent(7),
    { type: 'identified', call: 0, identity: { id: 'chatcmpl-1', model: 'o1-mini' } },
    { type: 'reasoning', index: 0, text: words },
    text(words),
    { type: 'refusal', index: 0, text: words },
    { type: 'annotated', index: 0, annotations: [{ quote: words }] },
  ];
  for (const event of answering) {
    it(`says nothing of what the model says: ${event.type}`, () => {
      assert.ok(!logged(event).join().includes(words));
    });
  }

  it('names the request, what it used and cost, and how it ended, for who has to look into it', () => {
    const all = logged(
      accepted(['req-1', 'inf-2']),
      finished('stop'),
      used({ promptTokens: 11 }),
      billed(0.25),
      complete,
    ).join('\n');
    for (const fact of ['201', 'req-1', 'inf-2', 'stop', '11', '0.25', 'complete']) {
      assert.ok(all.includes(fact), `${fact} in ${all}`);
    }
    assert.match(logged(stopped).join(), /stopped/);
  });

  it('says why a request failed, was corrected, or is sent again', () => {
    const error: ChatError = { kind: 'server', status: 503, message: 'down', requestId: 'req-9' };
    const corrected = { type: 'corrected', correction: 'no-seed', because: 'Unknown seed' } as const;
    assert.match(
      logged({ type: 'retrying', call: 0, attempt: 1, of: 2, delayMs: 500.4, error }).join(),
      /down.*1 of 2.*500 ms/,
    );
    assert.match(logged(corrected).join(), /Unknown seed.*no-seed/);
    assert.match(logged(failed(error)).join(), /503.*down.*req-9/);
  });

  it('has neither key nor question nor answer, whatever a server does', async () => {
    const server = await startFaultServer();
    try {
      for (const fault of faults.values()) {
        const changes = { apiKey: key, messages: [{ role: 'user', content: question }] } as const;
        const { events } = await server.meet(fault, changes);
        const all = logged(...events).join('\n');
        assert.ok(!all.includes(key) && !all.includes(question), `${fault.name}: ${all}`);
        if (fault.expected.text !== '')
          assert.ok(!all.includes(fault.expected.text), `${fault.name}: ${all}`);
        assert.doesNotMatch(all, /lost|Zwölf|Türme/, fault.name);
        server.api.clear();
      }
    } finally {
      await server.api.close();
    }
  });

  it('has no word of an answer that broke in the middle of one', async () => {
    const api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      const chunk = JSON.stringify({ choices: [{ index: 0, delta: { content: words } }] });
      for (const chunks of [
        [`data: ${chunk.slice(0, -3)}\n\n`],
        [`{"choices":[{"message":{"content":"${words}`],
        [`data: ${words}\n\n`],
        ['data: {"choices":[{"delta":{"content":"So "}}]}\n\n', `data: ${chunk.slice(0, -3)}\n\n`],
        ['data: {"choices":[{"delta":{"content":"So "}}]}\n\n', `data: ${words}\n\n`],
      ]) {
        api.script({ kind: 'stream', chunks, end: 'close' });
        const { events, outcome } = await collectAnswer(requestTo(api.origin), nodeTransport);
        assert.equal(outcome.kind, 'failed');
        const all = logged(...events).join('\n');
        assert.ok(!all.includes(words), all);
      }
    } finally {
      await api.close();
    }
  });
});

describe('S5 The log holds no word of a question that a server quotes', () => {
  const sent = [`${question}\n\nIt is "under" the old oak, said Jürgen.`, 'Be brief and polite, always.'];
  const echoes: Readonly<Record<string, string>> = {
    'as it is': sent[0] ?? '',
    'in quotation marks': `Invalid prompt: "${question}" was flagged`,
    'cut at its end': `Cannot answer "${question.slice(0, 20)}…"`,
    'cut at its beginning': `… ${question.slice(9)} is not allowed`,
    'as JSON': JSON.stringify(JSON.stringify(sent[0])),
    'with escaped letters': 'said J\\u00fcrgen, "It is \\"under\\" the old oak"',
    'of the instructions': 'You said: Be brief and polite, always.',
  };

  function assertNothingOf(all: string): void {
    for (const text of sent) {
      for (let at = 0; at + 8 <= text.length; at++) {
        const part = text.slice(at, at + 8);
        assert.ok(!all.includes(part), `${JSON.stringify(part)} in ${all}`);
      }
    }
  }

  for (const [how, message] of Object.entries(echoes)) {
    it(how, () => {
      const { log, written } = listeningLog();
      const errors: readonly ChatError[] = [
        { kind: 'bad-request', status: 400, message, requestId: message },
        { kind: 'server', status: 500, message },
        { kind: 'broken-off', message },
        { kind: 'unreadable', detail: message },
        { kind: 'not-an-answer', detail: `<html>${message}` },
        { kind: 'redirected', to: message },
      ];
      const events: readonly ChatEvent[] = [
        { type: 'corrected', correction: 'no-seed', because: message },
        accepted([message]),
        finished(message),
        used({ promptTokens: 1, others: [{ name: message, tokens: 3 }] }),
        ...errors.flatMap((error): ChatEvent[] => [
          { type: 'retrying', call: 0, attempt: 1, of: 2, delayMs: 1, error },
          failed(error),
        ]),
      ];
      for (const event of events) logEvent(log, event, () => sent);
      const all = lines(written).join('\n');
      assertNothingOf(all);
      assert.match(all, /"kind":"bad-request","status":400/);
    });
  }

  it('and keeps the other words of the server, which say what is wrong', () => {
    const { log, written } = listeningLog();
    logEvent(log, failed({ kind: 'server', status: 503, message: `Overloaded: "${question}"` }), () => sent);
    assert.match(lines(written).join(), /"kind":"server","status":503,"message":"Overloaded: \\"…\\""/);
  });

  it('in no time, though the question has megabytes', () => {
    const { log } = listeningLog();
    const started = performance.now();
    const error: ChatError = { kind: 'server', status: 500, message: 'a'.repeat(500) };
    logEvent(log, failed(error), () => ['a'.repeat(2_000_000), 'Overloaded '.repeat(100_000)]);
    assert.ok(performance.now() - started < 10_000);
  });
});
