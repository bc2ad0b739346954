import assert from 'node:assert/strict';
import {
  buildWireRequest,
  createLearnedCorrections,
  type ChatRequest,
  type RequestTools,
} from '../../../../src/core/api';
import { bytes, collectAnswer, requestTo, transportOf, type CollectedAnswer } from '../../../support/wire';

const tools: RequestTools = {
  list: [{ name: 'find', description: 'Finds a file', parameters: { type: 'object' } }],
  choice: 'auto',
};

const event = (json: object): string => `data: ${JSON.stringify(json)}\n\n`;
const delta = (fields: object, reason: string | null = null): string =>
  event({ choices: [{ index: 0, delta: fields, finish_reason: reason }] });

type Changes = Parameters<typeof requestTo>[1];

function answerOf(chunks: readonly string[], changes: Changes = {}): Promise<CollectedAnswer> {
  const transport = transportOf({ chunks: chunks.map(bytes) });
  return collectAnswer(requestTo('https://api.example', { tools, ...changes }), transport);
}

function callsOf({ events }: CollectedAnswer): readonly unknown[] {
  return events.flatMap((each) => (each.type === 'toolCall' ? [each.toolCall] : []));
}

async function wireOf(changes: Changes): Promise<Readonly<Record<string, unknown>>> {
  const request = requestTo('https://api.example', changes);
  const learned = createLearnedCorrections().get(request.endpoint, request.parameters.model);
  return { ...(await buildWireRequest(request, learned)).body };
}

const conversation: ChatRequest['messages'] = [
  { role: 'user', content: 'Where is it?', images: ['data:image/png;base64,AA=='] },
  { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'find', arguments: '{"of":"it"}' }] },
  { role: 'tool', callId: 'a', content: 'src/it.ts' },
];

describe('The calls of tools in an answer', () => {
  const first = { index: 0, id: 'a', type: 'function', function: { name: 'find', arguments: '' } };
  const piece = (json: string, index = 0): object => ({ index, function: { arguments: json } });

  it('are emitted once each, with the arguments that arrived in pieces', async () => {
    const second = { index: 1, id: 'b', function: { name: 'read', arguments: '{}' } };
    const answer = await answerOf([
      delta({ content: 'Looking.', tool_calls: [first] }),
      delta({ tool_calls: [piece('{"of":')] }),
      delta({ tool_calls: [piece('"it"}'), second] }),
      delta({}, 'tool_calls'),
      'data: [DONE]\n\n',
    ]);
    assert.deepEqual(callsOf(answer), [
      { id: 'a', name: 'find', arguments: '{"of":"it"}' },
      { id: 'b', name: 'read', arguments: '{}' },
    ]);
    assert.deepEqual([answer.texts, answer.outcome], [['Looking.'], { kind: 'complete' }]);
  });

  it('are told apart by their IDs if the server numbers all of them alike, or not at all', async () => {
    for (const index of [0, undefined]) {
      const call = (id: string): object => ({ index, id, function: { name: 'find', arguments: { of: id } } });
      const answer = await answerOf([
        delta({ tool_calls: [call('a')] }),
        delta({ tool_calls: [call('b')] }, 'stop'),
        'data: [DONE]\n\n',
      ]);
      assert.deepEqual(callsOf(answer), [
        { id: 'a', name: 'find', arguments: '{"of":"a"}' },
        { id: 'b', name: 'find', arguments: '{"of":"b"}' },
      ]);
    }
  });

  it('are read from an answer that is not streamed, and get an ID if they have none', async () => {
    const message = { content: null, tool_calls: [{ function: { name: 'find', arguments: '' } }] };
    const whole = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] });
    assert.deepEqual(callsOf(await answerOf([whole])), [{ id: 'call_1', name: 'find', arguments: '{}' }]);
  });

  it('are emitted once if a message at the end of the stream repeats them', async () => {
    const call = { ...first, function: { name: 'find', arguments: '{"of":"it"}' } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    const answer = await answerOf([
      delta({ tool_calls: [first] }),
      delta({ tool_calls: [piece('{"of":"it"}')] }),
      event({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }),
      'data: [DONE]\n\n',
    ]);
    assert.deepEqual(callsOf(answer), [{ id: 'a', name: 'find', arguments: '{"of":"it"}' }]);
  });

  it('are not emitted if the answer breaks off within one', async () => {
    const answer = await answerOf([delta({ tool_calls: [first] }), delta({ tool_calls: [piece('{"o')] })]);
    assert.deepEqual(callsOf(answer), []);
    assert.equal(answer.outcome.kind, 'failed');
  });

  it('do not contain the API key', async () => {
    const apiKey = 'sk-Sentinel7f3a9b0123456789';
    const call = { index: 0, id: 'a', function: { name: 'find', arguments: `{"of":"${apiKey}"}` } };
    const answer = await answerOf([delta({ tool_calls: [call] }, 'tool_calls'), 'data: [DONE]\n\n'], {
      apiKey,
    });
    assert.equal(callsOf(answer).length, 1);
    assert.doesNotMatch(JSON.stringify(answer.events), /Sentinel/);
  });

  it('are read from the Responses API, also if they are sent again with the whole response', async () => {
    const item = { type: 'function_call', id: 'i', call_id: 'a', name: 'find', arguments: '{"of":"it"}' };
    const response = { id: 'r', status: 'completed', output: [item] };
    const chunks = [
      event({ type: 'response.output_item.done', output_index: 0, item }),
      event({ type: 'response.completed', response }),
    ];
    const answer = await answerOf(chunks, { parameters: { api: 'responses' } });
    assert.deepEqual(callsOf(answer), [{ id: 'a', name: 'find', arguments: '{"of":"it"}' }]);
    assert.equal(answer.outcome.kind, 'complete');
  });
});

describe('A request with tools', () => {
  it('is sent in the form of the Chat Completions API', async () => {
    const body = await wireOf({ tools: { ...tools, choice: 'required' }, messages: conversation });
    assert.deepEqual(body['tools'], [{ type: 'function', function: tools.list[0] }]);
    assert.equal(body['tool_choice'], 'required');
    assert.deepEqual(body['messages'], [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Where is it?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'find', arguments: '{"of":"it"}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'src/it.ts' },
    ]);
  });

  it('is sent in the form of the Responses API', async () => {
    const body = await wireOf({ tools, messages: conversation, parameters: { api: 'responses' } });
    assert.deepEqual(body['tools'], [{ type: 'function', ...tools.list[0] }]);
    assert.equal('tool_choice' in body, false);
    assert.deepEqual(body['input'], [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Where is it?' },
          { type: 'input_image', image_url: 'data:image/png;base64,AA==' },
        ],
      },
      { type: 'function_call', call_id: 'a', name: 'find', arguments: '{"of":"it"}' },
      { type: 'function_call_output', call_id: 'a', output: 'src/it.ts' },
    ]);
  });

  it('has the instructions in its first question if the model has no system role', async () => {
    const messages: ChatRequest['messages'] = [
      { role: 'assistant', content: 'Hello!' },
      { role: 'user', content: 'Why?' },
    ];
    const { messages: sent } = await wireOf({ instructions: 'Be brief.', messages });
    assert.deepEqual(sent, [
      { role: 'assistant', content: 'Hello!' },
      { role: 'user', content: 'Be brief.\n\nWhy?' },
    ]);
  });
});
