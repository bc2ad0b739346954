import assert from 'node:assert/strict';
import type { ChatError, ChatEvent } from '../../src/core/api';
import { createSecretPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { nodeTransport } from '../../src/platform/node/transport';
import { viewTurn } from '../../src/host/views/view-model';
import { describeError } from '../../src/host/chat/error-messages/describe-error';
import type { Action, ErrorCard, TurnView } from '../../src/protocol/messages';
import type { Expected } from '../server/faults/fault';
import { faults } from '../server/faults/menu';
import type { ScriptedReply } from '../server/server';
import { startFaultServer, type FaultServer } from '../support/fault-server';
import { collectAnswer, requestTo } from '../support/wire';
import { asked, chatAfter } from './builders';

/** In every question here; nothing that a user sees may have a part of it. */
const key = 'sk-Sentinel/7f+3a"9b';

/** What the user can do about each kind of error: words of it, and the buttons. */
const help: Readonly<Record<ChatError['kind'], readonly [words: RegExp, ...buttons: readonly Action[]]>> = {
  'bad-request': [/setting/, 'openSettings', 'retry'],
  unauthorized: [/key is enabled in your account, or set another/, 'setApiKey', 'retry'],
  'no-credit': [/Add credit or verify your account, then retry/, 'retry'],
  forbidden: [/The API key is kept|Check your network/, 'retry'],
  'too-large': [/Remove attachments, or start a new chat/, 'retry'],
  'context-too-long': [/context window|start a new chat/, 'selectModel', 'retry'],
  proxy: [/proxy/i, 'retry', 'openSettings', 'showLog'],
  'unexpected-address': [/Nothing was sent/, 'openSettings', 'retry'],
  'answer-too-large': [/Retrying sends the question again and is billed again/, 'retry'],
  'model-not-found': [/Select another model/, 'selectModel'],
  'wrong-address': [/Check o1mini\.baseUrl/, 'openSettings', 'retry'],
  'rate-limited': [/Wait .*, then retry/, 'retry'],
  server: [/Try again later/, 'retry'],
  network: [/Check|Retrying|proxy/, 'retry', 'openSettings', 'showLog'],
  timeout: [/o1mini\.timeout/, 'retry', 'openSettings'],
  redirected: [/set o1mini\.baseUrl/, 'openSettings'],
  truncated: [/Retrying sends the question again and is billed again/, 'retry'],
  'broken-off': [/Retrying sends the question again and is billed again/, 'retry'],
  unreadable: [/Retrying sends the question again and is billed again/, 'retry'],
  'not-an-answer': [/Check o1mini\.baseUrl/, 'openSettings', 'retry', 'showLog'],
  'bad-address': [/o1mini|https|Set API Key|space/, 'openSettings', 'retry'],
  interrupted: [/Retrying sends the question again and is billed again/, 'retry'],
};

function assertHelpful({ title, explanation, buttons }: ErrorCard, error: ChatError): void {
  const [words, ...needed] = help[error.kind];
  assert.match(title, /^\p{L}.*[^.]$/u);
  assert.match(explanation, words);
  const actions = buttons.map(({ action }) => action);
  assert.deepEqual(
    needed.filter((action) => !actions.includes(action)),
    [],
    'buttons that would help',
  );
  assert.equal(new Set(actions).size, actions.length);
  assert.ok(buttons.every(({ label }) => label !== ''));
  // What a server sent is quoted as it is.
  const quoted = 'message' in error ? /\{.*(?=\. )/s : /$^/;
  assertWritten(`${title}. ${explanation.replace(quoted, 'so')}`);
}

/** Sentences as somebody would write them: with all their words, and nothing of a machine in them. */
function assertWritten(words: string): void {
  assert.match(words, /\.$/);
  assert.doesNotMatch(words, /undefined|\bnull\b|NaN|\[object|\{\d?\}|[{}]/, 'what a machine says');
  assert.doesNotMatch(words, /(?<![.…])\.\.(?!\.)|[!?]\.|[:,( ] *[.,)]|\(\)| {2}/, 'a gap in the words');
  assert.doesNotMatch(words, /<[a-z!/]/i, 'markup');
}

function assertNoKey(shown: unknown): void {
  const words = JSON.stringify(shown);
  for (const part of ['Sentinel', '7f+3a', Buffer.from(key).toString('base64').slice(2, 20)]) {
    assert.ok(!words.includes(part), `${part} of the key in ${words}`);
  }
}

/** The turn as the panel shows it. */
function shown(events: readonly ChatEvent[]): TurnView {
  const [turn] = chatAfter([asked(), ...events]).turns;
  assert.ok(turn);
  return viewTurn(turn, {
    now: 0,
    typicalThinkingTime: () => undefined,
    placeholders: createSecretPlaceholders(),
    describeError,
  });
}

function titleOf({ outcome, text }: Expected): string {
  if (outcome === 'complete') return 'is shown as an answer';
  return text === '' ? `is told as ${outcome}` : `is told as ${outcome}, under the words that had come`;
}

describe('R1 Whatever a server does, the user reads all its text and what to do:', () => {
  let server: FaultServer;

  before(async () => {
    server = await startFaultServer();
  });
  beforeEach(() => server.api.clear());
  after(() => server.api.close());

  for (const fault of faults.values()) {
    const { expected } = fault;
    it(`${fault.description} (${fault.name}) ${titleOf(expected)}`, async () => {
      const { events, outcome } = await server.meet(fault, { apiKey: key });
      const { answer } = shown(events);
      assertNoKey([events, answer]);
      assert.equal(answer.choices.map(({ text }) => text).join(''), expected.text);
      assert.equal(answer.choices.map(({ refusal }) => refusal).join(''), expected.refusal ?? '');
      if (expected.outcome === 'complete') {
        const cutOff = ['length', 'content_filter'].includes(expected.finish ?? '');
        assert.equal(answer.status.kind, cutOff ? 'cutOff' : 'done');
        return;
      }
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.error.kind, expected.outcome);
      assert.ok(answer.status.kind === (expected.text === '' ? 'failed' : 'incomplete'));
      const { errorCard } = answer.status;
      assertHelpful(errorCard, outcome.error);
      assert.equal(errorCard.buttons[0]?.action === 'continueAnswer', expected.text !== '');
    });
  }

  const quoting: Readonly<Record<string, ScriptedReply>> = {
    'a refusal': {
      kind: 'status',
      status: 401,
      body: JSON.stringify({ error: { message: `Incorrect API key provided: ${key}.` } }),
    },
    'a page': { kind: 'status', status: 502, body: `<title>Bad gateway for Bearer ${key}</title>` },
    'an error within the answer': {
      kind: 'stream',
      chunks: [`data: ${JSON.stringify({ error: { message: `${key} is over its quota` } })}\n\n`],
      end: 'close',
    },
    'something that is no answer': { kind: 'stream', chunks: [`data: ${key}\n\n`], end: 'close' },
    'a redirect': {
      kind: 'redirect',
      status: 307,
      location: `http://elsewhere.invalid/${encodeURIComponent(key)}`,
    },
  };
  for (const [what, reply] of Object.entries(quoting)) {
    it(`a server that quotes the key in ${what} does not get it shown`, async () => {
      server.api.script(reply);
      const { events } = await collectAnswer(requestTo(server.api.origin, { apiKey: key }), nodeTransport);
      const { answer } = shown(events);
      assert.ok(answer.status.kind === 'failed');
      assertNoKey([events, answer]);
      assertWritten(`${answer.status.errorCard.title}. ${answer.status.errorCard.explanation}`);
    });
  }
});

describe('The words for an error', () => {
  const refusal = { status: 400, message: 'no.' };
  const errors: readonly ChatError[] = [
    { kind: 'bad-request', ...refusal },
    { kind: 'unauthorized', ...refusal },
    { kind: 'no-credit', ...refusal },
    { kind: 'model-not-found', model: 'o1-mini', ...refusal },
    { kind: 'wrong-address', ...refusal },
    ...(['region', 'blocked', 'permission'] as const).map(
      (reason) => ({ kind: 'forbidden', reason, ...refusal }) as const,
    ),
    {
      kind: 'wrong-address',
      ...refusal,
      url: 'https://a.example/x/chat/completions',
      alternative: 'https://a.example/x/v1',
    },
    { kind: 'too-large', ...refusal },
    { kind: 'context-too-long', ...refusal },
    { kind: 'context-too-long', ...refusal, limit: 4096 },
    { kind: 'context-too-long', ...refusal, limit: 4096, tokens: 5000 },
    { kind: 'proxy', proxy: '10.0.0.1:8080', detail: 'ECONNREFUSED' },
    { kind: 'proxy', proxy: '10.0.0.1:8080', status: 407, detail: 'Proxy Authentication Required' },
    { kind: 'proxy', proxy: '10.0.0.1:8080', status: 502, detail: 'Bad Gateway' },
    { kind: 'unexpected-address', host: 'ollama.internal', address: '203.0.113.9' },
    { kind: 'answer-too-large', megabytes: 8 },
    { kind: 'rate-limited', ...refusal },
    { kind: 'server', ...refusal },
    ...(['dns', 'refused', 'reset', 'tls', 'unreachable'] as const).map(
      (reason) => ({ kind: 'network', reason, detail: 'ECODE' }) as const,
    ),
    ...(['connect', 'first-byte', 'idle'] as const).map(
      (phase) => ({ kind: 'timeout', phase, seconds: 9 }) as const,
    ),
    { kind: 'redirected', to: '' },
    { kind: 'truncated' },
    { kind: 'broken-off', message: 'no.' },
    { kind: 'not-an-answer', detail: '<p>' },
    ...(['no-url', 'no-http', 'credentials', 'insecure', 'spaces'] as const).map(
      (problem) => ({ kind: 'bad-address', problem }) as const,
    ),
    { kind: 'interrupted' },
  ];

  it('are its own: no two errors read the same, and those of different kinds not even in their title', () => {
    const whole = errors.map((error) => {
      const { title, explanation } = describeError(error);
      return `${title} ${explanation}`;
    });
    assert.equal(new Set(whole).size, errors.length);
    const kinds = new Map<string, Set<string>>();
    for (const error of errors) {
      const { title } = describeError(error);
      kinds.set(title, (kinds.get(title) ?? new Set()).add(error.kind));
    }
    for (const [title, told] of kinds) assert.equal(told.size, 1, title);
  });

  for (const error of errors) {
    const { kind, ...details } = error;
    it(`say what happened and what to do: ${kind} ${JSON.stringify(details)}`, () => {
      assertHelpful(describeError(error), error);
    });
  }

  it('hold also where the server said nothing, or ended its sentence itself', () => {
    for (const message of ['', 'Slow down.', 'Slow down!', 'Slow down. ', '{}', 'Is it? Maybe...']) {
      for (const status of [400, 401, 402, 404, 429, 500]) {
        for (const error of errors.filter((candidate) => 'message' in candidate)) {
          assertWritten(
            describeError({ ...error, ...('status' in error && { status }), message }).explanation,
          );
        }
      }
    }
  });

  it('offer the model that the service names in place of a retired one', () => {
    const error = { kind: 'model-not-found', model: 'o1-mini', replacedBy: 'o4-mini', ...refusal } as const;
    const { explanation, buttons } = describeError(error);
    assert.match(explanation, /o4-mini/);
    assert.equal(buttons[0]?.action, 'useReplacement');
    assert.match(buttons[0].label, /o4-mini/);
  });
});
