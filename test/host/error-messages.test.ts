import assert from 'node:assert/strict';
import type { ChatError, ChatEvent } from '../../src/core/api';
import { createSecretPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { nodeTransport } from '../../src/platform/node/transport';
import { viewTurn } from '../../src/host/views/view-model/view-model';
import { describeError } from '../../src/host/chat/error-messages/describe-error';
import type { Action, ErrorCard, TurnView } from '../../src/protocol/messages';
import type { Expected } from '../server/faults/fault';
import { faults } from '../server/faults/all-faults';
import type { ScriptedReply } from '../server/server';
import { startFaultServer, type FaultServer } from '../support/fault-server';
import { collectAnswer, requestTo } from '../support/wire';
import { asked, chatAfter } from './builders';

/** The API key of every request here; no text that a user sees may contain a part of it. */
const key = 'sk-Sentinel/7f+3a"9b';

/** How the user is helped with each kind of error: a part of the explanation, and the buttons. */
const help: Readonly<
  Record<ChatError['kind'], readonly [explanation: RegExp, ...buttons: readonly Action[]]>
> = {
  'bad-request': [/setting|o1mini\.headers/, 'openSettings', 'retry'],
  unauthorized: [/key is enabled in your account, or set another/, 'setApiKey', 'retry'],
  'no-credit': [/Add credit or verify your account, then retry/, 'retry'],
  forbidden: [/The API key is kept|Check your network|Rephrase the question/, 'retry'],
  'too-large': [/Remove attachments, or start a new chat/, 'retry'],
  'context-too-long': [/context window|start a new chat/, 'selectModel', 'retry'],
  proxy: [/proxy/i, 'retry', 'openSettings', 'showLog'],
  'unexpected-address': [/Nothing was sent/, 'openSettings', 'retry'],
  'answer-too-large': [/Retrying sends the question again and is billed again/, 'retry'],
  'model-not-found': [/Select another model/, 'selectModel'],
  'wrong-address': [/Check o1mini\.baseUrl/, 'openSettings', 'retry'],
  'rate-limited': [/Wait .*, then retry/, 'retry'],
  server: [/Try again later/, 'retry'],
  network: [/[Cc]heck|Retrying|proxy|Allow this origin|certificate/, 'retry', 'openSettings', 'showLog'],
  timeout: [/o1mini\.timeout/, 'retry', 'openSettings'],
  redirected: [/(?:set|Check|network and) o1mini\.baseUrl/, 'openSettings'],
  'wrong-scheme': [/Check (?:your network and )?o1mini\.baseUrl/, 'openSettings', 'retry'],
  truncated: [/Retrying sends the question again and is billed again/, 'retry'],
  'broken-off': [/Retrying sends the question again and is billed again/, 'retry'],
  unreadable: [/Retrying sends the question again and is billed again/, 'retry'],
  'not-an-answer': [/Check o1mini\.baseUrl/, 'openSettings', 'retry', 'showLog'],
  'bad-address': [/o1mini|https|Set API Key|space/, 'openSettings', 'retry'],
  interrupted: [/Retrying sends the question again and is billed again/, 'retry'],
};

function assertHelpful({ title, explanation, buttons }: ErrorCard, error: ChatError): void {
  const [expected, ...needed] = help[error.kind];
  assert.match(title, /^\p{L}.*[^.]$/u);
  assert.match(explanation, expected);
  const actions = buttons.map(({ action }) => action);
  assert.deepEqual(
    needed.filter((action) => !actions.includes(action)),
    [],
    'missing buttons',
  );
  assert.equal(new Set(actions).size, actions.length);
  assert.ok(buttons.every(({ label }) => label !== ''));
  // A message of the server is quoted unchanged and need not be prose.
  const quoted = 'message' in error ? /\{.*(?=\. )/s : /$^/;
  assertProse(`${title}. ${explanation.replace(quoted, 'so')}`);
}

/** Complete sentences without gaps, placeholders or code. */
function assertProse(text: string): void {
  assert.match(text, /\.$/);
  assert.doesNotMatch(
    text,
    /undefined|\bnull\b|NaN|\[object|\{\d?\}|[{}]/,
    `a placeholder or code in ${text}`,
  );
  assert.doesNotMatch(text, /(?<![.…])\.\.(?!\.)|[!?]\.|[:,( ] *[.,)]|\(\)| {2}/, 'a gap in the sentence');
  assert.doesNotMatch(text, /<[a-z!/]/i, 'markup');
}

function assertNoKey(shown: unknown): void {
  const json = JSON.stringify(shown);
  for (const part of ['Sentinel', '7f+3a', Buffer.from(key).toString('base64').slice(2, 20)]) {
    assert.ok(!json.includes(part), `${part} of the key in ${json}`);
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
    canSummarize: false,
  });
}

function titleOf({ outcome, text }: Expected): string {
  if (outcome === 'complete') return 'is shown as an answer';
  return text === '' ? `is reported as ${outcome}` : `is reported as ${outcome}, below the received text`;
}

describe('R1 Whatever a server does, the user sees all of the text and what to do:', () => {
  let server: FaultServer;

  before(async () => {
    server = await startFaultServer();
  });
  beforeEach(() => server.api.clear());
  after(() => server.api.close());

  for (const fault of faults.values()) {
    const { expected } = fault;
    it(`${fault.description} (${fault.name}) ${titleOf(expected)}`, async () => {
      const { events, outcome } = await server.requestFault(fault, { apiKey: key });
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

  const repliesWithKey: Readonly<Record<string, ScriptedReply>> = {
    'a refusal': {
      kind: 'status',
      status: 401,
      body: JSON.stringify({ error: { message: `Incorrect API key provided: ${key}.` } }),
    },
    'an HTML page': { kind: 'status', status: 502, body: `<title>Bad gateway for Bearer ${key}</title>` },
    'an error within the answer': {
      kind: 'stream',
      chunks: [`data: ${JSON.stringify({ error: { message: `${key} is over its quota` } })}\n\n`],
      end: 'close',
    },
    'an invalid stream': { kind: 'stream', chunks: [`data: ${key}\n\n`], end: 'close' },
    'a redirect': {
      kind: 'redirect',
      status: 307,
      location: `http://elsewhere.invalid/${encodeURIComponent(key)}`,
    },
  };
  for (const [place, reply] of Object.entries(repliesWithKey)) {
    it(`the key is not shown if the server quotes it in ${place}`, async () => {
      server.api.script(reply);
      const { events } = await collectAnswer(requestTo(server.api.origin, { apiKey: key }), nodeTransport);
      const { answer } = shown(events);
      assert.ok(answer.status.kind === 'failed');
      assertNoKey([events, answer]);
      assertProse(`${answer.status.errorCard.title}. ${answer.status.errorCard.explanation}`);
    });
  }
});

describe('An error message', () => {
  const refusal = { status: 400, message: 'no.' };
  const errors: readonly ChatError[] = [
    { kind: 'bad-request', ...refusal },
    { kind: 'unauthorized', ...refusal },
    { kind: 'no-credit', ...refusal },
    { kind: 'model-not-found', model: 'o1-mini', ...refusal },
    { kind: 'wrong-address', ...refusal },
    ...(['region', 'blocked', 'permission', 'content'] as const).map(
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
    ...(['dns', 'refused', 'reset', 'tls', 'unreachable', 'cors'] as const).map(
      (reason) => ({ kind: 'network', reason, detail: 'ECODE' }) as const,
    ),
    ...(['connect', 'first-byte', 'idle'] as const).map(
      (phase) => ({ kind: 'timeout', phase, seconds: 9 }) as const,
    ),
    { kind: 'redirected', to: '' },
    { kind: 'redirected', to: 'https://a.example/v1/chat/completions', alternative: 'https://a.example/v1' },
    { kind: 'redirected', to: 'https://a.example/login' },
    { kind: 'redirected', to: 'https://a.example/v1', isLoop: true },
    { kind: 'wrong-scheme', needs: 'https', alternative: 'https://127.0.0.1/v1' },
    { kind: 'wrong-scheme', needs: 'http', alternative: 'http://127.0.0.1/v1' },
    { kind: 'wrong-scheme', needs: 'http' },
    ...[
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ].map((detail) => ({ kind: 'network', reason: 'tls', detail }) as const),
    { kind: 'truncated' },
    { kind: 'broken-off', message: 'no.' },
    { kind: 'not-an-answer', detail: '<p>' },
    ...(['no-url', 'no-http', 'credentials', 'insecure', 'spaces'] as const).map(
      (problem) => ({ kind: 'bad-address', problem }) as const,
    ),
    { kind: 'interrupted' },
  ];

  it('differs for every error, and even its title differs for each kind of error', () => {
    const texts = errors.map((error) => {
      const { title, explanation } = describeError(error);
      return `${title} ${explanation}`;
    });
    assert.equal(new Set(texts).size, errors.length);
    const kinds = new Map<string, Set<string>>();
    for (const error of errors) {
      const { title } = describeError(error);
      kinds.set(title, (kinds.get(title) ?? new Set()).add(error.kind));
    }
    for (const [title, sameTitle] of kinds) assert.equal(sameTitle.size, 1, title);
  });

  for (const error of errors) {
    const { kind, ...details } = error;
    it(`says what happened and what to do: ${kind} ${JSON.stringify(details)}`, () => {
      assertHelpful(describeError(error), error);
    });
  }

  it('reads well even if the server sent no message, or ended its sentence itself', () => {
    for (const message of ['', 'Slow down.', 'Slow down!', 'Slow down. ', '{}', 'Is it? Maybe...']) {
      for (const status of [400, 401, 402, 404, 429, 500]) {
        for (const error of errors.filter((candidate) => 'message' in candidate)) {
          assertProse(describeError({ ...error, ...('status' in error && { status }), message }).explanation);
        }
      }
    }
  });

  it('offers the model that the service names in place of a retired one', () => {
    const error = { kind: 'model-not-found', model: 'o1-mini', replacedBy: 'o4-mini', ...refusal } as const;
    const { explanation, buttons } = describeError(error);
    assert.match(explanation, /o4-mini/);
    assert.equal(buttons[0]?.action, 'useReplacement');
    assert.match(buttons[0].label, /o4-mini/);
  });
});
