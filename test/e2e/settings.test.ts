import assert from 'node:assert/strict';
import { useChat } from './use-chat';

const changed = {
  'o1mini.model': 'o1-mini-2024-09-12',
  'o1mini.maxCompletionTokens': 5000,
  'o1mini.tokenLimitParameter': 'max_tokens',
  'o1mini.n': 2,
  'o1mini.seed': 42,
  'o1mini.userName': 'ada',
  'o1mini.instructions': 'Be brief.',
};

describe('The settings', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  after(() => workbench.settings(Object.fromEntries(Object.keys(changed).map((name) => [name, undefined]))));

  it('are all sent to the service', async () => {
    await workbench.settings(changed);
    // Two answers need consent, because they cost twice as much.
    await chat.enter('Hello');
    await workbench.dialog('requests 2 answers').getByRole('button', { name: 'Send Anyway' }).click();
    await chat.questions.first().waitFor();
    await chat.until('Done');
    assert.deepEqual(api.requests[0]?.body, {
      model: 'o1-mini-2024-09-12',
      messages: [{ role: 'user', content: 'Be brief.\n\nHello', name: 'ada' }],
      max_tokens: 5000,
      stream: true,
      stream_options: { include_usage: true },
      n: 2,
      seed: 42,
    });
  });

  it('can turn streaming and usage off', async () => {
    await workbench.settings({ 'o1mini.stream': false, 'o1mini.includeUsage': false });
    await chat.ask('As a whole');
    await chat.until('Done');
    const body = api.requests[0]?.body as Record<string, unknown>;
    assert.deepEqual([body['stream'], body['stream_options']], [false, undefined]);
    await workbench.settings({ 'o1mini.stream': undefined, 'o1mini.includeUsage': undefined });
  });
});
