import assert from 'node:assert/strict';
import { createLearnedCorrections } from '../../../../src/core/api';
import { requestTo } from '../../../support/wire';
import {
  completion,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  testClock,
  type RecordingTransport,
} from './client-builders';

const instructions = 'Be brief.';
const messages = [
  { role: 'user', content: 'One?', name: 'ada' },
  { role: 'assistant', content: '1' },
  { role: 'user', content: 'Two?', name: 'ada' },
] as const;
const asSystemMessage = [{ role: 'system', content: instructions }, ...messages];
const inFirstQuestion = [{ ...messages[0], content: 'Be brief.\n\nOne?' }, ...messages.slice(1)];

const answered = { body: completion('An answer') };

function sentMessages({ sent }: RecordingTransport): readonly unknown[] {
  return sent.map(({ body = '' }) => (JSON.parse(body) as { readonly messages: unknown }).messages);
}

function requestFor(model: string, requestInstructions = instructions): ReturnType<typeof requestTo> {
  return requestTo('http://127.0.0.1', {
    timeouts: testTimeouts,
    instructions: requestInstructions,
    messages,
    parameters: { model },
  });
}

describe('The instructions of the user', () => {
  const modelsWithSystemRole =
    'gpt-4o gpt-4.1-mini chatgpt-4o-latest openai/gpt-4o o1 o1-2024-12-17 o1-pro o3 o3-mini o4-mini openai/o3 ' +
    'claude-3-7-sonnet anthropic/claude-opus-4 gemini-2.5-pro grok-3-mini deepseek-reasoner deepseek/deepseek-r1 ' +
    'mistral-large magistral-medium codestral-latest meta-llama/Llama-3.3-70B-Instruct Qwen/Qwen3-8B GPT-4O';
  for (const model of modelsWithSystemRole.split(' ')) {
    it(`are a system message for ${model}`, async () => {
      const transport = respondWith(answered);
      await askAndCollect(requestFor(model), transport, testClock('pass'));
      assert.deepEqual(sentMessages(transport), [asSystemMessage]);
    });
  }

  const otherModels =
    'o1-mini o1-mini-2024-09-12 openai/o1-mini o1-preview o1-preview-2024-09-12 my-deployment phi-4 not-gpt-4';
  for (const model of otherModels.split(' ')) {
    it(`are added to the first question for ${model}, which rejects a system message or is unknown`, async () => {
      const transport = respondWith(answered);
      await askAndCollect(requestFor(model), transport, testClock('pass'));
      assert.deepEqual(sentMessages(transport), [inFirstQuestion]);
    });
  }

  it('change nothing if there are none', async () => {
    for (const model of ['gpt-4o', 'o1-mini']) {
      const transport = respondWith(answered);
      await askAndCollect(requestFor(model, ''), transport, testClock('pass'));
      assert.deepEqual(sentMessages(transport), [messages]);
    }
  });

  it('are added to the first question if a system message is rejected, also for later questions', async () => {
    const message = "Unsupported value: 'messages[0].role' does not support 'system' with this model.";
    const transport = respondWith(
      { status: 400, body: errorBody(message, { param: 'messages[0].role' }) },
      answered,
    );
    const learnedCorrections = createLearnedCorrections();
    const ask = (): ReturnType<typeof askAndCollect> =>
      askAndCollect(requestFor('gpt-4o'), transport, testClock('pass'), { learnedCorrections });
    const first = await ask();
    const second = await ask();
    assert.deepEqual(
      [eventsOfType(first, 'corrected').length, eventsOfType(second, 'corrected').length],
      [1, 0],
    );
    assert.deepEqual(sentMessages(transport), [asSystemMessage, inFirstQuestion, inFirstQuestion]);
    assert.deepEqual(second.outcome, { kind: 'complete' });
  });
});
