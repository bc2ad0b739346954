import assert from 'node:assert/strict';
import type { ChatError, ChatEvent } from '../../src/core/api';
import { logEvent } from '../../src/host/chat/event-log';
import { nodeTransport } from '../../src/platform/node/transport';
import { faults } from '../server/faults/all-faults';
import { startServer } from '../server/server';
import { startFaultServer } from '../support/fault-server';
import { collectAnswer, requestTo } from '../support/wire';
import { lines, recordingLog } from './recording-log';
import { accepted, billed, complete, failed, finished, sent, stopped, text, used } from './builders';

const key = 'sk-Sentinel7f3a9b';
const question = 'How do I hide the treasure?';
const answerText = 'Under the old oak';

function logged(...events: readonly ChatEvent[]): readonly string[] {
  const { log, entries } = recordingLog();
  for (const event of events) logEvent(log, event);
  return lines(entries);
}

describe('The log', () => {
  const modelEvents: readonly ChatEvent[] = [
    sent(7),
    { type: 'identified', requestIndex: 0, identity: { id: 'chatcmpl-1', model: 'o1-mini' } },
    { type: 'reasoning', index: 0, text: answerText },
    text(answerText),
    { type: 'refusal', index: 0, text: answerText },
    { type: 'annotated', index: 0, annotations: [{ quote: answerText }] },
  ];
  for (const event of modelEvents) {
    it(`does not contain text of the model: ${event.type}`, () => {
      assert.ok(!logged(event).join().includes(answerText));
    });
  }

  it('names the request, its usage and cost, and how it ended', () => {
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

  it('says why a request failed, was corrected, or is retried', () => {
    const error: ChatError = { kind: 'server', status: 503, message: 'down', requestId: 'req-9' };
    const corrected = { type: 'corrected', correction: 'no-seed', because: 'Unknown seed' } as const;
    assert.match(
      logged({ type: 'retrying', requestIndex: 0, attempt: 1, maxAttempts: 2, delayMs: 500.4, error }).join(),
      /down.*1 of 2.*500 ms/,
    );
    assert.match(logged(corrected).join(), /Unknown seed.*no-seed/);
    assert.match(logged(failed(error)).join(), /503.*down.*req-9/);
  });

  it('contains neither key nor question nor answer, whatever the server does', async () => {
    const server = await startFaultServer();
    try {
      for (const fault of faults.values()) {
        const changes = { apiKey: key, messages: [{ role: 'user', content: question }] } as const;
        const { events } = await server.requestFault(fault, changes);
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

  it('contains no part of an answer that broke off within a chunk', async () => {
    const api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      const chunk = JSON.stringify({ choices: [{ index: 0, delta: { content: answerText } }] });
      for (const chunks of [
        [`data: ${chunk.slice(0, -3)}\n\n`],
        [`{"choices":[{"message":{"content":"${answerText}`],
        [`data: ${answerText}\n\n`],
        ['data: {"choices":[{"delta":{"content":"So "}}]}\n\n', `data: ${chunk.slice(0, -3)}\n\n`],
        ['data: {"choices":[{"delta":{"content":"So "}}]}\n\n', `data: ${answerText}\n\n`],
      ]) {
        api.script({ kind: 'stream', chunks, end: 'close' });
        const { events, outcome } = await collectAnswer(requestTo(api.origin), nodeTransport);
        assert.equal(outcome.kind, 'failed');
        const all = logged(...events).join('\n');
        assert.ok(!all.includes(answerText), all);
      }
    } finally {
      await api.close();
    }
  });
});

describe('S5 The log contains no part of a question that the server quotes', () => {
  const sent = [`${question}\n\nIt is "under" the old oak, said Jürgen.`, 'Be brief and polite, always.'];
  const echoes: Readonly<Record<string, string>> = {
    verbatim: sent[0] ?? '',
    'in quotation marks': `Invalid prompt: "${question}" was flagged`,
    'without its end': `Cannot answer "${question.slice(0, 20)}…"`,
    'without its beginning': `… ${question.slice(9)} is not allowed`,
    'as JSON': JSON.stringify(JSON.stringify(sent[0])),
    'with escaped letters': 'said J\\u00fcrgen, "It is \\"under\\" the old oak"',
    'from the instructions': 'You said: Be brief and polite, always.',
  };

  function assertNoPart(all: string): void {
    for (const text of sent) {
      for (let at = 0; at + 8 <= text.length; at++) {
        const part = text.slice(at, at + 8);
        assert.ok(!all.includes(part), `${JSON.stringify(part)} in ${all}`);
      }
    }
  }

  for (const [form, message] of Object.entries(echoes)) {
    it(form, () => {
      const { log, entries } = recordingLog();
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
          { type: 'retrying', requestIndex: 0, attempt: 1, maxAttempts: 2, delayMs: 1, error },
          failed(error),
        ]),
      ];
      for (const event of events) logEvent(log, event, () => sent);
      const all = lines(entries).join('\n');
      assertNoPart(all);
      assert.match(all, /"kind":"bad-request","status":400/);
    });
  }

  it('and keeps the rest of the message of the server, which explains the error', () => {
    const { log, entries } = recordingLog();
    logEvent(log, failed({ kind: 'server', status: 503, message: `Overloaded: "${question}"` }), () => sent);
    assert.match(lines(entries).join(), /"kind":"server","status":503,"message":"Overloaded: \\"…\\""/);
  });

  it('and is quick, even if the question has megabytes', () => {
    const { log } = recordingLog();
    const started = performance.now();
    const error: ChatError = { kind: 'server', status: 500, message: 'a'.repeat(500) };
    logEvent(log, failed(error), () => ['a'.repeat(2_000_000), 'Overloaded '.repeat(100_000)]);
    assert.ok(performance.now() - started < 10_000);
  });
});
