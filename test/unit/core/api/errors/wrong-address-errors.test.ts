import assert from 'node:assert/strict';
import { parseErrorResponse, parseReportedError } from '../../../../../src/core/api/errors/error-response';
import { requestTo } from '../../../../support/wire';
import { askAndCollect, errorBody, errorOf, respondWith, testClock, testTimeouts } from '../client-builders';

const target = { model: 'm', url: 'https://a.example/v1/chat/completions', alternative: 'https://a.example' };

/** Messages of servers and gateways about an address that does not exist there. */
const messages: readonly (readonly [source: string, message: string])[] = [
  ['LM Studio', 'Unexpected endpoint or method. (POST /v1/v1/chat/completions)'],
  ['Cloudflare', 'Could not route to /client/v4/accounts/a/ai, perhaps your object identifier is invalid?'],
  ['Cloudflare without a route', 'No route for that URI'],
  ['Cloudflare AI Gateway', 'Invalid provider'],
  ['Kong', 'no Route matched with those values'],
  ['Express', 'Cannot POST /v1/chat/completions'],
  ['Fastify', 'Route POST:/v1/chat/completions not found'],
  ['OpenAI', 'Invalid URL (POST /chat/completions)'],
  ['Groq', 'Unknown request URL: POST /v1/chat/completions. Check the URL for typos.'],
  ['Go', '404 page not found'],
  ['Spring', 'No static resource v1/chat/completions.'],
  ['Python', "Unsupported method ('POST')"],
  ['a gateway', 'Path not found'],
];

/** Messages that contain some of these words, with the kind that is right for status 400. */
const others: readonly (readonly [message: string, kind: string])[] = [
  ['Unexpected parameter: seed', 'bad-request'],
  ['Invalid URL in image_url: POST it as base64', 'bad-request'],
  ['The model route-1 was not found', 'model-not-found'],
  ['Cannot post-process the answer', 'bad-request'],
  ['No route found for model gpt-x', 'bad-request'],
  ['Invalid value: image path not found', 'bad-request'],
  ['Could not read the message: Cannot GET /image.png', 'bad-request'],
  ['Failed to download the image: invalid URL (GET https://a.example/image.png)', 'bad-request'],
  ['The unsupported method (streaming) was requested', 'bad-request'],
];

describe('An error about the address', () => {
  for (const [source, message] of messages) {
    for (const status of [400, 403, 404, 405, 500, 501]) {
      it(`is recognized by the words of ${source}, with status ${status}`, () => {
        const { error } = parseErrorResponse(status, JSON.stringify({ message }), undefined, target);
        assert.ok(error.kind === 'wrong-address');
        assert.deepEqual([error.url, error.alternative], [target.url, target.alternative]);
      });
    }

    it(`is recognized by the words of ${source}, with status 200, which it names`, () => {
      const { error } = parseReportedError(200, JSON.stringify({ error: message }), undefined, target);
      assert.ok(error.kind === 'wrong-address' && error.url === target.url);
      assert.equal(error.status, 200);
    });
  }

  it('is recognized in a page whose title says nothing', () => {
    const page = '<!DOCTYPE html><title>Error</title><body><pre>Cannot POST /v1/chat/completions</pre>';
    const { error } = parseErrorResponse(400, page, undefined, target);
    assert.ok(error.kind === 'wrong-address');
    assert.equal(error.message, 'Cannot POST /v1/chat/completions');
  });

  it('is recognized in the answer of AWS API Gateway to an unknown path', () => {
    const kindFor = (status: number): string =>
      parseErrorResponse(status, '{"message":"Missing Authentication Token"}', undefined, target).error.kind;
    assert.deepEqual([kindFor(403), kindFor(401)], ['wrong-address', 'unauthorized']);
  });

  for (const [message, kind] of others) {
    it(`is not assumed for ${message}`, () =>
      assert.equal(parseErrorResponse(400, errorBody(message), undefined, target).error.kind, kind));
  }

  it('is not retried, although the status is one that otherwise is', async () => {
    const transport = respondWith({ status: 500, body: '{"message":"Cannot POST /v1/chat/completions"}' });
    const request = requestTo('https://a.example', { maxRetries: 2, timeouts: testTimeouts });
    const answer = await askAndCollect(request, transport, testClock('pass'));
    assert.equal(errorOf(answer).kind, 'wrong-address');
    assert.equal(transport.sent.length, 1);
  });
});
