import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChatEvent } from '../../../../src/core/api';
import { nodeTransport } from '../../../../src/platform/node/transport';
import type { Expected } from '../../../server/faults/fault';
import { faults, responsesFaults } from '../../../server/faults/all-faults';
import { recordFigure } from '../../../support/promises';
import { startFaultServer, type FaultResult, type FaultServer } from '../../../support/fault-server';

describe('R1 The client reports the outcome and keeps the text for every fault:', () => {
  let server: FaultServer;

  before(async () => {
    server = await startFaultServer();
  });
  beforeEach(() => server.api.clear());
  after(async () => {
    await server.api.close();
    recordFigure(
      'R1',
      `${faults.size} faults of Chat Completions and ${responsesFaults.size} of the Responses API`,
    );
  });

  for (const [api, menu] of [
    ['chat', faults],
    ['responses', responsesFaults],
  ] as const) {
    describe(api === 'chat' ? 'of Chat Completions' : 'of the Responses API', () => {
      for (const fault of menu.values()) {
        it(`${fault.description} (${fault.name}) ${expectation(fault.expected)}`, async () => {
          const result = await server.requestFault(fault, { parameters: { api } });
          assert.deepEqual(reported(result, fault.expected), { retried: false, ...fault.expected });
        });
      }
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
    // The client notices a change of the connection in the next turn of the event loop.
    await nextTurn();
    await nextTurn();
    const parts: Uint8Array[] = [];
    await assert.rejects(async () => {
      for await (const part of body) parts.push(part);
    });
    assert.match(Buffer.concat(parts).toString(), /So far/);
  });
});

function expectation({ outcome, text, retried }: Expected): string {
  const keptText = text === '' ? 'no text' : 'text kept';
  return `→ ${outcome}, ${keptText}${retried === true ? ', retried' : ''}`;
}

/** The reported values of the properties that are expected. */
function reported({ events, texts, outcome, retried }: FaultResult, expected: Expected): Expected {
  const error = outcome.kind === 'failed' ? outcome.error : undefined;
  const errorText = error ? JSON.stringify(error) : '';
  const joinedText = (type: 'reasoning' | 'refusal'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  const last = <T>(pick: (event: ChatEvent) => T | undefined): T | undefined =>
    events.map(pick).findLast((value) => value !== undefined);
  const values = {
    outcome: error?.kind ?? outcome.kind,
    text: texts.join(''),
    retried,
    messagePart:
      expected.messagePart !== undefined && errorText.includes(expected.messagePart)
        ? expected.messagePart
        : errorText,
    phase: error?.kind === 'timeout' ? error.phase : undefined,
    reasoning: joinedText('reasoning'),
    refusal: joinedText('refusal'),
    finish: last((event) => (event.type === 'finished' ? event.reason : undefined)),
    promptTokens: last((event) => (event.type === 'usage' ? event.usage.promptTokens : undefined)),
  };
  const expectedEntries = Object.entries(values).filter(([name]) => name === 'retried' || name in expected);
  return Object.fromEntries(expectedEntries) as unknown as Expected;
}
