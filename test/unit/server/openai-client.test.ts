import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { NO_DELAY, startServer, type ApiServer } from '../../server/server';

const text = 'One 🗼 word, and another.';
const messages = [{ role: 'user', content: 'What is a monad?' }] as const;

describe('The official client of OpenAI', () => {
  let api: ApiServer;
  let client: OpenAI;

  before(async () => {
    api = await startServer({ key: 'sk-right', pace: NO_DELAY });
    client = new OpenAI({ baseURL: `${api.origin}/v1`, apiKey: 'sk-right', maxRetries: 0 });
  });
  beforeEach(() => {
    api.clear();
    api.script({ kind: 'answer', text });
  });
  after(() => api.close());

  it('reads a chat completion', async () => {
    const { choices, usage } = await client.chat.completions.create({
      model: 'o1-mini',
      messages: [...messages],
    });
    assert.deepEqual([choices[0]?.message.content, choices[0]?.finish_reason], [text, 'stop']);
    assert.ok((usage?.completion_tokens_details?.reasoning_tokens ?? 0) > 0);
  });

  it('reads a streamed chat completion', async () => {
    const stream = await client.chat.completions.create({
      model: 'o1-mini',
      messages: [...messages],
      stream: true,
      stream_options: { include_usage: true },
    });
    let received = '';
    let total = 0;
    for await (const chunk of stream) {
      // The last chunk of AI/ML API, with the cost, has no choices.
      const choices = 'choices' in chunk ? chunk.choices : [];
      received += choices[0]?.delta.content ?? '';
      total = chunk.usage?.total_tokens ?? total;
    }
    assert.equal(received, text);
    assert.ok(total > 0);
  });

  it('reads a response', async () => {
    const response = await client.responses.create({
      model: 'o1-mini',
      input: [...messages],
      store: false,
      reasoning: { summary: 'auto' },
    });
    assert.deepEqual([response.output_text, response.status], [text, 'completed']);
    assert.deepEqual(
      response.output.map(({ type }) => type),
      ['reasoning', 'message'],
    );
    assert.ok((response.usage?.output_tokens_details.reasoning_tokens ?? 0) > 0);
  });

  it('reads a streamed response', async () => {
    const stream = client.responses.stream({ model: 'o1-mini', input: [...messages], store: false });
    let received = '';
    stream.on('response.output_text.delta', ({ delta }) => (received += delta));
    const response = await stream.finalResponse();
    assert.deepEqual([received, response.output_text, response.status], [text, text, 'completed']);
  });
});
