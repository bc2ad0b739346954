import assert from 'node:assert/strict';
import type { Dialect } from '../../server/dialects/dialect';
import { dialects, type DialectName } from '../../server/dialects/dialects';
import { faults } from '../../server/faults/menu';
import { question, serverUnderTest, type ErrorBody } from './client';

describe('The local API server, playing faults', () => {
  const api = serverUnderTest();

  function at(fault: string): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    const url = `${api.server.origin}/fault/${fault}/v1/chat/completions`;
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(question) });
  }

  it('has more than a hundred of them, each with a line that says what it is', () => {
    assert.ok(faults.size > 100);
    const lines = [...faults.values()].map(({ description }) => description);
    assert.ok(lines.every((line) => /^[A-Z].*\.$/.test(line)));
  });

  it('plays the one in the path, each time', async () => {
    for (let time = 0; time < 2; time++) assert.equal((await at('overloaded')).status, 529);
    assert.equal(api.server.requests.length, 2);
  });

  it('plays the one in the header, and answers the next request as ever', async () => {
    const headers = { 'content-type': 'application/json', 'x-fault': 'page-502' };
    assert.equal((await api.post(question, { headers })).status, 502);
    assert.equal((await api.post(question)).status, 201);
  });

  it('says that it has no such fault, and none that needs an address of its own', async () => {
    for (const name of ['sunshine', 'refused']) {
      const response = await at(name);
      assert.equal(response.status, 404);
      assert.match(((await response.json()) as ErrorBody).error.message, new RegExp(name));
    }
  });

  it('lists its models under the path of a fault too', async () => {
    const response = await fetch(`${api.server.origin}/fault/overloaded/v1/models`);
    assert.equal(response.status, 200);
  });
});

describe('The local API server, speaking like another', () => {
  const api = serverUnderTest();

  for (const dialect of Object.keys(dialects) as DialectName[]) {
    it(`knows the model of ${dialect} by its name alone`, async () => {
      await api.start({ dialect });
      const { model, status, anyModel }: Dialect = dialects[dialect];
      const asked = { model, messages: question.messages };
      assert.equal((await api.post(asked)).status, status);
      const other = await api.post({ ...asked, model: 'no-such-model' });
      assert.equal(other.ok, anyModel === true);
    });
  }
});
