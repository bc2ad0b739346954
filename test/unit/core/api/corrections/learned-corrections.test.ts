import assert from 'node:assert/strict';
import {
  createLearnedCorrections,
  type ChatRequest,
  type LearnedCorrections,
} from '../../../../../src/core/api';
import { requestTo } from '../../../../support/wire';
import {
  completion,
  errorOf,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  testClock,
  type RecordingTransport,
  type FakeResponse,
} from '../client-builders';
import { refusedValues, refusedParameters, type RefusedParameter } from '../errors/error-responses';

const answered: FakeResponse = { status: 201, body: completion('An answer') };

type Body = Readonly<Record<string, unknown>>;

function bodies({ sent }: RecordingTransport): readonly Body[] {
  return sent.map(({ body = '' }) => JSON.parse(body) as Body);
}

function requestFor({ changes }: Pick<RefusedParameter, 'changes'>, maxRetries = 0): ChatRequest {
  return requestTo('http://127.0.0.1', { maxRetries, timeouts: testTimeouts, ...changes });
}

async function ask(
  request: ChatRequest,
  transport: RecordingTransport,
  learnedCorrections: LearnedCorrections = createLearnedCorrections(),
): ReturnType<typeof askAndCollect> {
  const clock = testClock('pass');
  const answer = await askAndCollect(request, transport, clock, { learnedCorrections });
  assert.equal(clock.running(), 0, 'no timer is left');
  return answer;
}

/** The message with the kinds of quotes that servers use. */
function quotedVariants(message: string): readonly (readonly [string, string])[] {
  return [
    ['unchanged', message],
    ['in double quotes', message.replaceAll("'", '"')],
    ['in backticks', message.replaceAll("'", '`')],
    ['without quotes', message.replaceAll("'", '')],
  ];
}

/** The forms of an error response according to "Errors" in `src/core/api/README.md`. */
function responseForms(message: string): readonly (readonly [string, FakeResponse])[] {
  return [
    ['in the format of OpenAI', { status: 400, body: errorBody(message) }],
    ['with status 422', { status: 422, body: errorBody(message) }],
    [
      'as problem+json',
      { status: 400, body: JSON.stringify({ title: 'Bad Request', status: 400, message }) },
    ],
    ['as a detail', { status: 422, body: JSON.stringify({ detail: message }) }],
    [
      'in a list',
      { status: 400, body: JSON.stringify({ statusCode: 400, message: [message], error: 'Bad Request' }) },
    ],
    [
      'wrapped in a 500',
      { status: 500, body: JSON.stringify({ statusCode: '500', message: `400 ${message}` }) },
    ],
    [
      'as JSON wrapped in a 500',
      { status: 500, body: JSON.stringify({ message: `400 ${errorBody(message)}` }) },
    ],
    ['as plain text', { status: 400, body: message }],
  ];
}

describe('A request is corrected if the server rejects a parameter:', () => {
  for (const refused of refusedParameters) {
    const { correction, message, corrected, requests = 1 } = refused;
    for (const [quotes, text] of quotedVariants(message)) {
      it(`${correction}, after "${text}", ${quotes}`, async () => {
        for (const [form, reply] of responseForms(text)) {
          const transport = respondWith(reply, answered);
          const answer = await ask(requestFor(refused), transport);
          const corrections = eventsOfType(answer, 'corrected').map((event) => event.correction);
          assert.deepEqual([answer.outcome, corrections], [{ kind: 'complete' }, [correction]], form);
          const [before, after] = bodies(transport);
          assert.ok(before && after && transport.sent.length === 1 + requests, form);
          assert.equal(corrected(before), false, `${form}: ${JSON.stringify(before)}`);
          assert.equal(corrected(after), true, `${form}: ${JSON.stringify(after)}`);
        }
      });
    }
  }

  // The first message of each row, as AI/ML API and OpenAI send it.
  const rows = new Map(refusedParameters.toReversed().map((refused) => [refused.correction, refused]));
  for (const refused of rows.values()) {
    const { correction, param, message, corrected, requests = 1 } = refused;

    it(`${correction}, after a validation error about ${param}`, async () => {
      const loc = ['body', ...param.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))];
      const validationError = {
        type: 'extra_forbidden',
        loc,
        msg: 'Extra inputs are not permitted',
        input: 'seed, n, stream and system: unknown',
      };
      const detail = [validationError];
      for (const body of [
        { detail },
        { object: 'error', message: { detail } },
        { error: { message: { detail } } },
      ]) {
        const transport = respondWith({ status: 422, body: JSON.stringify(body) }, answered);
        const answer = await ask(requestFor(refused), transport);
        const corrections = eventsOfType(answer, 'corrected');
        assert.deepEqual(
          corrections.map((event) => event.correction),
          [correction],
          JSON.stringify(body),
        );
        assert.equal(corrections[0]?.because, `Extra inputs are not permitted, field: '${param}'`);
      }
    });

    it(`${correction}, which is reported once and then applied`, async () => {
      const learnedCorrections = createLearnedCorrections();
      const transport = respondWith({ status: 400, body: errorBody(message) }, answered);
      const first = await ask(requestFor(refused), transport, learnedCorrections);
      const [event] = eventsOfType(first, 'corrected');
      assert.equal(event?.because, message);
      for (let question = 2; question < 5; question++) {
        const next = await ask(requestFor(refused), transport, learnedCorrections);
        assert.deepEqual([eventsOfType(next, 'corrected'), next.outcome], [[], { kind: 'complete' }]);
        assert.equal(transport.sent.length, 1 + question * requests);
        assert.equal(corrected(bodies(transport).at(-1) ?? {}), true);
      }
    });

    it(`${correction}, but not for another model or origin`, async () => {
      const request = requestFor(refused);
      const withOtherModel = {
        ...request,
        parameters: { ...request.parameters, model: `${request.parameters.model}-2` },
      };
      const withOtherOrigin = { ...request, endpoint: requestTo('http://127.0.0.1:9').endpoint };
      for (const next of [withOtherModel, withOtherOrigin]) {
        const learnedCorrections = createLearnedCorrections();
        await ask(
          request,
          respondWith({ status: 400, body: errorBody(message) }, answered),
          learnedCorrections,
        );
        const transport = respondWith(answered);
        await ask(next, transport, learnedCorrections);
        assert.equal(corrected(bodies(transport)[0] ?? {}), false);
      }
    });

    it(`${correction}, but not for errors of the server, the key or the credit`, async () => {
      for (const status of [500, 502, 503, 401, 403, 404, 429]) {
        const transport = respondWith({ status, body: errorBody(message) }, answered);
        assert.deepEqual(
          eventsOfType(await ask(requestFor(refused), transport), 'corrected'),
          [],
          String(status),
        );
        assert.equal(transport.sent.length, 1);
      }
      const unpaid = { status: 400, body: errorBody(message, { code: 'insufficient_quota' }) };
      assert.deepEqual(
        eventsOfType(await ask(requestFor(refused), respondWith(unpaid, answered)), 'corrected'),
        [],
      );
    });
  }

  it('without counting the correction as a retry', async () => {
    const [refused] = refusedParameters;
    assert.ok(refused);
    const busy = { status: 503, body: '' };
    const transport = respondWith(busy, { status: 400, body: errorBody(refused.message) }, busy, answered);
    const answer = await ask(requestFor(refused, 2), transport);
    assert.deepEqual(answer.outcome, { kind: 'complete' });
    assert.deepEqual(
      eventsOfType(answer, 'retrying', 'corrected').map(({ type }) => type),
      ['retrying', 'corrected', 'retrying'],
    );
  });
});

describe('A request is not corrected if the server rejects only a value:', () => {
  const requestWithEverything: ChatRequest = requestTo('http://127.0.0.1', {
    timeouts: testTimeouts,
    instructions: 'Be brief.',
    messages: [{ role: 'user', content: 'Hello', name: 'ada' }],
    parameters: { model: 'gpt-4o', n: 3, seed: 7, maxCompletionTokens: 100_000 },
  });
  const requests = [
    requestWithEverything,
    {
      ...requestWithEverything,
      parameters: { ...requestWithEverything.parameters, tokenLimitParameter: 'max_tokens' as const },
    },
  ];

  for (const { message, param, lowered } of refusedValues) {
    if (lowered !== undefined) continue;
    it(message, async () => {
      for (const request of requests) {
        for (const reportedParam of [null, param]) {
          const transport = respondWith(
            { status: 400, body: errorBody(message, { param: reportedParam }) },
            answered,
          );
          const answer = await ask(request, transport);
          const error = errorOf(answer);
          assert.deepEqual([error.kind, eventsOfType(answer, 'corrected')], ['bad-request', []]);
          assert.ok('message' in error && error.message === message);
          assert.equal(transport.sent.length, 1);
        }
      }
    });
  }

  it('and reports validation errors as text instead of JSON', async () => {
    const detail = [
      {
        type: 'greater_than_equal',
        loc: ['body', 'max_completion_tokens'],
        msg: 'Input should be greater than or equal to 200000',
        input: 100_000,
      },
      { type: 'missing', loc: ['body', 'messages', 0, 'content'], msg: 'Field required' },
    ];
    const transport = respondWith({ status: 422, body: JSON.stringify({ detail }) }, answered);
    const error = errorOf(await ask(requestWithEverything, transport));
    const message =
      "Input should be greater than or equal to 200000, field: 'max_completion_tokens'; Field required, field: 'messages.0.content'";
    assert.deepEqual(error, { kind: 'bad-request', status: 422, message: message });
    assert.equal(transport.sent.length, 1);
  });
});

describe('A learned correction', () => {
  const endpoint = (baseUrl: string) => requestTo(baseUrl).endpoint;
  let now: number;
  let stored: unknown;
  const load = (): LearnedCorrections =>
    createLearnedCorrections({
      now: () => now,
      read: () => stored,
      write: (learned) => (stored = learned),
    });

  beforeEach(() => {
    now = 1_000_000_000_000;
    stored = undefined;
  });

  it('is remembered across restarts, for its address and model only', () => {
    load().learn(endpoint('https://one.example/v1'), 'o1-mini', 'no-seed');
    stored = JSON.parse(JSON.stringify(stored));
    const reloaded = load();
    assert.deepEqual([...reloaded.get(endpoint('https://one.example/v1'), 'o1-mini')], ['no-seed']);
    assert.equal(reloaded.get(endpoint('https://one.example/v1'), 'o1').size, 0);
    assert.equal(reloaded.get(endpoint('https://two.example/v1'), 'o1-mini').size, 0);
  });

  it('expires after a month, because services change', () => {
    load().learn(endpoint('https://one.example/v1'), 'o1-mini', 'no-seed');
    now += 31 * 24 * 3_600_000;
    assert.equal(load().get(endpoint('https://one.example/v1'), 'o1-mini').size, 0);
  });

  it('is stored without the query of its address, and read from any stored value', () => {
    const address = 'https://one.example/v1/chat/completions?key=secret';
    load().learn(endpoint(address), 'o1-mini', 'no-seed');
    assert.doesNotMatch(JSON.stringify(stored), /secret/);
    for (const invalid of [
      7,
      'x',
      {},
      [7],
      [{ name: 'x' }],
      [{ name: 'x', corrections: ['unknown'], at: now }],
    ]) {
      stored = invalid;
      assert.equal(load().get(endpoint(address), 'o1-mini').size, 0);
    }
  });
});
