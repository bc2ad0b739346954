import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChatEvent } from '../../../src/core/api';
import { nodeTransport } from '../../../src/platform/node/transport';
import type { Expected } from '../../server/faults/fault';
import { faults } from '../../server/faults/menu';
import { recordFigure } from '../../support/promises';
import { startFaultServer, type FaultServer, type Met } from '../../support/fault-server';

describe('R1 Whatever a server does, the client names the outcome and keeps the text:', () => {
  let server: FaultServer;

  before(async () => {
    server = await startFaultServer();
  });
  beforeEach(() => server.api.clear());
  after(async () => {
    await server.api.close();
    recordFigure('R1', `${faults.size} faults`);
  });

  for (const fault of faults.values()) {
    it(`${fault.description} (${fault.name}) ${resultOf(fault.expected)}`, async () => {
      const met = await server.meet(fault);
      assert.deepEqual(seen(met, fault.expected), { retried: false, ...fault.expected });
    });
  }

  it('returns received data even if it is read after the connection broke', async () => {
    const { response } = nodeTransport({
      method: 'POST',
      url: new URL(`${server.api.origin}/fault/cut-in-text/v1/chat/completions`),
      headers: {},
      signal: new AbortController().signal,
    });
    const { body } = await response;
    await server.api.requests[0]?.ended;
    // What the server has done to the connection, the client sees in its next turn.
    await nextTurn();
    await nextTurn();
    const parts: Uint8Array[] = [];
    await assert.rejects(async () => {
      for await (const part of body) parts.push(part);
    });
    assert.match(Buffer.concat(parts).toString(), /So far/);
  });
});

function resultOf({ outcome, text, retried }: Expected): string {
  const kept = text === '' ? 'no words' : 'the words';
  return `${outcome}, ${kept}${retried === true ? ', asked again' : ''}`;
}

/** What was heard, of all that is expected. */
function seen({ events, texts, outcome, retried }: Met, expected: Expected): Expected {
  const error = outcome.kind === 'failed' ? outcome.error : undefined;
  const told = error ? JSON.stringify(error) : '';
  const joined = (type: 'reasoning' | 'refusal'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  const last = <T>(pick: (event: ChatEvent) => T | undefined): T | undefined =>
    events.map(pick).findLast((value) => value !== undefined);
  const all = {
    outcome: error?.kind ?? outcome.kind,
    text: texts.join(''),
    retried,
    messagePart:
      expected.messagePart !== undefined && told.includes(expected.messagePart) ? expected.messagePart : told,
    phase: error?.kind === 'timeout' ? error.phase : undefined,
    reasoning: joined('reasoning'),
    refusal: joined('refusal'),
    finish: last((event) => (event.type === 'finished' ? event.reason : undefined)),
    promptTokens: last((event) => (event.type === 'usage' ? event.usage.promptTokens : undefined)),
  };
  const asked = Object.entries(all).filter(([name]) => name === 'retried' || name in expected);
  return Object.fromEntries(asked) as unknown as Expected;
}
