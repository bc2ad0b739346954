import assert from 'node:assert/strict';
import { TransportError } from '../../../src/core/api';
import { redirectTarget } from '../../../src/platform/node/redirects';

const from = new URL('https://a.example/v1/chat/completions?x=1');

describe('A redirect', () => {
  const followed: readonly (readonly [status: number, location: string])[] = [
    [307, '/elsewhere'],
    [308, 'https://a.example/elsewhere'],
    [307, '/v1/chat/completions/?x=1'],
    [301, '/v1/chat/completions/?x=1'],
    [302, 'https://a.example/v1/chat/completions/?x=1'],
  ];
  for (const [status, location] of followed) {
    it(`is followed within the origin with the same method: ${status} to ${location}`, () => {
      assert.equal(redirectTarget(status, location, from, 0)?.href, new URL(location, from).href);
    });
  }

  const refused: readonly (readonly [status: number, location: string | undefined, hops?: number])[] = [
    [301, '/elsewhere'],
    [302, '/login?next=/v1/chat/completions/'],
    [301, '/v1/chat/completions/'],
    [303, '/v1/chat/completions/?x=1'],
    [301, 'https://b.example/v1/chat/completions/?x=1'],
    [301, 'http://a.example/v1/chat/completions/?x=1'],
    [308, 'https://a.example:8443/v1/chat/completions'],
    [301, '/v1/chat/completions/?x=1', 3],
    [301, undefined],
  ];
  for (const [status, location, hops = 0] of refused) {
    it(`is reported otherwise: ${status} to ${location ?? 'nowhere'}, after ${hops}`, () => {
      assert.throws(() => redirectTarget(status, location, from, hops), TransportError);
    });
  }

  it('is none with any other status', () => {
    for (const status of [200, 304, 404]) assert.equal(redirectTarget(status, '/x', from, 0), undefined);
  });
});
