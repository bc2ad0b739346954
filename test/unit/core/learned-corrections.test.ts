import assert from 'node:assert/strict';
import { createLearnedCorrections, type ChatRequest, type LearnedCorrections } from '../../../src/core/api';
import { requestTo } from '../../support/wire';
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
} from './client-builders';
import { refusedValues, refusedParameters, type RefusedParameter } from './error-responses';

const answered: FakeResponse = { status: 201, body: completion('An answer') };

type Body = Readonly<Record<string, unknown>>;

function bodies({ sent }: RecordingTransport): readonly Body[] {
  return sent.map(({ body = '' }) => JSON.parse(body) as Body);
}

function asking({ changes }: Pick<RefusedParameter, 'changes'>, maxRetries = 0): ChatRequest {
  return requestTo('http://127.0.0.1', { maxRetries, timeouts: testTimeouts, ...changes });
}

async function ask(
  request: ChatRequest,
  transport: RecordingTransport,
  learnedCorrections: LearnedCorrections = createLearnedCorrections(),
): ReturnType<typeof askAndCollect> {
  const clock = testClock('pass');
  const heard = await askAndCollect(request, transport, clock, { learnedCorrections });
  assert.equal(clock.running(), 0, 'timers that were left behind');
  return heard;
}

/** A text, as the servers that say it put it. */
function dressed(message: string): readonly (readonly [string, string])[] {
  return [
    ['as it is', message],
    ['in double quotes', message.replaceAll("'", '"')],
    ['in backticks', message.replaceAll("'", '`')],
    ['without quotes', message.replaceAll("'", '')],
  ];
}

/** The shapes of an error in `src/core/api/README.md`, "Errors". */
function shapes(message: string): readonly (readonly [string, FakeResponse])[] {
  return [
    ['as OpenAI says it', { status: 400, body: errorBody(message) }],
    ['with a 422', { status: 422, body: errorBody(message) }],
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
    for (const [how, words] of dressed(message)) {
      it(`${correction}, for "${words}", ${how}`, async () => {
        for (const [shape, reply] of shapes(words)) {
          const transport = respondWith(reply, answered);
          const heard = await ask(asking(refused), transport);
          const told = eventsOfType(heard, 'corrected').map((event) => event.correction);
          assert.deepEqual([heard.outcome, told], [{ kind: 'complete' }, [correction]], shape);
          const [before, after] = bodies(transport);
          assert.ok(before && after && transport.sent.length === 1 + requests, shape);
          assert.equal(corrected(before), false, `${shape}: ${JSON.stringify(before)}`);
          assert.equal(corrected(after), true, `${shape}: ${JSON.stringify(after)}`);
        }
      });
    }
  }

  // The first of each row, in the words of AI/ML API and OpenAI.
  const rows = new Map(refusedParameters.toReversed().map((refused) => [refused.correction, refused]));
  for (const refused of rows.values()) {
    const { correction, param, message, corrected, requests = 1 } = refused;

    it(`${correction}, where a schema complains of ${param}`, async () => {
      const loc = ['body', ...param.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))];
      const complaint = {
        type: 'extra_forbidden',
        loc,
        msg: 'Extra inputs are not permitted',
        input: 'seed, n, stream and system: unknown',
      };
      const detail = [complaint];
      for (const body of [
        { detail },
        { object: 'error', message: { detail } },
        { error: { message: { detail } } },
      ]) {
        const transport = respondWith({ status: 422, body: JSON.stringify(body) }, answered);
        const heard = await ask(asking(refused), transport);
        const told = eventsOfType(heard, 'corrected');
        assert.deepEqual(
          told.map((event) => event.correction),
          [correction],
          JSON.stringify(body),
        );
        assert.equal(told[0]?.because, `Extra inputs are not permitted, field: '${param}'`);
      }
    });

    it(`${correction}, told once and known from then on`, async () => {
      const learnedCorrections = createLearnedCorrections();
      const transport = respondWith({ status: 400, body: errorBody(message) }, answered);
      const first = await ask(asking(refused), transport, learnedCorrections);
      const [told] = eventsOfType(first, 'corrected');
      assert.equal(told?.because, message);
      for (let question = 2; question < 5; question++) {
        const next = await ask(asking(refused), transport, learnedCorrections);
        assert.deepEqual([eventsOfType(next, 'corrected'), next.outcome], [[], { kind: 'complete' }]);
        assert.equal(transport.sent.length, 1 + question * requests);
        assert.equal(corrected(bodies(transport).at(-1) ?? {}), true);
      }
    });

    it(`${correction}, forgotten for another model and another origin`, async () => {
      const request = asking(refused);
      const other = {
        ...request,
        parameters: { ...request.parameters, model: `${request.parameters.model}-2` },
      };
      const elsewhere = { ...request, endpoint: requestTo('http://127.0.0.1:9').endpoint };
      for (const next of [other, elsewhere]) {
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

    it(`${correction}, and not where the trouble is with the server, the key or the credit`, async () => {
      for (const status of [500, 502, 503, 401, 403, 404, 429]) {
        const transport = respondWith({ status, body: errorBody(message) }, answered);
        assert.deepEqual(
          eventsOfType(await ask(asking(refused), transport), 'corrected'),
          [],
          String(status),
        );
        assert.equal(transport.sent.length, 1);
      }
      const unpaid = { status: 400, body: errorBody(message, { code: 'insufficient_quota' }) };
      assert.deepEqual(
        eventsOfType(await ask(asking(refused), respondWith(unpaid, answered)), 'corrected'),
        [],
      );
    });
  }

  it('a correction does not count as a retry', async () => {
    const [refused] = refusedParameters;
    assert.ok(refused);
    const busy = { status: 503, body: '' };
    const transport = respondWith(busy, { status: 400, body: errorBody(refused.message) }, busy, answered);
    const heard = await ask(asking(refused, 2), transport);
    assert.deepEqual(heard.outcome, { kind: 'complete' });
    assert.deepEqual(
      eventsOfType(heard, 'retrying', 'corrected').map(({ type }) => type),
      ['retrying', 'corrected', 'retrying'],
    );
  });
});

describe('A request is not corrected if the server rejects only a value:', () => {
  const everything: ChatRequest = requestTo('http://127.0.0.1', {
    timeouts: testTimeouts,
    instructions: 'Be brief.',
    messages: [{ role: 'user', content: 'Hello', name: 'ada' }],
    parameters: { model: 'gpt-4o', n: 3, seed: 7, maxCompletionTokens: 100_000 },
  });
  const requests = [
    everything,
    { ...everything, parameters: { ...everything.parameters, tokenLimitParameter: 'max_tokens' as const } },
  ];

  for (const { message, param } of refusedValues) {
    it(message, async () => {
      for (const request of requests) {
        for (const said of [null, param]) {
          const transport = respondWith({ status: 400, body: errorBody(message, { param: said }) }, answered);
          const heard = await ask(request, transport);
          const error = errorOf(heard);
          const kind = /context length/.test(message) ? 'context-too-long' : 'bad-request';
          assert.deepEqual([error.kind, eventsOfType(heard, 'corrected')], [kind, []]);
          assert.ok('message' in error && error.message === message);
          assert.equal(transport.sent.length, 1);
        }
      }
    });
  }

  it('and validation errors are reported as text, not as JSON', async () => {
    const detail = [
      {
        type: 'less_than_equal',
        loc: ['body', 'max_completion_tokens'],
        msg: 'Input should be less than or equal to 65536',
        input: 100_000,
      },
      { type: 'missing', loc: ['body', 'messages', 0, 'content'], msg: 'Field required' },
    ];
    const transport = respondWith({ status: 422, body: JSON.stringify({ detail }) }, answered);
    const error = errorOf(await ask(everything, transport));
    const said =
      "Input should be less than or equal to 65536, field: 'max_completion_tokens'; Field required, field: 'messages.0.content'";
    assert.deepEqual(error, { kind: 'bad-request', status: 422, message: said });
    assert.equal(transport.sent.length, 1);
  });
});

describe('A learned correction', () => {
  const endpoint = (baseUrl: string) => requestTo(baseUrl).endpoint;
  let now: number;
  let written: unknown;
  const open = (): LearnedCorrections =>
    createLearnedCorrections({
      now: () => now,
      read: () => written,
      write: (learned) => (written = learned),
    });

  beforeEach(() => {
    now = 1_000_000_000_000;
    written = undefined;
  });

  it('is remembered across restarts, for its address and model only', () => {
    open().learn(endpoint('https://one.example/v1'), 'o1-mini', 'no-seed');
    written = JSON.parse(JSON.stringify(written));
    const again = open();
    assert.deepEqual([...again.get(endpoint('https://one.example/v1'), 'o1-mini')], ['no-seed']);
    assert.equal(again.get(endpoint('https://one.example/v1'), 'o1').size, 0);
    assert.equal(again.get(endpoint('https://two.example/v1'), 'o1-mini').size, 0);
  });

  it('expires after a month, as services change', () => {
    open().learn(endpoint('https://one.example/v1'), 'o1-mini', 'no-seed');
    now += 31 * 24 * 3_600_000;
    assert.equal(open().get(endpoint('https://one.example/v1'), 'o1-mini').size, 0);
  });

  it('is stored without the query of its address, and read from any stored value', () => {
    const address = 'https://one.example/v1/chat/completions?key=secret';
    open().learn(endpoint(address), 'o1-mini', 'no-seed');
    assert.doesNotMatch(JSON.stringify(written), /secret/);
    for (const damaged of [
      7,
      'x',
      {},
      [7],
      [{ name: 'x' }],
      [{ name: 'x', corrections: ['unknown'], at: now }],
    ]) {
      written = damaged;
      assert.equal(open().get(endpoint(address), 'o1-mini').size, 0);
    }
  });
});
