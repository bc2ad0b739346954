import assert from 'node:assert/strict';
import type { Dialect } from '../../server/dialects/dialect';
import { dialects, type DialectName } from '../../server/dialects/dialects';
import { faults } from '../../server/faults/all-faults';
import { question, serverUnderTest, type ErrorBody } from './client';

describe('The local API server with faults', () => {
  const api = serverUnderTest();

  function requestWithFault(fault: string): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    const url = `${api.server.origin}/fault/${fault}/v1/chat/completions`;
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(question) });
  }

  it('has more than 100 faults, each with a description', () => {
    assert.ok(faults.size > 100);
    const lines = [...faults.values()].map(({ description }) => description);
    assert.ok(lines.every((line) => /^[A-Z].*\.$/.test(line)));
  });

  it('produces the fault in the path for every request', async () => {
    for (let attempt = 0; attempt < 2; attempt++)
      assert.equal((await requestWithFault('overloaded')).status, 529);
    assert.equal(api.server.requests.length, 2);
  });

  it('produces the fault in the header for one request and answers the next one normally', async () => {
    const headers = { 'content-type': 'application/json', 'x-fault': 'html-502' };
    assert.equal((await api.post(question, { headers })).status, 502);
    assert.equal((await api.post(question)).status, 201);
  });

  it('reports an unknown fault, and one that needs its own address', async () => {
    for (const name of ['sunshine', 'refused']) {
      const response = await requestWithFault(name);
      assert.equal(response.status, 404);
      assert.match(((await response.json()) as ErrorBody).error.message, new RegExp(name));
    }
  });

  it('lists its models also under the path of a fault', async () => {
    const response = await fetch(`${api.server.origin}/fault/overloaded/v1/models`);
    assert.equal(response.status, 200);
  });
});

describe('The local API server with a dialect', () => {
  const api = serverUnderTest();

  for (const dialect of Object.keys(dialects) as DialectName[]) {
    it(`accepts the model of ${dialect} by its name`, async () => {
      await api.start({ dialect });
      const { model, status, anyModel }: Dialect = dialects[dialect];
      const asked = { model, messages: question.messages };
      assert.equal((await api.post(asked)).status, status);
      const other = await api.post({ ...asked, model: 'no-such-model' });
      assert.equal(other.ok, anyModel === true);
    });
  }
});
